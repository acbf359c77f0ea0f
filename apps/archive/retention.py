"""Removes recordings by policy. Without a policy they stay. A removal is announced a week before and can be undone for 30
days; the cloud's own files are never deleted.

1. A week before its time (or, when a policy comes late, a week from now) `leaves_at` is set: pages warn.
2. Then `removed_at` is set: lists, links and REST no longer have it; the poster is deleted.
3. 30 days later the row is deleted. The ledger of the task still names the files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from apps.accounts.models import Team
from apps.archive import posters
from apps.archive.models import Policy, Recording
from apps.archive.services import broadcast_change, revoke
from apps.tasks.engine import ledger
from apps.tasks.models import EventCode

NOTICE = dt.timedelta(days=7)
RESTORABLE_FOR = dt.timedelta(days=30)
BATCH_SIZE = 500  # rows a round; the rest in the next


def sweep(now: dt.datetime | None = None) -> dict[str, int]:
    """One round over all teams: how many were announced, spared, removed, purged."""
    now = now or timezone.now()
    counts = {"announced": 0, "spared": 0, "removed": 0, "purged": 0}
    for policy, rows in recordings_by_policy():
        assert policy.days is not None
        begins = now - dt.timedelta(days=policy.days) + NOTICE
        for row in rows.filter(leaves_at=None, recorded_at__lte=begins)[:BATCH_SIZE]:
            row.leaves_at = max(row.recorded_at + dt.timedelta(days=policy.days), now + NOTICE)
            row.save(update_fields=["leaves_at"])
            counts["announced"] += 1
    for recording in Recording.objects.filter(removed_at=None).exclude(leaves_at=None)[: BATCH_SIZE * 2]:
        if not still_leaves(recording, now):
            recording.leaves_at = None
            recording.save(update_fields=["leaves_at"])
            counts["spared"] += 1
    leaving = Recording.objects.filter(removed_at=None, kept=False, leaves_at__lte=now).select_related("task__app")
    for recording in leaving.order_by("leaves_at")[:BATCH_SIZE]:
        remove(recording, now)
        counts["removed"] += 1
    for recording in Recording.objects.filter(removed_at__lte=now - RESTORABLE_FOR)[:BATCH_SIZE]:
        recording.delete()
        counts["purged"] += 1
    return counts


def recordings_by_policy() -> Iterator[tuple[Policy, QuerySet[Recording]]]:
    """Every policy with days, and the recordings it applies to: a policy of an app overrides that of the team."""
    for policy in Policy.objects.exclude(days=None).select_related("app"):
        rows = Recording.objects.filter(team=policy.team_id, removed_at=None, kept=False)
        if policy.app_id:
            yield policy, rows.filter(task__app=policy.app_id)
        else:
            own = Policy.objects.filter(team=policy.team_id).exclude(app=None).values("app")
            yield policy, rows.exclude(task__app__in=own)


def policy_of(recording: Recording) -> Policy | None:
    """The app's own policy, else the team's."""
    rows = Policy.objects.filter(team=recording.team_id)
    own = rows.filter(app=recording.task.app_id).first()
    return own or rows.filter(app=None).first()


def still_leaves(recording: Recording, now: dt.datetime) -> bool:
    policy = policy_of(recording)
    if recording.kept or policy is None or policy.days is None:
        return False
    return recording.recorded_at + dt.timedelta(days=policy.days) <= now + NOTICE


@transaction.atomic
def remove(recording: Recording, now: dt.datetime) -> None:
    """Removes it from the archive. The files at the cloud stay; the ledger notes the removal."""
    posters.delete_poster(recording)
    recording.removed_at, recording.poster_due_at = now, None
    recording.save()
    for link in recording.share_links.filter(revoked_at=None):
        revoke(link)
    data = {"recorded_at": recording.recorded_at.isoformat(), "files": recording.files.count()}
    ledger.write(recording.task_id, EventCode.RECORDING_REMOVED, data)
    broadcast_change(recording)


def leaving_soon(team: Team) -> QuerySet[Recording]:
    return Recording.objects.filter(team=team, removed_at=None, kept=False).exclude(leaves_at=None)


def restorable(team: Team) -> QuerySet[Recording]:
    """Removed recordings that can be restored, the newest removal first."""
    rows = Recording.objects.filter(team=team).exclude(removed_at=None).select_related("task__app__credential")
    return rows.order_by(F("removed_at").desc(), "-id")
