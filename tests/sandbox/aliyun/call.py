"""A client of the emulator, which signs by the vendor's description once more (the vendor's own SDK is in test_sdk)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
import uuid
from typing import Any
from urllib.parse import quote

from django.test import Client

KEY, SECRET = "SANDBOXaliyunKey0001", "sandbox-aliyun-secret-0001"
URL = "/sandbox/aliyun/rtc/"
FORM = "application/x-www-form-urlencoded"


def _pe(text: str) -> str:
    return quote(text, safe="~")


def _line(params: dict[str, str]) -> str:
    return "&".join(f"{_pe(name)}={_pe(params[name])}" for name in sorted(params))


def _stamp(skew: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + skew))


def v1(
    client: Client, action: str, params: dict[str, str], *, key: str = KEY, secret: str = SECRET, skew: float = 0,
    nonce: str = "", drop: str = "", spoil: dict[str, str] | None = None, form: dict[str, str] | None = None,
    url: str = URL, **common: str,
) -> Any:  # fmt: skip
    given = {
        "Action": action, "Version": "2018-01-11", "Format": "JSON", "AccessKeyId": key,
        "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0", "SignatureNonce": nonce or uuid.uuid4().hex,
        "Timestamp": _stamp(skew), **common, **params,
    }  # fmt: skip
    given.pop(drop, None)
    to_sign = f"POST&%2F&{_pe(_line({**given, **(form or {})}))}"
    mac = hmac.new(f"{secret}&".encode(), to_sign.encode(), hashlib.sha1).digest()
    given["Signature"] = base64.b64encode(mac).decode()
    return client.post(f"{url}?{_line({**given, **(spoil or {})})}", _line(form or {}), content_type=FORM)


def acs3(
    client: Client, action: str, params: dict[str, str], *, key: str = KEY, secret: str = SECRET, skew: float = 0,
    nonce: str = "", path: str = "/", version: str = "2018-01-11", form: dict[str, str] | None = None,
    url: str = URL,
) -> Any:  # fmt: skip
    body = _line(form).encode() if form else b""
    headers = {
        "host": "testserver", "x-acs-action": action, "x-acs-version": version, "x-acs-date": _stamp(skew),
        "x-acs-signature-nonce": nonce or uuid.uuid4().hex, "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
        **({"content-type": FORM} if form else {}),
    }  # fmt: skip
    names = sorted(headers)
    block = "".join(f"{name}:{headers[name]}\n" for name in names)
    digest = headers["x-acs-content-sha256"]
    canonical = "\n".join(["POST", path, _line(params), block, ";".join(names), digest])
    to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    mac = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    headers["authorization"] = f"ACS3-HMAC-SHA256 Credential={key},SignedHeaders={';'.join(names)},Signature={mac}"
    kind = headers.pop("content-type", "")
    return client.generic("POST", f"{url}?{_line(params)}", body, content_type=kind, headers=headers)
