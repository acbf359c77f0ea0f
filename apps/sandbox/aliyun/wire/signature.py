"""Request signatures, checked: RPC V1 (HMAC-SHA1) and ACS3-HMAC-SHA256."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from apps.sandbox.aliyun.wire.replies import Rejected, missing
from apps.sandbox.engine import accounts
from apps.sandbox.engine.clock import from_iso

MOST_SKEW = 15 * 60  # seconds
PROTOCOL = ("Action", "Version", "Format", "AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion",
            "SignatureNonce", "Timestamp", "SecurityToken", "SignatureType", "RegionId")  # fmt: skip
_AUTHORIZATION = re.compile(
    r"^ACS3-HMAC-SHA256 Credential=(?P<key>[^,\s]+),\s*SignedHeaders=(?P<signed>[^,\s]+),"
    r"\s*Signature=(?P<mac>[0-9a-fA-F]+)$"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came. `headers` have lower-case names; `query` and `form` keep every pair, empty values too."""

    method: str
    path: str
    query: Sequence[tuple[str, str]]
    form: Sequence[tuple[str, str]]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks for what. `params` are the business parameters, still flat."""

    key_id: str
    action: str
    version: str
    as_xml: bool
    params: dict[str, str]


def encode(text: str) -> str:
    return quote(text, safe="~")


def canonical(pairs: Sequence[tuple[str, str]]) -> str:
    return "&".join(f"{encode(key)}={encode(value)}" for key, value in sorted(pairs))


def v1_to_sign(method: str, pairs: Sequence[tuple[str, str]]) -> str:
    """`pairs`: query and form together, without Signature."""
    return f"{method}&%2F&{encode(canonical(pairs))}"


def v1_signature(to_sign: str, secret: str) -> str:
    return base64.b64encode(hmac.new(f"{secret}&".encode(), to_sign.encode(), hashlib.sha1).digest()).decode()


def acs3_to_sign(asked: Asked, path: str, signed: Sequence[str]) -> str:
    block = "".join(f"{name}:{asked.headers.get(name, '').strip()}\n" for name in signed)
    body = hashlib.sha256(asked.body).hexdigest()
    text = "\n".join([asked.method, path, canonical(asked.query), block, ";".join(signed), body])
    return "ACS3-HMAC-SHA256\n" + hashlib.sha256(text.encode()).hexdigest()


def acs3_signature(to_sign: str, secret: str) -> str:
    return hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()


def verify(asked: Asked, now: float, nonces: MutableMapping[str, float]) -> Caller:
    """The caller of a well-signed request; raises Rejected. `now`: real Unix seconds; `nonces`: seen, and when."""
    if "authorization" in asked.headers or "x-acs-action" in asked.headers:
        return _acs3(asked, now, nonces)
    return _v1(asked, now, nonces)


def _secret(key_id: str) -> str:
    secret = accounts.secret_of(accounts.ALIYUN, key_id)
    if secret is None:
        raise Rejected("InvalidAccessKeyId.NotFound")
    return secret


def _other_signature(to_sign: str) -> Rejected:
    """The message carries what the server signed, for the caller to compare."""
    said = f"Specified signature is not matched with our calculation. server string to sign is:{to_sign}"
    return Rejected("SignatureDoesNotMatch", said)


def _fresh(stamp: str, nonce: str, key_id: str, now: float, nonces: MutableMapping[str, float]) -> None:
    signed_at = from_iso(stamp)
    if signed_at is None:
        raise Rejected("InvalidTimeStamp.Format")
    if abs(now - signed_at) > MOST_SKEW:
        raise Rejected("InvalidTimeStamp.Expired")
    for old in [name for name, seen in list(nonces.items()) if now - seen > 2 * MOST_SKEW][:100]:
        nonces.pop(old, None)
    if nonces.setdefault(f"{key_id}/{nonce}", now) != now:
        raise Rejected("SignatureNonceUsed")


def _v1(asked: Asked, now: float, nonces: MutableMapping[str, float]) -> Caller:
    pairs = [*asked.query, *asked.form]
    given = dict(pairs)
    for name in ("Action", "Version", "AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion",
                 "SignatureNonce", "Timestamp"):  # fmt: skip
        if not given.get(name):
            raise missing(name)
    if given["SignatureMethod"].upper() != "HMAC-SHA1" or given["SignatureVersion"] != "1.0":
        raise Rejected("IncompleteSignature")
    secret = _secret(given["AccessKeyId"])
    to_sign = v1_to_sign(asked.method, [pair for pair in pairs if pair[0] != "Signature"])
    if not hmac.compare_digest(v1_signature(to_sign, secret).encode(), given["Signature"].encode()):
        raise _other_signature(to_sign)
    _fresh(given["Timestamp"], given["SignatureNonce"], given["AccessKeyId"], now, nonces)
    as_xml = given.get("Format", "XML").upper() != "JSON"
    params = {name: value for name, value in given.items() if name not in PROTOCOL}
    return Caller(given["AccessKeyId"], given["Action"], given["Version"], as_xml, params)


def _acs3(asked: Asked, now: float, nonces: MutableMapping[str, float]) -> Caller:
    headers = asked.headers
    for name in ("authorization", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce"):
        if not headers.get(name):
            raise missing(name)
    found = _AUTHORIZATION.match(headers["authorization"].strip())
    if not found:
        raise Rejected("IncompleteSignature")
    secret = _secret(found["key"])
    signed = found["signed"].lower().split(";")
    must = {"host", *(name for name in headers if name.startswith("x-acs-"))}
    if asked.body and "content-type" in headers:
        must.add("content-type")
    honest = headers.get("x-acs-content-sha256", "").lower() == hashlib.sha256(asked.body).hexdigest()
    if not must <= set(signed) or signed != sorted(signed) or not honest:
        raise Rejected("SignatureDoesNotMatch")
    for path in ("/", asked.path):  # the vendor's path is "/"; behind our prefix a client may sign what it asked for
        if hmac.compare_digest(acs3_signature(acs3_to_sign(asked, path, signed), secret), found["mac"].lower()):
            break
    else:
        raise _other_signature(acs3_to_sign(asked, "/", signed))
    _fresh(headers["x-acs-date"], headers["x-acs-signature-nonce"], found["key"], now, nonces)
    params = {name: value for name, value in [*asked.query, *asked.form] if name not in ("RegionId",)}
    return Caller(found["key"], headers["x-acs-action"], headers["x-acs-version"], False, params)
