"""Wrong set-up is found at start. Each check has an id to look up or to silence."""

from __future__ import annotations

from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

SOCKET_PATH_LIMIT = 107  # bytes of a unix socket's path (man 7 unix)


@register()
def encryption_keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.ENCRYPTION_KEYS:
        return [Error("ENCRYPTION_KEYS is empty.", hint="Put a Fernet key there.", id="quadbox.E001")]
    for number, key in enumerate(settings.ENCRYPTION_KEYS, 1):
        try:
            Fernet(key)
        except ValueError:
            hint = "A key is 32 random bytes in URL-safe base64 (44 characters)."
            return [Error(f"Key {number} of ENCRYPTION_KEYS is not a Fernet key.", hint=hint, id="quadbox.E002")]
    return []


@register()
def public_url(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.PUBLIC_URL.startswith(("http://", "https://")):
        hint = "It is the address browsers and vendors use, as https://quadbox.example.com"
        return [Error("PUBLIC_URL is not an http(s) address.", hint=hint, id="quadbox.E003")]
    if not settings.EMBEDDED and settings.PUBLIC_URL.startswith("http://"):
        return [Warning("PUBLIC_URL is not https: sign-in cookies travel in the open.", id="quadbox.W001")]
    return []


@register()
def socket_path(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if len(settings.REDIS_SOCKET.encode()) > SOCKET_PATH_LIMIT and settings.EMBEDDED:
        hint = "Set QUADBOX_STATE to a shorter folder."
        return [Error("The path of the Redis socket is too long.", hint=hint, id="quadbox.E004")]
    return []


@register()
def sandbox_in_production(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.SANDBOX and settings.SANDBOX_CONTROL_OPEN and not settings.EMBEDDED:
        hint = "Set SANDBOX_CONTROL_OPEN=false."
        return [Warning("Anybody can command the sandbox.", hint=hint, id="quadbox.W002")]
    return []
