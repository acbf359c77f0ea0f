"""URLs of recorded files that carry a signature in their query: which file they name, and when they end.

The parameters are those of OSS (https://help.aliyun.com/document_detail/31952.html and V4), TOS, S3, COS, GCS and Azure
SAS, and Aliyun CDN's auth_key.
"""

from __future__ import annotations

from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

SIGNATURE_PREFIXES = ("x-oss-", "x-tos-", "x-amz-", "x-goog-", "q-")
SIGNATURE_PARAMETERS = frozenset(
    {
        "expires", "ossaccesskeyid", "signature", "security-token", "awsaccesskeyid", "googleaccessid", "auth_key",
        "sign", "token", "sv", "sr", "st", "se", "sp", "sig", "spr", "skoid", "sktid", "skt", "ske", "sks", "skv",
    }
)  # fmt: skip
EXPIRY_PARAMETERS = ("expires", "x-oss-expires-at")
"""Hold the end of the link's validity in seconds since 1970. V4 signatures hold a duration instead and are not read."""


def without_signature(url: str) -> str:
    """The URL without fragment and signature: equal for two links to the same file. Other parameters stay, since they may
    name the file."""
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not is_signature(name)]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))


def is_signature(parameter: str) -> bool:
    name = parameter.lower()
    return name in SIGNATURE_PARAMETERS or name.startswith(SIGNATURE_PREFIXES)


def expiry(url: str) -> int | None:
    """When a signed URL ends, in seconds since 1970; None when it does not say so in a known way."""
    query = {name.lower(): values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    for name in EXPIRY_PARAMETERS:
        value = query.get(name, "")
        if value.isascii() and value.isdigit() and len(value) == 10:
            return int(value)
    return None
