"""Request signatures, checked: HMAC-SHA256 over method, path, query, the signed headers and the body."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from apps.sandbox.engine import accounts
from apps.sandbox.volcengine.replies import Rejected

MOST_SKEW = 15 * 60  # seconds; the tolerance is not published, some gateways of the vendor take 15 minutes
_AUTHORIZATION = re.compile(
    r"^HMAC-SHA256 Credential=(?P<credential>[^,\s]+),\s*SignedHeaders=(?P<signed>[^,\s]+),"
    r"\s*Signature=(?P<mac>[0-9a-fA-F]+)$"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came. `headers` have lower-case names; `query` keeps every pair, empty values too."""

    method: str
    path: str
    query: Sequence[tuple[str, str]]
    headers: Mapping[str, str]
    body: bytes


def _encode(text: str) -> str:
    return quote(text, safe="-_.~")


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def canonical_request(asked: Asked, path: str, signed: Sequence[str]) -> str:
    query = "&".join(f"{_encode(key)}={_encode(value)}" for key, value in sorted(asked.query))
    block = "".join(f"{name}:{_header(asked, name)}\n" for name in signed)
    return "\n".join([asked.method, path, query, block, ";".join(signed), hashlib.sha256(asked.body).hexdigest()])


def _header(asked: Asked, name: str) -> str:
    value = asked.headers.get(name, "").strip()
    if name == "host":
        host, _, port = value.partition(":")
        return host if port in ("80", "443") else value
    return value


def expected(asked: Asked, path: str, signed: Sequence[str], scope: str, secret: str) -> str:
    """The signature that this request should carry. `scope` is `<date>/<region>/<service>/request`."""
    digest = hashlib.sha256(canonical_request(asked, path, signed).encode()).hexdigest()
    to_sign = "\n".join(["HMAC-SHA256", asked.headers.get("x-date", ""), scope, digest])
    key = secret.encode()
    for part in scope.split("/"):
        key = _mac(key, part)
    return _mac(key, to_sign).hex()


def verify(asked: Asked, now: float) -> tuple[str, str]:
    """(access key id, region) of a request that is signed well; raises Rejected. `now` is real Unix seconds."""
    authorization = asked.headers.get("authorization", "")
    if not authorization:
        raise Rejected("MissingAuthenticationToken")
    if "Signature=" not in authorization:
        raise Rejected("MissingSignature")
    found = _AUTHORIZATION.match(authorization.strip())
    if not found:
        raise Rejected("InvalidAuthorization")
    parts = found["credential"].split("/")
    if len(parts) != 5 or parts[4] != "request" or not all(parts):
        raise Rejected("InvalidCredential")
    key_id, date, region, service, _ = parts
    if service != "rtc":
        raise Rejected("ServiceNotFound")
    stamp = asked.headers.get("x-date", "")
    if not stamp:
        raise Rejected("MissingRequestInfo", "The request is missing X-Date.")
    try:
        signed_at = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()
    except ValueError:
        raise Rejected("InvalidTimestamp", "X-Date is not in the form YYYYMMDDTHHMMSSZ.") from None
    if abs(now - signed_at) > MOST_SKEW or date != stamp[:8]:
        raise Rejected("InvalidTimestamp")
    secret = accounts.secret_of(accounts.VOLCENGINE, key_id)
    if secret is None:
        raise Rejected("InvalidAccessKey", f"The accesskey [{key_id}] included in the request is invalid.")
    signed = found["signed"].lower().split(";")
    told = asked.headers.get("x-content-sha256")
    honest = told is None or told.lower() == hashlib.sha256(asked.body).hexdigest()
    # The vendor's npm package leaves `host` unsigned, whatever the rules say of it, and is served.
    if "x-date" not in signed or signed != sorted(signed) or not honest:
        raise Rejected("SignatureDoesNotMatch")
    scope = "/".join(parts[1:])
    # The vendor's path is always "/"; behind our prefix a client may sign that, or the path it asked for.
    for path in ("/", asked.path):
        if hmac.compare_digest(expected(asked, path, signed, scope, secret), found["mac"].lower()):
            return key_id, region
    raise Rejected("SignatureDoesNotMatch")
