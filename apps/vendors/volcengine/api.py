"""Where the API is and how a request to it looks; the settings of an app that decide it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apps.core.types import Json
from apps.vendors.fields import Field
from apps.vendors.plan import Finding, PlannedRequest
from apps.vendors.types import AppSpec
from apps.vendors.volcengine import assumptions

REGIONS = {"cn-north-1": "rtc.volcengineapi.com", "ap-singapore-1": "open-ap-singapore-1.volcengineapi.com"}
HOSTS = (*REGIONS.values(), "open.byteplusapi.com")
PIXELS, RATIOS = "2023-11-01", "2020-12-01"  # what regions are measured in depends on the version
VERSIONS = (PIXELS, RATIOS)
SIGNING = "volcengine-hmac-sha256"

ID = re.compile(r"[a-zA-Z0-9_@\-.]{1,128}")
APP_ID = re.compile(r"[0-9a-fA-F]{24}")

APP_SETTINGS = (
    Field("region", "choice", "Region of the cloud", "The region used to sign requests.", "cn-north-1",
          choices=(("cn-north-1", "Mainland China (cn-north-1)"), ("ap-singapore-1", "Singapore (ap-singapore-1)"))),
    Field("host", "choice", "API host", "Leave empty for the default of the region. For BytePlus accounts, choose BytePlus and Singapore.",
          "", choices=(("", "Default host of the region"), *((host, host) for host in HOSTS))),
    Field("api_version", "choice", "API version", "2020-12-01 for BytePlus and for older accounts.", PIXELS,
          choices=tuple((version, version) for version in VERSIONS)),
    Field("business_id", "string", "Business id", "Groups tasks in the vendor's console.", "",
          pattern=r"[a-zA-Z0-9_@\-.]{0,128}"),
    *assumptions.SETTINGS,
)  # fmt: skip

KEY_FIELDS = (
    Field("access_key_id", "string", "Access Key ID", "In the console: account → API access keys.", required=True),
    Field(
        "secret_access_key",
        "string",
        "Secret Access Key",
        "Shown once, when you create the key in the vendor's console.",
        required=True,
    ),
    Field("security_token", "string", "Security token", "Only for temporary (STS) keys."),
)

SECRET_FIELDS = (
    Field("app_key", "string", "AppKey", "Of the RTC application. Only needed for tokens of browsers that join."),
    Field("callback_secret", "string", "Callback SecretKey", "The SecretKey you entered with the callback URL."),
)


def region(app: AppSpec | None) -> str:
    """The signing region; a value we do not know is used as it is."""
    return str((app.settings.get("region") if app else "") or "cn-north-1")


def version(app: AppSpec | None, previous: Mapping[str, Json] | None = None) -> str:
    """A running task is spoken to in the version that started it."""
    for chosen in ((previous or {}).get("api_version"), app.settings.get("api_version") if app else None):
        if chosen in VERSIONS:
            return str(chosen)
    return PIXELS


def url(app: AppSpec | None) -> str:
    host = str((app.settings.get("host") if app else "") or "") or REGIONS.get(region(app), REGIONS["cn-north-1"])
    return f"https://{host}/"


def write(app: AppSpec, action: str, api_version: str, body: Json, *, starts: bool = False) -> PlannedRequest:
    """A changing operation: POST with a JSON body."""
    return PlannedRequest(
        name=action,
        method="POST",
        url=url(app),
        query={"Action": action, "Version": api_version},
        headers={"Content-Type": "application/json"},
        body=body,
        signing=SIGNING,
        starts=starts,
    )


def read(app: AppSpec | None, action: str, api_version: str, query: Mapping[str, str]) -> PlannedRequest:
    """A reading operation: GET, everything in the query."""
    return PlannedRequest(
        name=action,
        method="GET",
        url=url(app),
        query={"Action": action, "Version": api_version, **query},
        signing=SIGNING,
        read_only=True,
    )


def id_findings(app: AppSpec, room: str, task_id: str) -> list[Finding]:
    """What the vendor would refuse of the ids of a task."""
    found = []
    if not APP_ID.fullmatch(app.vendor_app_id):
        found.append(Finding("error", "bad_app_id", None, "app", "The AppId must have 24 hexadecimal characters."))
    for name, value in (("room", room), ("task_id", task_id)):
        if not ID.fullmatch(value):
            message = (
                "The room must have 1 to 128 letters, digits and _ @ - . only."
                if name == "room"
                else "The task ID must have 1 to 128 letters, digits and _ @ - . only."
            )
            found.append(Finding("error", f"bad_{name}", None, name, message))
    return found
