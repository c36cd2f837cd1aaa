"""PDF by Typst. What people wrote goes in as data, never as markup."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_sarabun
import typst
from django.conf import settings

from core.api.renderers import dump_json

_FONTS = Path(fontpkg_sarabun.ROOT) / "files"


def make_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """Set a template of this checkout; it reads `json(bytes(sys.inputs.data))`.

    It may import `/core/documents/look.typ`. Typst breaks Thai lines between words by itself.
    """
    compiler = typst.Compiler(
        template,
        root=settings.BASE_DIR,
        font_paths=_fonts(),
        sys_inputs={"data": dump_json(data).decode()},
    )
    pdf = compiler.compile(format="pdf")
    if not isinstance(pdf, bytes):
        raise TypeError("one PDF was expected")
    return pdf


@cache
def _fonts() -> typst.Fonts:
    """Ours alone, so that a page looks the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS]
    )
