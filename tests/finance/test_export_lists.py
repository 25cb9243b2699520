"""Every list to take home as .xlsx and .csv: whole, exact, and harmless when it is opened."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO, StringIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_person, make_role, make_village, sign_in
from tests.finance.books import Books, enter, line, make_books, october
from tests.finance.import_files import sent
from tests.finance.importing.sheets import read_bytes
from village_open.db import db, transaction
from village_open.finance.models import JoiningFigure
from village_open.identity.models import Person
from village_open.villages.actions import change_profile
from village_open.villages.models import NearRelative, RoleKind, VillageGroup
from village_open.villages.profile_keys import KEYS
from village_open.villages.queries import get_township
from village_open.workbooks.reading import read_workbook

FORMULA_LIKE = ("=1+1", "+8613800000000", "-撤销", "@SUM(A1)")
LISTS = ("lines", "items", "accounts", "ledger")


@dataclass
class Shelf:
    """Somebody who takes lists home."""

    client: FlaskClient
    books: Books

    def take(self, path: str) -> bytes:
        """Download a file of this village's quarter, or of the township."""
        answer = self.client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        return answer.data

    def rows(self, path: str) -> list[tuple[str, ...]]:
        """Return the cells of a file as they are read back."""
        return list(read_workbook(self.take(path))[0].rows)

    @property
    def period(self) -> str:
        return f"/villages/{self.books.village.code}/2026Q3"

    @property
    def office(self) -> str:
        return f"/office/{self.books.township.code}"


@pytest.fixture
def shelf(app: Flask, client: FlaskClient) -> Iterator[Callable[[str], Shelf]]:
    with october():
        with app.app_context(), transaction():
            books = make_books()
            _fill(books)
            for known in (books.township, books.village, books.clerk, books.office, books.cash, books.bank):
                db.session.refresh(known)
            db.session.expunge_all()

        def opened_by(person: str) -> Shelf:
            sign_in(client, getattr(books, person).id)
            return Shelf(client, books)

        yield opened_by


def _fill(books: Books) -> None:
    rows = [line(books, summary=text, voucher=f"记-{n}", payee=text) for n, text in enumerate(FORMULA_LIKE, 1)]
    rows += [
        line(books, on=date(2026, 8, 1), kind="income", summary="租金", amount_fen=1_200_000, item_key="CW0201",
             account_id=books.bank.id, account_code="501", account_name="经营收入"),
        line(books, on=date(2026, 8, 2), summary="冲减办公费", amount_fen=-700, account_code="513",
             account_name="管理费用"),
        line(books, on=date(2026, 8, 3), kind="transfer", summary="提现", amount_fen=50_000, item_key="",
             account_id=books.bank.id, to_account_id=books.cash.id, payee=""),
        line(books, on=date(2026, 8, 4), summary="没有项目", amount_fen=100, item_key=""),
    ]  # fmt: skip
    enter(books, *rows)
    for number in range(300, 355):
        make_village(books.township, number=number, name=f"{number}村")
    make_role(make_person("=王桂兰"), RoleKind.COMMITTEE_HEAD, books.village.code)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_lines_of_a_period_read_back_exactly(shelf, ending):
    content = shelf("clerk").take(f"{shelf('clerk').period}/export/lines.{ending}")
    table = read_bytes(content, money_accounts=("现金", "信用社"), chart=2023)
    assert (table.format, table.errors) == ("template", ())
    assert [found.summary for found in table.lines] == [*FORMULA_LIKE, "租金", "冲减办公费", "提现", "没有项目"]
    assert [found.payee for found in table.lines][:4] == list(FORMULA_LIKE)
    assert (table.income_fen, table.expense_fen) == (1_200_000, 4 * 36_000 - 700 + 100)
    assert [(f.money_account, f.to_account) for f in table.lines if f.kind == "transfer"] == [("信用社", "现金")]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_exported_lines_imported_again_are_all_there(shelf, ending):
    mine = shelf("clerk")
    content = mine.take(f"{mine.period}/export/lines.{ending}")
    page = mine.client.post(f"{mine.period}/import", data={**sent(content), "account": ""}, follow_redirects=True)
    words = " ".join(re.sub(r"<[^>]+>", " ", page.text).split())
    assert "将新增 0 笔" in words
    assert "一样的 8 笔" in words


