"""How Aliyun signs callbacks, where it does: recordings of ApsaraVideo Live, and the RTC products of generation 3.

None of the products here are among them: their callbacks are unsigned, and the secret path of the URL guards them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

MOST_AGE = dt.timedelta(minutes=5)  # a rule of ours; the signature of Live covers the time stamp and not the body


def live_recording(timestamp: str, auth_key: str) -> str:
    """`ALI-LIVE-SIGNATURE`. Callbacks of ordinary live domains put the domain in front: not those."""
    return hashlib.md5(f"{timestamp}|{auth_key}".encode(), usedforsecurity=False).hexdigest()


def is_live_recording(timestamp: str, signature: str, auth_key: str, now: dt.datetime) -> bool:
    """Whether the headers of a callback are Aliyun's, and fresh."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 11) or not auth_key:
        return False
    wanted = live_recording(timestamp, auth_key).encode()
    right = hmac.compare_digest(signature.lower().encode(), wanted)
    return right and abs(now - dt.datetime.fromtimestamp(int(timestamp), dt.UTC)) <= MOST_AGE


def rtc3(app_id: str, timestamp: str, content: bytes, secret: str) -> str:
    """`DingRTC-Signature` of generation 3, by what others report: Aliyun's documents do not say it."""
    return f"{app_id}.{timestamp}.{hmac.new(secret.encode(), content + timestamp.encode(), hashlib.sha256).hexdigest()}"
