"""Where the API is and how a request to it looks; the settings of an app that decide it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apps.core.types import Json
from apps.vendors.fields import Field
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import AppSpec

DOMAINS = ("sd-rtn.com", "agora.io")
AREAS = {
    "": "Nearest",
    "api-us-west-1": "Western United States",
    "api-us-east-1": "Eastern United States",
    "api-ap-southeast-1": "Asia Pacific, southeast",
    "api-ap-northeast-1": "Asia Pacific, northeast",
    "api-eu-west-1": "Western Europe",
    "api-eu-central-1": "Central Europe",
    "api-cn-east-1": "Eastern China",
    "api-cn-north-1": "Northern China",
}
SIGNING = "basic"

WITH_CERTIFICATE, WITHOUT, EMPTY = "certificate", "left_out", "empty"

HOST = r"api[a-z0-9-]{0,30}\.(?:sd-rtn\.com|agora\.io)"  # keys go nowhere else
CHANNEL = re.compile(r"[A-Za-z0-9 !#$%&()+\-:;<=.>?@\[\]^_{}|~,]{1,64}")
INSTANCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
LARGEST_UID = 2**32 - 1

APP_SETTINGS = (
    Field("area", "choice", "Area", "The entry point to the vendor's network.", "",
          choices=tuple((area, name) for area, name in AREAS.items())),
    Field("domain", "choice", "Domain", "sd-rtn.com where host names are resolved in mainland China. Both serve the same API.",
          "sd-rtn.com", choices=tuple((domain, domain) for domain in DOMAINS)),
    Field("fallback_hosts", "string", "Fallback hosts",
          "Used in this order when the host cannot be reached, separated by commas: api.agora.io, then that of a neighboring area. Nothing is sent twice: a call that may have arrived is not repeated elsewhere.",
          pattern=rf"\s*{HOST}(\s*,\s*{HOST}){{0,7}}\s*"),
    Field("rtc_tokens", "choice", "RTC tokens", "How channels of this project are joined.", WITH_CERTIFICATE,
          choices=((WITH_CERTIFICATE, "Generated from the App Certificate"),
                   (WITHOUT, "The project has no certificate: leave the token out"),
                   (EMPTY, "The project has no certificate: send an empty token"))),
)  # fmt: skip

KEY_FIELDS = (
    Field("customer_id", "string", "Customer ID", "In the console: Developer Toolkit → RESTful API.", required=True),
    Field("customer_secret", "string", "Customer secret", "Can be downloaded once, next to the customer ID.",
          required=True),
)  # fmt: skip

SECRET_FIELDS = (
    Field("app_certificate", "string", "App Certificate", "Of the project, 32 hexadecimal characters. Signs RTC tokens.",
          pattern=r"[0-9a-fA-F]{32}"),
    Field("callback_secret", "string", "Notification secret",
          "The secret that the console shows next to the notification URL of this product."),
)  # fmt: skip


def host(app: AppSpec | None) -> str:
    settings: Mapping[str, Json] = app.settings if app else {}
    area, domain = settings.get("area"), settings.get("domain")
    return f"{area if area in AREAS and area else 'api'}.{domain if domain in DOMAINS else DOMAINS[0]}"


def other_hosts(app: AppSpec | None) -> tuple[str, ...]:
    """The hosts to ask instead, in order."""
    text = str((app.settings if app else {}).get("fallback_hosts") or "")
    named = dict.fromkeys(part.strip() for part in text.split(","))
    return tuple(name for name in named if re.fullmatch(HOST, name) and name != host(app))


def token_habit(app: AppSpec) -> str:
    """How RTC tokens are given; what is not known is made from the certificate, which fails closed."""
    habit = app.settings.get("rtc_tokens")
    return habit if habit in (WITHOUT, EMPTY) else WITH_CERTIFICATE


def request(
    app: AppSpec | None,
    name: str,
    method: str,
    path: str,
    *,
    query: Mapping[str, str] | None = None,
    body: Json = None,
    gives: Mapping[str, str] | None = None,
    starts: bool = False,
) -> PlannedRequest:
    """One call; `path` begins with a slash. A GET changes nothing and may be repeated."""
    return PlannedRequest(
        name=name,
        method=method,
        url=f"https://{host(app)}{path}",
        query=query or {},
        headers={"Content-Type": "application/json"} if body is not None else {},
        body=body,
        signing=SIGNING,
        gives=gives or {},
        starts=starts,
        read_only=method == "GET",
        also_at=tuple(f"https://{host}" for host in other_hosts(app)),
    )


def uid_of(text: Json) -> int | None:
    """A user id of a channel: 1 to 2³²−1, as a number or in digits; None for anything else."""
    if isinstance(text, bool):
        return None
    if isinstance(text, str):
        if not re.fullmatch(r"[1-9][0-9]{0,9}", text):
            return None
        text = int(text)
    return text if isinstance(text, int) and 1 <= text <= LARGEST_UID else None
