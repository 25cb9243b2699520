"""A photo made anew: upright, small enough, JPEG, without anything but its pixels. Runs in the child."""

from io import BytesIO

from PIL import Image, ImageOps

from village_open.images.limits import Limits, Stopped

THUMB_PX = 320
_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "WEBP")

# Pillow only warns of a bomb, at a number of its own; `_require_size` refuses by ours, before anything is unpacked.
Image.MAX_IMAGE_PIXELS = None


def remake_picture(content: bytes, *, longest_px: int, limits: Limits) -> tuple[bytes, bytes]:
    """Return the picture and its thumbnail as JPEG.

    Raises:
        Stopped: it is too large or broken.
    """
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            _require_size(image, limits)
            image.draft("RGB", (longest_px, longest_px))
            upright = ImageOps.exif_transpose(image)
            plain = _on_white(upright)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as broken:
        raise Stopped("broken") from broken
    plain.thumbnail((longest_px, longest_px))
    return jpeg_bytes(plain), thumbnail(plain)


def thumbnail(image: Image.Image) -> bytes:
    """Return a small JPEG of a picture."""
    small = image.copy()
    small.thumbnail((THUMB_PX, THUMB_PX))
    return jpeg_bytes(small)


def jpeg_bytes(image: Image.Image) -> bytes:
    """Write bare pixels: a new image carries no EXIF, no profile and no comment along."""
    bare = Image.new("RGB", image.size, "white")
    bare.paste(image)
    written = BytesIO()
    bare.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


def _require_size(image: Image.Image, limits: Limits) -> None:
    width, height = image.size
    allowed = limits.jpeg_pixels if image.format in ("JPEG", "MPO") else limits.other_pixels
    if width * height > allowed or max(width, height) > limits.longest_side:
        raise Stopped("too_many_pixels", f"{width}×{height} 像素")


def _on_white(image: Image.Image) -> Image.Image:
    """Turn any mode to RGB; what was transparent becomes paper, and 16-bit grey keeps its shades."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGB", layered.size, "white")
        paper.paste(layered, mask=layered.getchannel("A"))
        return paper
    return image.convert("RGB")
