"""A drawing as PNG of few colours: it weighs a third of one with millions."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COLOURS = 128
_INCH_M = 0.0254
_BY_PALETTE = 3


def png(pixels: NDArray[np.uint8], dpi: int) -> bytes:
    """Give an image as PNG.

    Parameters
    ----------
    pixels
        (height, width, 3 or 4) red, green, blue, and opacity, which is left out.
    dpi
        Dots per inch, said in the file.

    Examples
    --------
    >>> import numpy as np
    >>> content = png(np.zeros((2, 3, 3), dtype=np.uint8), 200)
    >>> import io
    >>> Image.open(io.BytesIO(content)).size
    (3, 2)
    """
    colour = Image.fromarray(pixels).convert("RGB")
    few = colour.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    width, height = few.size
    rows = few.tobytes()
    lines = b"".join(b"\0" + rows[at : at + width] for at in range(0, len(rows), width))
    per_metre = round(dpi / _INCH_M)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, _BY_PALETTE, 0, 0, 0)),
            _chunk(b"PLTE", bytes(few.getpalette() or ())),
            _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    """Give one part of a PNG: its length, kind, content and check sum."""
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
