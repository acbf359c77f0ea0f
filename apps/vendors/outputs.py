"""Where a relay goes: one RTMP URL, and what is said about any other wish."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from apps.vendors.plan import Finding
from apps.vendors.types import TaskSpec


def plan_push_url(spec: TaskSpec, findings: list[Finding], schemes: tuple[str, ...] = ("rtmp",)) -> str:
    """The one URL the stream goes to; "" with a finding when there is none."""
    urls = spec.output.get("push_urls") or []
    if not urls:
        findings.append(Finding("error", "no_push_url", None, "output.push_urls", "A push URL is required."))
        return ""
    if len(urls) > 1:
        message = "One task pushes to one URL. Only the first is used. Start a separate task for each of the others."
        findings.append(Finding("dropped", "one_push_url", None, "output.push_urls", message))
    for other in sorted(set(spec.output) - {"push_urls"}):
        message = "This product pushes to a URL. “{name}” is ignored."
        findings.append(Finding("dropped", "output_unknown", None, f"output.{other}", message, {"name": other}))
    if not is_rtmp(str(urls[0]), schemes):
        message = "The push URL must look like rtmp://host/path."
        findings.append(Finding("error", "bad_push_url", None, "output.push_urls", message))
    return str(urls[0])


def is_rtmp(url: str, schemes: tuple[str, ...] = ("rtmp",)) -> bool:
    """Whether it is `rtmp://host/path`, or of another of the schemes."""
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and bool(parts.hostname) and len(parts.path) > 1 and " " not in url
    except ValueError:
        return False


def digest(push_url: str) -> str:
    """Enough to see a change, without the stream key."""
    return hashlib.sha256(push_url.encode()).hexdigest()[:16]


def fixed_on_air(push_url: str, running: object) -> list[Finding]:
    """`running` is the digest of the URL the task was started with, None where nobody knows it."""
    if not push_url or running in (None, digest(push_url)):
        return []
    message = "The push URL cannot change while the task runs. It keeps its value."
    return [Finding("dropped", "output_fixed_on_air", None, "output.push_urls", message)]
