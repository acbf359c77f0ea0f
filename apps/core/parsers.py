"""Bodies are measured before they are read: DRF's own parsers take whatever comes."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import parsers
from rest_framework.exceptions import APIException, ParseError
from rest_framework.utils.json import strict_constant

FORM_OVERHEAD = 64 * 1024  # bytes: boundaries, headers and small fields around an uploaded picture


class BodyTooLarge(APIException):
    status_code = 413
    default_detail = _("The request is too large.")
    default_code = "too_large"


def refuse_over(limit: int, context: Any) -> None:
    request = (context or {}).get("request")
    length = request.META.get("CONTENT_LENGTH") if request is not None else None
    if length and length.isdigit() and int(length) > limit:
        raise BodyTooLarge


class JSONParser(parsers.JSONParser):
    """JSON alone: no NaN, no Infinity, and no name twice in an object, of which one would be lost silently."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        refuse_over(settings.DATA_UPLOAD_MAX_MEMORY_SIZE, parser_context)
        encoding = (parser_context or {}).get("encoding", settings.DEFAULT_CHARSET)
        try:
            text = stream.read().decode(encoding)
            return json.loads(text, parse_constant=strict_constant, object_pairs_hook=named_once)
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deeply.")) from error
        except (ValueError, LookupError) as error:  # LookupError: an unknown charset
            raise ParseError(_("Invalid JSON: %(why)s") % {"why": error}) from error


def named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _one in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        printable = twice[:100].encode(errors="replace").decode()
        raise ParseError(_("The name “%(name)s” appears twice in one object.") % {"name": printable})
    return result


class PictureParser(parsers.MultiPartParser):
    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        refuse_over(settings.ASSET_MAX_BYTES + FORM_OVERHEAD, parser_context)
        return super().parse(stream, media_type, parser_context)
