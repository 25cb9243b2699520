"""Founding a real installation from the shell: a township, its first account, those who look from the county."""

import click

from village_open.core import clock
from village_open.db import transaction
from village_open.identity.actions import make_person
from village_open.villages.actions import add_township, appoint, make_account, reset_at_the_shell
from village_open.villages.models import Department, RoleKind
from village_open.villages.queries import get_county, get_county_account

_DEPARTMENTS = {department.label: department.value for department in Department}


@click.group()
def township() -> None:
    """The townships of this installation."""


@township.command()
@click.option("--code", required=True, help="9-digit 统计用区划代码.")
@click.option("--name", required=True, help="Such as 青山镇.")
@click.option("--county", required=True, help="县名，例如云岭县；代码是前六位。")
@click.option("--jurisdiction", default="国家", show_default=True, help="适用哪里的规定：国家、山东、四川、重庆。")
@click.option("--phone", default="", help="The supervision phone printed on every sheet.")
@click.option("--person", required=True, help="The first person of the township office.")
@click.option("--login", required=True, help="Their login name.")
def add(**asked: str) -> None:
    """Enter a township and the first account of its office; prints the first password once."""
    with transaction():
        person = make_person(name=asked["person"])
        entered = add_township(
            by=person,
            code=asked["code"],
            name=asked["name"],
            county_name=asked["county"],
            jurisdiction=asked["jurisdiction"],
            supervision_phone=asked["phone"],
        )
        appoint(
            by=person, person=person, kind=RoleKind.TOWNSHIP_OFFICE, place_code=entered.code, starts_on=clock.today()
        )
        first = make_account(by=person, place=entered, person=person, login=asked["login"])
    click.echo(f"已建好{asked['county']}{entered.name}。")
    click.echo(f"镇公开办 {person.name} 的登录名：{asked['login']}  初始密码：{first}")
    click.echo("初始密码只显示这一次，首次登录必须改。")


@click.group()
def county() -> None:
    """The counties of this installation; each was entered with its first township."""


@county.command("add-leader")
@click.option("--county", "code", required=True, help="6-digit 统计用区划代码 with which those of its townships begin.")
@click.option("--person", "name", required=True, help="Who looks at the whole county.")
@click.option("--login", required=True, help="Their login name.")
@click.option(
    "--inspector-of", "department", type=click.Choice(list(_DEPARTMENTS)),
    help="不是区县领导，而是县里这个部门的检查人员。",
)  # fmt: skip
def add_leader(code: str, name: str, login: str, department: str | None) -> None:
    """Enter a county leader, or a county's inspector, with an account; prints the first password once."""
    kind = RoleKind.INSPECTOR if department else RoleKind.COUNTY_LEADER
    with transaction():
        entered, person = get_county(code), make_person(name=name)
        appoint(
            by=person, person=person, kind=kind, place_code=entered.code, starts_on=clock.today(),
            department=_DEPARTMENTS.get(department or "", ""),
        )  # fmt: skip
        first = make_account(by=person, place=entered, person=person, login=login)
    click.echo(f"{kind.label_at(entered.name)} {person.name} 的登录名：{person.login}  初始密码：{first}")
    click.echo("初始密码只显示这一次，首次登录必须改。")


@county.command("reset-account")
@click.option("--county", "code", required=True, help="6-digit 统计用区划代码.")
@click.option("--login", required=True, help="Who forgot the password: a county leader or a county's inspector.")
def reset_account(code: str, login: str) -> None:
    """Replace the forgotten password of somebody of a county and end their sessions; prints the new one once."""
    with transaction():
        entered = get_county(code)
        person = get_county_account(entered, login)
        first = reset_at_the_shell(county=entered, person=person)
    click.echo(f"已重置{entered.name}{person.name}的密码，原来的登录全部退出。")
    click.echo(f"登录名：{person.login}  初始密码：{first}")
    click.echo("初始密码只显示这一次，首次登录必须改。")
