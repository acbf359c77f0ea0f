"""Record templates as Aliyun lists them: to be chosen by what they do, not by an id."""

from __future__ import annotations

from collections.abc import Mapping

from apps.core.types import Json
from apps.vendors.aliyun import errors
from apps.vendors.aliyun.base import signing
from apps.vendors.aliyun.rtc2.media import by_id
from apps.vendors.aliyun.rtc2.stored_layouts import listed
from apps.vendors.aliyun.wire import rpc
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import AppSpec, Reply

A_PAGE, MOST_PAGES = 100, 20


def page(app: AppSpec, number: int) -> PlannedRequest:
    parameters = {"AppId": app.vendor_app_id, "PageNum": number, "PageSize": A_PAGE}
    return rpc.rpc("DescribeRecordTemplates", parameters, signing=signing(app), read_only=True)


def read(
    app: AppSpec, request: PlannedRequest, reply: Reply
) -> tuple[tuple[tuple[str, str], ...], PlannedRequest | None]:
    """(TemplateId, its name, size, formats, split and bucket) of each, and the request for the next page."""
    body = errors.body_of(request, reply)
    found = tuple(
        (str(template["TemplateId"]), described(template))
        for template in listed(body, "Templates", "Template")
        if template.get("TemplateId")
    )
    number, total = int(request.query["PageNum"]), body.get("TotalPage")
    pages = int(total) if isinstance(total, (int, str)) and str(total).isdigit() else 0
    return found, page(app, number + 1) if number < min(pages, MOST_PAGES) else None


def described(template: Mapping[str, Json]) -> str:
    """`talks (76dasgb1): 1280×720, m3u8 mp4, 1800 s, my-bucket`"""
    encode = template.get("MediaEncode")
    media = by_id(int(encode)) if isinstance(encode, (int, str)) and str(encode).isdigit() else None
    formats = template.get("Formats")
    parts = [
        f"{media.width}×{media.height}" if media else "",
        " ".join(map(str, formats)) if isinstance(formats, list) else "",
        f"{template['FileSplitInterval']} s" if template.get("FileSplitInterval") else "",
        str(template.get("OssBucket") or ""),
    ]
    name = str(template.get("Name") or template["TemplateId"])
    return f"{name} ({template['TemplateId']}): {', '.join(part for part in parts if part)}"
