"""Why a handed-in file is not kept; each says what to do instead."""

from village_open.core.errors import InputError


class FileRefused(InputError):
    """A handed-in file cannot be kept."""


class KindNotTaken(FileRefused):
    """The file is neither a photo nor a PDF; `hint` says how to make it one."""

    def __init__(self, hint: str = "") -> None:
        super().__init__(f"只收照片（JPG、PNG、WebP）和 PDF。{hint or '请换一个文件，或者用手机拍照后再传。'}")


class FileTooLarge(FileRefused):
    """More bytes than are taken."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"文件超过 {limit_bytes // 2**20} MB，请拍小一些，或者分成几个文件再传。")


class PictureTooLarge(FileRefused):
    """More pixels than are taken; told from the head of the file, before anything is unpacked."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"图片太大（{detail}），没有打开。请用手机重新拍照，或者缩小后再传。")


class FileBroken(FileRefused):
    """The file ends early or does not hold what its first bytes promise."""

    def __init__(self) -> None:
        super().__init__("文件已经损坏或者没有传完整，打不开。请重新拍照或者重新导出后再传。")


class FileTooHeavy(FileRefused):
    """Opening it took more memory or time than one file may take."""

    def __init__(self) -> None:
        super().__init__("这个文件打开时占用的内存或时间过多，已经停止。请用手机重新拍照后再传。")


class PdfLocked(FileRefused):
    """The PDF wants a password."""

    def __init__(self) -> None:
        super().__init__("这个 PDF 有密码，请去掉密码后再传。")


class PdfTooLong(FileRefused):
    """More pages than a receipt or a sign-off page has."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"这个 PDF {detail}，请只传需要的几页。")