def test_text_is_never_a_formula_and_a_negative_amount_is_a_number(shelf):
    mine = shelf("clerk")
    with ZipFile(BytesIO(mine.take(f"{mine.period}/export/lines.xlsx"))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<v>-7</v>" in sheet
    cells = list(csv.reader(StringIO(mine.take(f"{mine.period}/export/lines.csv").decode("utf-8-sig"))))
    texts = [row[2] for row in cells[1:5]]
    assert [text[-len(wanted) :] for text, wanted in zip(texts, FORMULA_LIKE, strict=True)] == list(FORMULA_LIKE)
    assert not any(text.startswith(("=", "+", "-", "@")) for text in texts)
    assert cells[6][4] == "-7.00"


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_sums_of_a_period_are_those_of_its_lines(shelf, ending):
    mine = shelf("clerk")
    items = {row[1]: row[2:] for row in mine.rows(f"{mine.period}/export/items.{ending}")}
    assert _yuan(items["产品销售收入、租赁收入、服务收入等集体经营收入"]) == ["12000", "12000"]
    assert _yuan(items["还没有选公开项目"]) == ["1", "1"]
    totals = [row for row in mine.rows(f"{mine.period}/export/items.{ending}") if row[1] == "合计"]
    assert [_yuan(row[2:])[0] for row in totals] == ["12000", "1434"]
    accounts = {row[0]: _yuan(row[1:]) for row in mine.rows(f"{mine.period}/export/accounts.{ending}")}
    assert accounts["现金"][:6] == ["1000", "0", "1434", "500", "0", "66"]
    assert accounts["信用社"][:6] == ["50000", "12000", "0", "0", "500", "61500"]
    ledger = [(row[0], row[2], *_yuan(row[3:])) for row in mine.rows(f"{mine.period}/export/ledger.{ending}")[1:]]
    assert ledger == [
        ("501", "收入", "12000", "12000"),
        ("513", "支出", "-7", "-7"),
        ("", "支出", "1441", "1441"),
    ]


def _yuan(cells: tuple[str, ...]) -> list[str]:
    """Return amounts alike from both formats: `12000.00` and `12000` are one figure."""
    return [re.sub(r"\.00$", "", cell) for cell in cells]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_roster_is_whole_beyond_one_page(shelf, ending):
    rows = shelf("office").rows(f"{shelf('office').office}/villages.{ending}")
    assert [row[0] for row in rows] == ["村", "李家村", *(f"{number}村" for number in range(300, 355))]
    assert rows[1][1] == "990101101200"


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_matrix_starts_from_the_roster_with_the_silent_ones_first(shelf, ending):
    rows = shelf("office").rows(f"{shelf('office').office}/matrix.{ending}?period=2026Q3")
    assert len(rows) == 1 + 56
    assert (rows[1][0], rows[1][2]) == ("300村", "未报送")
    assert (rows[-1][0], rows[-1][2]) == ("李家村", "录入中")


def test_people_are_listed_without_phone_or_password(shelf):
    text = shelf("office").take(f"{shelf('office').office}/people.csv").decode("utf-8-sig")
    assert "陈报账,clerk200,李家村报账员" in text
    assert "argon2" not in text
    assert "'=王桂兰" in text


def test_people_that_were_looked_for_are_listed_alone_with_the_state_of_their_account(app, shelf):
    mine = shelf("office")
    with app.app_context(), transaction():
        db.session.get_one(Person, mine.books.clerk.id).locked_until = datetime(2026, 10, 8, 3, tzinfo=UTC)
    page = mine.client.get(f"{mine.office}/people?wanted=陈报").text
    (href,) = re.findall(r'href="([^"]*people\.csv[^"]*)"', page)
    rows = mine.rows(unescape(href))
    assert rows == [
        ("姓名", "登录名", "身份", "账号"),
        ("陈报账", "clerk200", "李家村报账员", "锁定到 2026-10-08 11:00"),
    ]
    states = {row[0]: row[3] for row in mine.rows(f"{mine.office}/people.xlsx")}
    assert (states["镇公开办"], states["=王桂兰"]) == ("正常", "没有账号")


@pytest.mark.parametrize(
    ("asked", "summaries", "sums"),
    [
        ("", [*FORMULA_LIKE, "租金", "冲减办公费", "提现", "没有项目"], ["12000", "1434", "500", "0"]),
        ("?side=income", ["租金"], ["12000", "0", "0", "0"]),
        ("?item=none", ["没有项目"], ["0", "1", "0", "0"]),
        ("?code=513", ["冲减办公费"], ["0", "-7", "0", "0"]),
        ("?account=2", ["租金", "提现"], ["12000", "0", "500", "0"]),
        ("?without=receipt&code=501", ["租金"], ["12000", "0", "0", "0"]),
        ("?without=receipt", [*FORMULA_LIKE, "租金", "冲减办公费", "没有项目"], ["12000", "1434", "0", "0"]),
    ],
)
def test_rows_behind_a_number_go_home_as_the_page_shows_them_and_add_up_to_it(shelf, asked, summaries, sums):
    mine = shelf("clerk")
    page = mine.client.get(f"{mine.period}/ledger{asked}").text
    (href,) = re.findall(r'href="([^"]*/ledger\.csv[^"]*)"', page)
    _heads, *rows, total = mine.rows(unescape(href))
    assert [row[2].removeprefix("'") for row in rows] == summaries
    assert _yuan(total[3:7]) == sums


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_rows_behind_a_number_are_whole_beyond_one_page_and_name_what_they_are(shelf, ending):
    mine = shelf("clerk")
    with mine.client.application.app_context(), transaction():
        enter(mine.books, *(line(mine.books, summary=f"第 {n} 笔") for n in range(60)), period=mine.books.reload())
    answer = mine.client.get(f"{mine.period}/ledger.{ending}?without=receipt")
    assert len(read_workbook(answer.data)[0].rows) == 1 + 60 + 7 + 1
    assert "李家村2026年第三季度没有凭证逐笔收支" in unquote(answer.headers["Content-Disposition"])


def test_figures_of_joining_stand_apart_below_the_year_s_rows(app, shelf):
    mine = shelf("clerk")
    with app.app_context(), transaction():
        for item, fen in (("CW0201", 300_000), ("CW0304", 5_000)):
            db.session.add(JoiningFigure(period_id=mine.books.period.id, item_key=item, ytd_fen=fen))
    *_rows, total, joined = mine.rows(f"{mine.period}/ledger.xlsx?item=CW0201&span=year")
    assert (total[2], *_yuan(total[3:5])) == ("合计", "12000", "0")
    assert (joined[2], *_yuan(joined[3:])) == ("另有年中加入时填写的", "3000")
    assert mine.rows(f"{mine.period}/ledger.xlsx?side=transfer&span=year")[-1][2] == "合计"


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_periods_and_money_accounts_of_a_village_are_listed(app, shelf, ending):
    mine = shelf("clerk")
    with app.app_context(), transaction():
        mine.books.reload().return_reason = "第3笔没有发票"
    pages = f"/villages/{mine.books.village.code}"
    heads, *periods = mine.rows(f"{pages}/periods.{ending}")
    assert heads[:3] == ("期间", "进度", "说明")
    told = "已退回：第3笔没有发票；期初来源：2026年6月30日科目余额表"
    assert [row[:3] for row in periods] == [("2026年第三季度", "录入中", told)]
    accounts = mine.rows(f"{pages}/money-accounts.{ending}")
    assert accounts == [("资金账户", "类别"), ("现金", "现金"), ("信用社", "银行存款")]
    page = mine.client.get(pages).text
    assert all(f'href="{pages}/{name}.{ending}"' in page for name in ("periods", "money-accounts"))


def test_roles_and_trail_of_a_village_are_listed(shelf):
    mine = shelf("clerk")
    roles = mine.rows(f"/villages/{mine.books.village.code}/about.xlsx")
    assert ("陈报账", "村报账员") in [row[:2] for row in roles]
    trail = mine.rows(f"/villages/{mine.books.village.code}/trail.xlsx")
    assert [int(row[0]) for row in trail[1:]] == list(range(len(trail) - 1, 0, -1))
    assert all(len(row[4]) == 64 for row in trail[1:])


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_boards_groups_of_villagers_and_relatives_of_a_village_are_listed(app, shelf, ending):
    mine = shelf("clerk")
    village = mine.books.village
    with app.app_context(), transaction():
        db.session.add(VillageGroup(village_id=village.id, name="=上湾组", households=41))
        head, sister = make_person("李强"), make_person("李秀")
        db.session.add(
            NearRelative(village_id=village.id, person_id=head.id, relative_id=sister.id, relation="兄弟姐妹")
        )
    heads, *boards = mine.rows(f"/villages/{village.code}/boards.{ending}")
    assert heads == ("地点", "宽（毫米）", "高（毫米）", "看的距离（毫米）", "用纸", "一次能贴（张）")
    assert boards == [("村委会门前", "1200", "900", "1500", "A3 横向", "6")]
    groups = mine.rows(f"/villages/{village.code}/village-groups.{ending}")
    assert [(row[0].lstrip("'"), row[1]) for row in groups] == [("村民小组", "户数"), ("=上湾组", "41")]
    ties = mine.rows(f"/villages/{village.code}/relatives.{ending}")
    assert ties == [("姓名", "关系", "近亲属"), ("李强", "兄弟姐妹", "李秀")]
    page = mine.client.get(f"/villages/{village.code}/about").text
    for name in ("boards", "village-groups", "relatives"):
        assert f'href="/villages/{village.code}/{name}.{ending}"' in page


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_profile_is_listed_with_its_bases_and_what_comes(app, shelf, ending):
    mine = shelf("office")
    with app.app_context(), transaction():
        change_profile(
            by=mine.books.office, township=get_township(mine.books.township.code), key="posting_days", text="20",
            basis="云岭县〔2026〕3号",
        )  # fmt: skip
    heads, *rows = mine.rows(f"{mine.office}/profile.{ending}")
    assert heads == ("类别", "事项", "规定", "依据", "从哪一期起改", "改为", "改的依据")
    assert [row[1] for row in rows] == [rule.label for rule in KEYS.values()]
    (days,) = (row for row in rows if row[1] == "张贴天数")
    assert (days[0], days[2]) == ("什么时候公布", "15 天")
    assert "第35条" in days[3]
    assert days[4:] == ("2026年第四季度", "20 天", "云岭县〔2026〕3号")
    assert not any(cell for row in rows if row is not days for cell in row[4:])
    assert f'href="{mine.office}/profile.{ending}"' in mine.client.get(f"{mine.office}/profile").text


@pytest.mark.parametrize("what", LISTS)
def test_file_is_named_for_the_one_who_saves_it(shelf, what):
    mine = shelf("clerk")
    answer = mine.client.get(f"{mine.period}/export/{what}.xlsx")
    assert "李家村2026年第三季度" in unquote(answer.headers["Content-Disposition"])
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_blank_template_has_the_heads_and_reads_as_a_template_without_lines(shelf):
    mine = shelf("clerk")
    table = read_bytes(mine.take(f"/villages/{mine.books.village.code}/import-template"))
    assert (table.format, table.lines) == ("template", ())
    assert "没有一笔收支" in table.errors[0].message
    assert ["示例" in problem.message for problem in table.warnings] == [True]


def test_blank_template_shows_a_marked_example_and_every_value_a_cell_may_have(shelf):
    mine = shelf("clerk")
    blank, values = read_workbook(mine.take(f"/villages/{mine.books.village.code}/import-template"))
    assert blank.rows[1][0].startswith("示例（不导入）")
    assert values.name == "可填的内容"
    incomes, expenses, accounts, codes, _names = (
        {cell for cell in column if cell} for column in zip(*values.rows[1:], strict=True)
    )
    assert (len(incomes), len(expenses)) == (11, 10)
    assert accounts == {"现金", "信用社"}
    assert {"101", "102"} <= codes


@pytest.mark.parametrize("path", [f"export/{what}.pdf" for what in LISTS] + ["export/secrets.csv"])
def test_other_words_in_the_address_are_no_page(shelf, path):
    assert shelf("clerk").client.get(f"{shelf('clerk').period}/{path}").status_code == 404
