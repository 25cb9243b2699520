"""The demo's large payments: a road that the representatives decided, and a bridge repaired after a storm."""

from datetime import date

from village_open.core.money import parse_fen
from village_open.decisions.actions.matters import NewMatter, open_matter
from village_open.decisions.models import Origin
from village_open.decisions.rules.payments import Exemption
from village_open.demo.matters import hold_meetings, set_rosters
from village_open.demo.people import VillagePeople
from village_open.finance.actions import save_lines
from village_open.finance.actions.deciding import exempt_payment, link_matter
from village_open.finance.models import FinancePeriod, Line
from village_open.finance.rules import LineInput

ROAD_IN, STORM_IN = ("王家湾村", "2026Q3"), ("东岭村", "2026Q2")
ROAD = NewMatter(
    title="硬化四组道路", type_key="public_works", procedure_key="four", origin=Origin.PEOPLE, amount_fen=6_800_000,
    text="硬化四组道路 190 米，宽 3 米，厚 15 厘米。\n资金从村集体经营收入支付，不向村民筹资。",
)  # fmt: skip
DECIDED_FROM = date(2026, 7, 6)
PAID_FOR_THE_ROAD = ("四组道路硬化工程款", "云岭县恒达建筑队", "65000", date(2026, 9, 22))
PAID_AFTER_THE_STORM = ("抢修水毁便桥，机械和砂石料", "河东机械队", "52000", date(2026, 6, 24))
REASON = "6月22日暴雨冲毁二组便桥，36户出行中断，当天抢修，来不及召开村民代表会议。"


def pay_much(people: VillagePeople, period: FinancePeriod, bank_id: int) -> None:
    """Enter the village's payment over the township's threshold, where it has one in the period."""
    here = (people.place.name, period.code)
    if here == ROAD_IN:
        set_rosters(people)
        matter = open_matter(by=people.clerk, village=people.village, matter=ROAD)
        hold_meetings(people, matter, DECIDED_FROM)
        line = _pay(people, period, bank_id, PAID_FOR_THE_ROAD)
        link_matter(by=people.clerk, period=period, line_id=line.id, matter=matter)
    elif here == STORM_IN:
        line = _pay(people, period, bank_id, PAID_AFTER_THE_STORM)
        exempt_payment(by=people.clerk, period=period, line_id=line.id, kind=Exemption.DISASTER, reason=REASON)


def _pay(people: VillagePeople, period: FinancePeriod, bank_id: int, paid: tuple[str, str, str, date]) -> Line:
    summary, payee, yuan, on = paid
    row = LineInput(
        on=on, kind="expense", summary=summary, amount_fen=parse_fen(yuan), account_id=bank_id, voucher="银付-9",
        item_key="CW0306", account_code="151", account_name="固定资产", payee=payee, handler=people.hands.handlers[0],
        witness=people.hands.witness, approver=people.hands.approver,
    )  # fmt: skip
    (line,) = save_lines(by=people.clerk, period=period, rows=[row])
    return line
