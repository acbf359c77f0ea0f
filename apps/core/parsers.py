"""Bodies are measured before they are read: DRF's own parsers take whatever comes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import parsers
from rest_framework.exceptions import APIException, ParseError

FORM_OVERHEAD = 64 * 1024  # bytes: boundaries, headers and small fields around an uploaded picture


class BodyTooLarge(APIException):
    status_code = 413
    default_detail = _("The request is larger than this address takes.")
    default_code = "too_large"


def refuse_over(limit: int, context: Any) -> None:
    request = (context or {}).get("request")
    given = request.META.get("CONTENT_LENGTH") if request is not None else None
    if given and given.isdigit() and int(given) > limit:
        raise BodyTooLarge


class JSONParser(parsers.JSONParser):
    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        refuse_over(settings.DATA_UPLOAD_MAX_MEMORY_SIZE, parser_context)
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deeply.")) from error


class PictureParser(parsers.MultiPartParser):
    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        refuse_over(settings.ASSET_MAX_BYTES + FORM_OVERHEAD, parser_context)
        return super().parse(stream, media_type, parser_context)
