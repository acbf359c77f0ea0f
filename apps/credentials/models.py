"""Credential: a team's keys at a vendor. App: an AppId at that vendor."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

from apps.accounts.models import Team
from apps.core.encryption import EncryptedJSONField
from apps.core.models import Row
from apps.core.own_address import ServerURLsField, is_own

SANDBOX_PATH = "/sandbox/"  # an endpoint whose path holds it is a sandbox's


def secret_path() -> str:
    return secrets.token_urlsafe(24)


class Credential(Row):
    """`keys` holds the vendor's own names ({"access_key_id": …}); `endpoints` a base URL by product slug."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="credentials")
    name = models.CharField(max_length=120)
    vendor = models.CharField(max_length=40)
    keys: Any = EncryptedJSONField(default=dict)
    endpoints: Any = ServerURLsField(default=dict, blank=True)
    status = models.CharField(
        max_length=10, default="untested", choices=[("untested", "untested"), ("ok", "ok"), ("failed", "failed")]
    )
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name

    def goes_to_sandbox(self, slug: str) -> bool:
        """Whether this product is sent to a sandbox instead of the real cloud."""
        return SANDBOX_PATH in self.endpoints.get(slug, "")

    def goes_to_own_sandbox(self, slug: str) -> bool:
        """Whether that sandbox is the one of this installation."""
        return self.goes_to_sandbox(slug) and is_own(self.endpoints[slug])

    @property
    def uses_sandbox(self) -> bool:
        return any(self.goes_to_sandbox(slug) for slug in self.endpoints)


class CredentialTest(Row):
    """What the vendor answered when the keys were tried."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="tests")
    ok = models.BooleanField()
    detail = models.TextField(blank=True)
    words = models.JSONField(default=dict, blank=True)  # what the detail is made of (`VendorError.words`)
    vendor_code = models.CharField(max_length=120, blank=True)
    vendor_request_id = models.CharField(max_length=120, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)


class App(Row):
    """`settings` are typed by the vendor's products (region, version, record template…)."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="apps")
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="apps")
    name = models.CharField(max_length=120)
    vendor_app_id = models.CharField(max_length=128)
    secrets: Any = EncryptedJSONField(default=dict)
    settings = models.JSONField(default=dict, blank=True)
    callback_path = models.CharField(max_length=64, default=secret_path, unique=True, editable=False)
    last_callback_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name

    @property
    def vendor(self) -> str:
        return self.credential.vendor


class VendorObject(models.Model):
    """An object stored at the vendor (an Aliyun MPU layout), found again by the key of its content."""

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="vendor_objects")
    key = models.CharField(max_length=160)
    value = models.CharField(max_length=160)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["app", "key"], name="one_vendor_object_per_key")]
