"""Why a file is not read: each refusal by its own name, and what to do instead."""

from village_open.core.errors import InputError

_SAVE_AS = "请在 Excel 或 WPS 里打开核对后，另存为 .xlsx 再导入"


class WorkbookRefused(InputError):
    """A file that is not read, and why."""


class WorkbookUnreadable(WorkbookRefused):
    """Not a spreadsheet, cut off, or of a kind that is not read."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"这个文件读不了{_because(detail)}。可以导入 .xlsx、.xls、.ods、.csv；{_SAVE_AS}。")


class WorkbookEmpty(WorkbookRefused):
    """Nothing is in it."""

    def __init__(self, _detail: str = "") -> None:
        super().__init__("这个文件是空的，没有一个填了字的单元格。")


class WorkbookTooLarge(WorkbookRefused):
    """More bytes, rows, columns or text than a village's quarter can have."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"这个文件太大{_because(detail)}。请只保留本期的表再导入。")


class WorkbookTooHeavy(WorkbookRefused):
    """Reading it used up the time or memory it was given: a bomb, or damaged."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"读取这个文件耗费的时间或内存过多，已停止{_because(detail)}。{_SAVE_AS}。")


class WorkbookLocked(WorkbookRefused):
    """It is protected by a password."""

    def __init__(self, _detail: str = "") -> None:
        super().__init__("这个文件设了打开密码，请去掉密码、保存后再导入。")


class WorkbookHasMacros(WorkbookRefused):
    """It carries macros, which an account never needs."""

    def __init__(self, _detail: str = "") -> None:
        super().__init__(f"这个文件带有宏程序，为安全起见不读取。{_SAVE_AS}（不带宏）。")


class WorkbookUnsafe(WorkbookRefused):
    """It declares entities or a document type, as only attacks do."""

    def __init__(self, _detail: str = "") -> None:
        super().__init__(f"这个文件里有外部引用声明，表格软件不会这样保存，为安全起见不读取。{_SAVE_AS}。")


REFUSALS: dict[str, type[WorkbookRefused]] = {
    "unreadable": WorkbookUnreadable,
    "empty": WorkbookEmpty,
    "too_large": WorkbookTooLarge,
    "too_heavy": WorkbookTooHeavy,
    "locked": WorkbookLocked,
    "macros": WorkbookHasMacros,
    "unsafe": WorkbookUnsafe,
}
"""By the reason that the child process gives."""


def _because(detail: str) -> str:
    return f"（{detail}）" if detail else ""
