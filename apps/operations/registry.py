"""Every check, once. The probes, the Health page and `manage.py doctor` read from here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.operations import addresses
from apps.operations import service_checks as services
from apps.operations import setup_checks as setup
from apps.operations.check import Check, Group

SERVICE, SETUP = Group.SERVICE, Group.SETUP
REDIS_ADVICE = _("Check REDIS_URL, or start Quadbox with make run.")
DATABASE_ADVICE = _("Check DATABASE_URL and that the server is running.")

CHECKS: dict[str, Check] = {
    check.id: check
    for check in (
        Check("database", _("Database"), SERVICE, services.check_database, DATABASE_ADVICE),
        Check("redis", "Redis", SERVICE, services.check_redis, REDIS_ADVICE),
        Check("workers", _("Workers"), SERVICE, services.check_workers, REDIS_ADVICE),
        Check("worker", _("Clock (beat)"), SERVICE, services.check_heartbeat, REDIS_ADVICE, "unknown"),
        Check("disk", _("Disk"), SERVICE, services.check_disk),
        Check("migrations", _("Database schema"), SETUP, setup.check_migrations, DATABASE_ADVICE),
        Check("media", _("Media folder"), SETUP, setup.check_media,
              _("MEDIA_ROOT must be a folder this process may write.")),
        Check("encryption keys", _("Encryption keys"), SETUP, setup.check_encryption_keys),
        Check("secrets", _("Stored secrets"), SETUP, setup.check_secrets, DATABASE_ADVICE),
        Check("front end", _("Front end"), SETUP, setup.check_front_end, _("Run: make setup")),
        Check("fonts", _("Fonts"), SETUP, setup.check_fonts, _("Run: make setup")),
        Check("public url", _("Public URL"), SETUP, setup.check_public_url),
        Check("addresses", _("Stored addresses"), SETUP, addresses.check_addresses, DATABASE_ADVICE),
        Check("clock", _("Server clock"), SETUP, setup.check_clock, REDIS_ADVICE),
        Check("environment", _("Environment"), SETUP, setup.check_environment),
        Check("sandbox", _("Sandbox"), SETUP, setup.check_sandbox),
        Check("tasks", _("Files after a stop"), SETUP, setup.check_files_grace),
        Check("people", _("Accounts"), SETUP, setup.check_people, DATABASE_ADVICE),
    )
}  # fmt: skip
