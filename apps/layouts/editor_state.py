"""What the editor keeps beside a layout: guides, groups, kept-ratio switches, sample variables and the product that the
layout is made for. No product is sent it, and no exported document holds it.

It is shared by everybody who edits the layout. `revision` counts its saves; each kept version of the layout remembers
the state it had while it was the current one, so that a restored version comes back with its groups.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.errors import Stale
from apps.core.types import JsonObject
from apps.layouts.editor_state_checks import validate
from apps.layouts.models import EditorState, LayoutTemplate
from apps.live.broadcast import send_to_team
from apps.vendors import registry

EMPTY: JsonObject = {"guides": [], "groups": {}, "names": {}, "ratio": {}, "variables": {}, "made_for": ""}


def get_state(layout: LayoutTemplate) -> JsonObject:
    """The state with its `revision`: 0 where none was saved. A product that no longer exists is left out."""
    row = EditorState.objects.filter(layout=layout).first()
    state = {**EMPTY, **(row.value if row else {}), "revision": row.revision if row else 0}
    return state if state["made_for"] in registry.products() else {**state, "made_for": ""}


@transaction.atomic
def save_state(layout: LayoutTemplate, value: Mapping[str, Any], revision: int) -> JsonObject:
    """Replaces all of it; what belongs to objects that the layout does not have is left out. Raises `Invalid` with
    pointers into the value, and `Stale` unless `revision` is the current one."""
    state = validate(value)
    layout = LayoutTemplate.objects.select_for_update().get(pk=layout.pk)
    before = get_state(layout)
    if revision != before["revision"]:
        raise Stale(_("Somebody changed the groups or guides since you opened them."), current=before["revision"])
    state = limit_to_objects(state, layout.document)
    if state == {name: member for name, member in before.items() if name != "revision"}:
        return before
    EditorState.objects.update_or_create(layout=layout, defaults={"value": state, "revision": revision + 1})
    layout.versions.filter(version=layout.version).update(editor_state=state)
    send_to_team(layout.team_id, {"kind": "aids.changed", "layout_id": str(layout.pk), "revision": revision + 1})
    return {**state, "revision": revision + 1}


def drop_removed_objects(layout: LayoutTemplate) -> JsonObject:
    """After a save of the layout: drops what belonged to objects it no longer has, as a later object may get their ids.
    Answers what is left, for the version that is kept."""
    row = EditorState.objects.filter(layout=layout).first()
    if row is None:
        return {}
    state = limit_to_objects(row.value, layout.document)
    if state != row.value:
        row.value = state
        row.save(update_fields=["value"])
    return state


def copy_state(source: LayoutTemplate, target: LayoutTemplate) -> None:
    row = EditorState.objects.filter(layout=source).first()
    if row is None:
        return
    EditorState.objects.create(layout=target, value=row.value, revision=1)
    target.versions.filter(version=target.version).update(editor_state=row.value)


def limit_to_objects(value: Mapping[str, Any], document: Mapping[str, Any]) -> JsonObject:
    """The state without members for objects that the document does not have, and without names of unused groups."""
    ids = {item["id"] for item in document["objects"]}
    state = {**EMPTY, **value}
    for name in ("groups", "ratio"):
        state[name] = {id: member for id, member in state[name].items() if id in ids}
    used = {group for path in state["groups"].values() for group in path}
    state["names"] = {group: name for group, name in state["names"].items() if group in used}
    return state
