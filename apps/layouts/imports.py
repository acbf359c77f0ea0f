"""From what a person brings (a file, or text pasted) to the JSON of a layout document. The service checks the rest."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from apps.core.errors import Invalid, Problem
from apps.layout_document.parse import MAX_BYTES, loads
from apps.layout_document.serialize import to_json

LARGEST = 2 * MAX_BYTES  # bytes: spaces and line breaks of a document laid out for people


def read(file: UploadedFile | None, text: str) -> tuple[dict[str, Any], str]:
    """(document, a name for it: the file's, or ""). The file goes before the text. Raises `Invalid` with problems."""
    content = file.read(LARGEST + 1) if file else text.encode(errors="surrogatepass")
    name = PurePath(file.name or "").stem[:120] if file else ""
    if not content.strip():
        problem = Problem("", "required", _("Choose a file, or paste the document."))
        raise Invalid(_("There is nothing to import."), problems=[problem])
    if len(content) > LARGEST:
        message = _("A document may have at most %(n)s KiB.") % {"n": MAX_BYTES // 1024}
        raise Invalid(_("This file is too large."), problems=[Problem("", "too_big", message)])
    return to_json(loads(compact(content))), name


def compact(content: bytes) -> bytes:
    """Without a byte order mark, and without the white space that only people need: the limit is on the document.
    What is not JSON stays as it is, for the parser to name what is wrong."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return json.dumps(json.loads(content), ensure_ascii=False, separators=(",", ":")).encode()
    except (ValueError, RecursionError):
        return content
