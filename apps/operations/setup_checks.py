"""The settings and the stored state: what is wrong with them, and what to do about it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from PIL import features

from apps.core import clock_skew
from apps.core.encryption import EncryptedJSONField, WrongEncryptionKey
from apps.operations.check import OK, Outcome, failed
from apps.preview.font_table import families
from apps.preview.fonts import FontMissing

MIN_FILES_GRACE = 240  # seconds: Aliyun waits up to 180 before it closes a file


def check_migrations() -> Outcome:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not missing:
        return OK
    return failed(_("Run: manage.py migrate"), _("%(number)d migrations are missing.") % {"number": len(missing)})


def check_media() -> Outcome:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        return OK


def check_secrets() -> Outcome:
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, EncryptedJSONField):
                try:
                    list(model._default_manager.values_list(field.name, flat=True))
                except WrongEncryptionKey as error:
                    return failed("", str(error))
    return OK


def check_encryption_keys() -> Outcome:
    number = len(settings.ENCRYPTION_KEYS)
    if number > 1:
        advice = _("Run manage.py rotate_keys, then remove the old keys.")
        return Outcome(True, _("%(number)d keys: a rotation is in progress.") % {"number": number}, advice)
    return Outcome(number == 1, _("One key."))


def check_front_end() -> Outcome:
    folders = [*settings.STATICFILES_DIRS, settings.STATIC_ROOT] if settings.EMBEDDED else [settings.STATIC_ROOT]
    if any((Path(str(folder)) / "manifest.json").is_file() for folder in folders):
        return OK
    if settings.EMBEDDED:
        return failed(_("Run: make setup"), _("The front end is not built."))
    return failed(
        _("Run: make setup, then docker/entrypoints/migrate.sh"), _("The static files are not in STATIC_ROOT.")
    )


def check_fonts() -> Outcome:
    """The shaper for scripts that join letters or run right to left, and a file of each family in both weights."""
    if not (features.check("raqm") and features.check("fribidi") and features.check("harfbuzz")):
        return failed(
            _("Install Pillow from its wheel: pip install --force-reinstall --only-binary :all: pillow"),
            _("Pillow has no text shaping (raqm, FriBiDi, HarfBuzz): Arabic, Thai and Devanagari would be misdrawn."),
        )
    try:
        files = {face.path(weight) for family in families() for face in family.faces for weight in (400, 700)}
    except FontMissing as error:
        return failed(_("Run: make setup"), str(error))
    return Outcome(True, _("%(number)d files.") % {"number": len(files)})


def check_public_url() -> Outcome:
    is_local = settings.PUBLIC_URL.startswith(("http://127.", "http://localhost"))
    if is_local and not settings.EMBEDDED:
        return failed(
            _("Set PUBLIC_URL to the address that the clouds reach."),
            _("PUBLIC_URL is this machine's own: vendors cannot call back."),
        )
    return Outcome(True, settings.PUBLIC_URL)


def check_clock() -> Outcome:
    skew = clock_skew.seconds()
    if abs(skew) <= clock_skew.MAX_SECONDS:
        return OK
    template = (
        _("This server's clock is %(seconds)d s ahead of the clouds': they refuse what it signs.")
        if skew > 0
        else _("This server's clock is %(seconds)d s behind the clouds': they refuse what it signs.")
    )
    return failed(_("Set the clock by NTP."), template % {"seconds": abs(skew)})


def check_environment() -> Outcome:
    """A misspelt variable has no effect and no error of its own."""
    ours = [name for name in os.environ if name.startswith(("SANDBOX", "QUADBOX_"))]
    unknown = sorted(set(ours) - settings.KNOWN_VARIABLES)
    if not unknown:
        return OK
    detail = _("Unknown settings: %(names)s.") % {"names": ", ".join(unknown)}
    return failed(_("Check the spelling, or unset them. docs/settings.md lists all settings."), detail)


def check_sandbox() -> Outcome:
    if not settings.SANDBOX:
        return Outcome(True, _("Off."))
    if settings.EMBEDDED:
        return Outcome(True, _("On."))
    advice = []
    if os.environ.get("WEB_WORKERS", "1") != "1":
        advice.append(_("The sandbox lives in one process: set WEB_WORKERS=1, or SANDBOX=0."))
    if settings.SANDBOX_CONTROL_OPEN:
        advice.append(_("Set SANDBOX_CONTROL_OPEN=false: anybody can control it."))
    return failed(" ".join(advice), _("On.")) if advice else Outcome(True, _("On."))


def check_files_grace() -> Outcome:
    if settings.FILES_GRACE_SECONDS >= MIN_FILES_GRACE:
        return OK
    return failed(
        _("Set FILES_GRACE_SECONDS to %(seconds)d or more.") % {"seconds": MIN_FILES_GRACE},
        _("FILES_GRACE_SECONDS is too short: recordings would be closed before their last file arrives."),
    )


def check_people() -> Outcome:
    if settings.EMBEDDED or get_user_model().objects.filter(is_active=True).exists():
        return OK
    return failed(_("Run: manage.py first_admin"), _("Nobody can sign in."))
