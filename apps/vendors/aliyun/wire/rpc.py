"""One request of an RPC-style API: endpoint, version, and where the operation's name travels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.core.types import Json
from apps.vendors.aliyun.wire.values import flatten
from apps.vendors.plan import PlannedRequest


@dataclass(frozen=True, slots=True)
class Api:
    """Where an API answers, and its version."""

    endpoint: str
    version: str


IN_THE_URL = frozenset({"AppId", "ChannelId", "TaskId"})  # also where the rest travels in the body
RTC = Api("https://rtc.aliyuncs.com/", "2018-01-11")  # central; no regional variants
ACS3 = "acs3"
V1 = "v1"


def rpc(
    name: str,
    parameters: Mapping[str, Json],
    *,
    api: Api = RTC,
    signing: str = ACS3,
    gives: Mapping[str, str] | None = None,
    remember: Mapping[str, str] | None = None,
    uses: Mapping[str, str] | None = None,
    starts: bool = False,
    read_only: bool = False,
    proves: str = "",
    form: Mapping[str, Json] | None = None,
    in_form: bool = False,
) -> PlannedRequest:
    """All parameters in the query string of a POST, flattened; those of `form` in its body, `in_form` all but the ids.
    The signature's own parts are added by the auth."""
    query, body = flatten(parameters), flatten(form or {})
    if in_form:
        body |= {name: member for name, member in query.items() if name not in IN_THE_URL}
        query = {name: member for name, member in query.items() if name in IN_THE_URL}
    headers = {"accept": "application/json"}
    if signing == V1:
        query = {"Action": name, "Version": api.version, "Format": "JSON", **query}
    else:
        headers |= {"x-acs-action": name, "x-acs-version": api.version}
    return PlannedRequest(
        name=name,
        method="POST",
        url=api.endpoint,
        query=query,
        headers=headers,
        body=body or None,
        form=bool(body),
        signing=f"aliyun-{signing}",
        gives=gives or {},
        remember=remember or {},
        uses=uses or {},
        starts=starts,
        read_only=read_only,
        proves=proves,
    )
