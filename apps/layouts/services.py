"""What a producer may do with layouts: each save is a version, and nobody overwrites what they have not seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.core.errors import Invalid, Problem, Stale
from apps.core.types import JsonObject
from apps.layouts import assets, editor_state, imports
from apps.layouts.documents import canonical_document
from apps.layouts.models import LayoutTag, LayoutTemplate, LayoutVersion
from apps.layouts.tags import validate_tags
from apps.live.broadcast import send_to_team
from apps.live.messages import LayoutFacts

MAX_VERSIONS = 50
RESTORABLE_FOR = dt.timedelta(days=30)


@transaction.atomic
def create_layout(
    *, team: Team, user: Any, name: str, document: Any, tags: Iterable[str] | None = None
) -> LayoutTemplate:
    words = validate_tags(tags or ())
    value = canonical_document(document, team)
    layout = LayoutTemplate.objects.create(team=team, name=name, document=value, updated_by=user)
    add_version(layout, user)
    LayoutTag.objects.bulk_create(LayoutTag(layout=layout, name=word) for word in words)
    broadcast_saved(layout)
    return layout


@transaction.atomic
def duplicate_layout(layout: LayoutTemplate, *, user: Any, name: str) -> LayoutTemplate:
    """A layout of its own with the same picture, tags, groups and guides."""
    duplicate = create_layout(team=layout.team, user=user, name=name, document=layout.document, tags=layout.tags)
    editor_state.copy_state(layout, duplicate)
    return duplicate


def import_layout(
    *, team: Team, user: Any, payload: Any, product: str = "", name: str = ""
) -> tuple[LayoutTemplate, imports.ImportResult]:
    """A new layout from what somebody sends to a cloud, or from a document. Raises `Invalid`; pointers are into the
    payload."""
    document, result = read_payload(team=team, payload=payload, product=product)
    title = name.strip() or _("Imported layout")
    return create_layout(team=team, user=user, name=title, document=document), result


def read_payload(*, team: Team, payload: Any, product: str = "") -> tuple[JsonObject, imports.ImportResult]:
    """The document in a payload as it could be saved; nothing is stored. Raises `Invalid`."""
    result = imports.read(payload, product)
    document = assets.by_content(result.document, team) if result.product else result.document
    return canonical_document(document, team), result


@transaction.atomic
def save_layout(
    layout: LayoutTemplate, *, user: Any, version: int | None, name: str | None = None, document: Any = None
) -> LayoutTemplate:
    """Raises `Stale` unless `version` is the current one. A save that changes nothing makes no version."""
    if version is None:
        problem = Problem("/version", "required", _("Send the version you started from."))
        raise Invalid(_("The request is not valid."), problems=[problem])
    layout = LayoutTemplate.objects.select_for_update().get(pk=layout.pk)
    if version != layout.version:
        raise Stale(_("Somebody else saved this layout since you opened it."), current=layout.version)
    value = layout.document if document is None else canonical_document(document, layout.team)
    name = layout.name if name is None else name
    if value == layout.document and name == layout.name:
        return layout
    layout.document, layout.name, layout.updated_by = value, name, user
    layout.version += 1
    layout.save()
    add_version(layout, user)
    broadcast_saved(layout)
    return layout


@transaction.atomic
def set_tags(layout: LayoutTemplate, tags: Iterable[str]) -> LayoutTemplate:
    """Exactly these tags from now on. They belong to the layout, not to a version: the last one to set them wins."""
    words = validate_tags(tags)
    layout = LayoutTemplate.objects.select_for_update().get(pk=layout.pk)
    layout.tag_rows.exclude(name__in=words).delete()
    known = set(layout.tag_rows.values_list("name", flat=True))
    LayoutTag.objects.bulk_create(LayoutTag(layout=layout, name=word) for word in words if word not in known)
    broadcast_saved(layout)
    return layout


@transaction.atomic
def delete_layout(layout: LayoutTemplate) -> None:
    """Hidden at once, deleted for good after RESTORABLE_FOR: until then `restore_layout` undoes it."""
    layout.deleted_at = timezone.now()
    layout.save(update_fields=["deleted_at"])
    broadcast_saved(layout)


@transaction.atomic
def restore_layout(layout: LayoutTemplate) -> None:
    layout.deleted_at = None
    layout.save(update_fields=["deleted_at"])
    broadcast_saved(layout)


def purge_deleted() -> int:
    """Deletes for good what was deleted long enough ago; answers how many layouts that were."""
    old = LayoutTemplate.everything.filter(deleted_at__lt=timezone.now() - RESTORABLE_FOR)
    count = 0
    for layout in old.iterator(chunk_size=100):
        layout.delete()
        count += 1
    return count


def add_version(layout: LayoutTemplate, user: Any) -> None:
    LayoutVersion.objects.create(
        layout=layout, version=layout.version, name=layout.name, document=layout.document, author=user,
        editor_state=editor_state.drop_removed_objects(layout),
    )  # fmt: skip
    layout.versions.filter(version__lte=layout.version - MAX_VERSIONS).delete()


def broadcast_saved(layout: LayoutTemplate) -> None:
    facts: LayoutFacts = {
        "id": str(layout.pk),
        "name": layout.name,
        "version": layout.version,
        "deleted": layout.deleted_at is not None,
    }
    send_to_team(layout.team_id, {"kind": "layout.saved", "layout": facts})
