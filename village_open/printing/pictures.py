"""Pictures that the program draws itself."""

import segno

_QUIET_ZONE = 4
"""Modules of white that ISO 18004 asks for around a code."""


def qr_data_uri(text: str) -> str:
    """Return a QR code as an SVG data address; level M survives a fold and a thumbprint."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_data_uri(border=_QUIET_ZONE, xmldecl=False, svgns=True, scale=4))
