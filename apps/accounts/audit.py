"""The audit log: what is written down of each kind of row, and which entries a team may see.

Of secrets it holds that they changed, never a part of them. Documents are left out: their versions are kept.
Each entry carries its team's id in `additional_data` (`note_team`).
"""

from __future__ import annotations

from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.apps import apps
from django.db.models import QuerySet
from django.db.models.signals import pre_save

from apps.accounts.models import Team

# model → fields that are not written down: secrets, bulk, and what changes by itself all the time
AUDITED: dict[str, tuple[str, ...]] = {
    "accounts.Team": (),
    "accounts.Membership": (),
    "accounts.ApiToken": ("digest", "last_used_at"),
    "credentials.Credential": ("updated_at",),
    "credentials.App": ("callback_path", "last_callback_at", "updated_at"),
    "layouts.LayoutTemplate": ("document", "updated_at"),
    "layouts.Asset": (),
    "layouts.LayoutPreset": ("shapes",),
    "tasks.Task": (
        "document", "applied_document", "carry", "claimed_until", "next_poll_at", "tries", "wish", "done_wish",
        "proven_at", "proven_by", "updated_at", "output", "retry_at", "variables", "bindings",
    ),
    "archive.Recording": ("poster", "poster_source", "poster_due_at", "poster_tries"),
    "archive.Policy": (),
    "archive.ShareLink": ("key",),
}  # fmt: skip

MASKED = {"credentials.Credential": ["keys"], "credentials.App": ["secrets"]}  # that they changed, never to what


def masked(value: str) -> str:
    return "…"


def register() -> None:
    for label, left_out in AUDITED.items():
        model = apps.get_model(label)
        known = {field.name for field in model._meta.get_fields()}
        auditlog.register(
            model,
            exclude_fields=[name for name in left_out if name in known],
            mask_fields=MASKED.get(label, []),
            mask_callable="apps.accounts.audit.masked",
        )
    pre_save.connect(note_team, sender=LogEntry, dispatch_uid="accounts.audit.note_team")


def note_team(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Notes whose entry it is when it is written: the row may be gone when it is read."""
    if instance.additional_data is None and (team := team_of(instance)):
        instance.additional_data = {"team": team}


def team_of(entry: Any) -> str | None:
    model = entry.content_type.model_class()
    if model is Team:
        return str(entry.object_pk)
    names = {field.name for field in model._meta.get_fields()}
    path = "team" if "team" in names else "recording__team"
    rows = model._base_manager.filter(pk=entry.object_pk)  # also of a layout that was hidden just now
    team_id = rows.values_list(path, flat=True).first()
    if team_id is None:  # deleted: the entry holds the last values
        before = (entry.changes or {}).get("team") or [None]
        team_id = before[0] if before[0] not in (None, "None") else None
    return str(team_id) if team_id else None


def entries(team: Team) -> QuerySet[Any]:
    """The team's entries, to be paged by id, newest first."""
    return (
        LogEntry.objects.filter(additional_data__team=str(team.pk))
        .select_related("actor", "content_type")
        .order_by("-id")
    )
