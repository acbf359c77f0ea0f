"""A planned request as a call of Volcengine's own Python SDK (PyPI: volcengine), and the headers its signature adds."""

from __future__ import annotations

from urllib.parse import urlsplit

from apps.vendors.plan import PlannedRequest
from apps.vendors.snippets import python_value
from apps.vendors.types import AppSpec, SignaturePreview
from apps.vendors.volcengine import api
from apps.vendors.volcengine.auth import ALGORITHM, SERVICE

PROGRAM = """\
import json
import os

from volcengine.ApiInfo import ApiInfo
from volcengine.Credentials import Credentials
from volcengine.ServiceInfo import ServiceInfo
from volcengine.base.Service import Service

ACCESS_KEY_ID, SECRET = os.environ["ACCESS_KEY_ID"], os.environ["SECRET_ACCESS_KEY"]
keys = Credentials(ACCESS_KEY_ID, SECRET, "{service}", "{region}")
info = ServiceInfo("{host}", {{"Accept": "application/json"}}, keys, 10, 10, "https")
call = ApiInfo("{method}", "/", {{"Action": "{action}", "Version": "{version}"}}, {{}}, {{}})
rtc = Service(info, {{"{action}": call}})
rtc.set_ak(ACCESS_KEY_ID)
rtc.set_sk(SECRET)

{variable} = {value}
print({send})
"""


def call(request: PlannedRequest, app: AppSpec) -> str:
    action, version = request.query["Action"], request.query["Version"]
    reads = request.method == "GET"
    query = {name: value for name, value in request.query.items() if name not in ("Action", "Version")}
    return PROGRAM.format(
        service=SERVICE,
        region=api.region(app),
        host=urlsplit(request.url).hostname,
        method=request.method,
        action=action,
        version=version,
        variable="query" if reads else "body",
        value=python_value(query if reads else request.body),
        send=f'rtc.get("{action}", query)' if reads else f'rtc.json("{action}", {{}}, json.dumps(body))',
    )


def shown(request: PlannedRequest, app: AppSpec) -> SignaturePreview:
    names = "content-type;host;x-content-sha256;x-date" if request.body is not None else "host;x-content-sha256;x-date"
    scope = f"$ACCESS_KEY_ID/$DATE/{api.region(app)}/{SERVICE}/request"
    return SignaturePreview(
        {
            "X-Date": "$X_DATE",
            "X-Content-Sha256": "$BODY_SHA256",
            "Authorization": f"{ALGORITHM} Credential={scope}, SignedHeaders={names}, Signature=$SIGNATURE",
        }
    )
