"""Volcengine's own SDKs for Python and Node, pointed at any host on the loopback."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from volcengine.ApiInfo import ApiInfo
from volcengine.base.Service import Service
from volcengine.Credentials import Credentials
from volcengine.ServiceInfo import ServiceInfo

from apps.vendors.plan import PlannedRequest
from tests import npm

REGION = "cn-north-1"

NODE = """
const { Service } = require("@volcengine/openapi");
const { host, pathname, region, accessKeyId, secretKey, calls } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const service = new Service({ host, region, accessKeyId, secretKey, protocol: "http:", serviceName: "rtc" });
(async () => {
  const answers = [];
  for (const { action, version, method, given } of calls) {
    const api = service.createAPI(action, { Version: version, method, contentType: method === "GET" ? "urlencode" : "json" });
    answers.push(await api(given, { pathname }));
  }
  process.stdout.write(JSON.stringify(answers));
})();
"""


def given(planned: PlannedRequest) -> dict[str, Any]:
    """What the caller of an SDK says: the body, or the query without what names the operation."""
    if planned.body is not None:
        return dict(planned.body)
    return {name: one for name, one in planned.query.items() if name not in ("Action", "Version")}


def by_node(calls: Sequence[PlannedRequest], host: str, key: str, secret: str, path: str = "/") -> list[Any]:
    """The answers, as the npm package reads them."""
    found: list[Any] = npm.run(
        NODE,
        {
            "host": host,
            "pathname": path,
            "region": REGION,
            "accessKeyId": key,
            "secretKey": secret,
            "calls": [
                {"action": call.name, "version": call.query["Version"], "method": call.method, "given": given(call)}
                for call in calls
            ],
        },
    )
    return found


def by_python(planned: PlannedRequest, host: str, key: str, secret: str, path: str = "/") -> Any:
    """The answer, as the PyPI package reads it. It raises an Exception with the answer's words for any status but 200."""
    names = {"Action": planned.name, "Version": planned.query["Version"]}
    info = ServiceInfo(host, {"Accept": "application/json"}, Credentials(key, secret, "rtc", REGION), 5, 5, "http")
    service = Service(info, {"call": ApiInfo(planned.method, path, names, {}, {})})
    service.set_ak(key)
    service.set_sk(secret)
    said = given(planned)
    if planned.method == "GET":
        return json.loads(service.get("call", said))
    return json.loads(service.json("call", {}, json.dumps(said)))
