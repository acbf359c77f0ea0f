"""Changes of recordings, share links and retention policies. Pages and REST both call these."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import Team, User
from apps.archive.models import Policy, Recording, ShareLink
from apps.core.errors import Conflict, Invalid, Problem
from apps.credentials.models import App
from apps.live.broadcast import send_to_team

DEFAULT_SHARE_DAYS = 7
MAX_SHARE_DAYS = 365
MAX_FILE_HOSTS = 20
HOST = re.compile(r"\.?(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")


def change(recording: Recording, *, name: str | None = None, kept: bool | None = None) -> Recording:
    """`kept` exempts the recording from every policy and cancels an announced removal. None leaves a value as it is."""
    if name is not None:
        recording.name = name
    if kept is not None:
        recording.kept = kept
        if kept:
            recording.leaves_at = None
    recording.save(update_fields=["name", "kept", "leaves_at"])
    broadcast_change(recording)
    return recording


def share(recording: Recording, *, user: User | None, days: int = DEFAULT_SHARE_DAYS) -> ShareLink:
    """A link that plays this one recording for whoever has it, for 1 to `MAX_SHARE_DAYS` days.

    Raises `Invalid` at /days."""
    if not 1 <= days <= MAX_SHARE_DAYS:
        message = _("Enter a whole number from %(least)s to %(most)s.") % {"least": 1, "most": MAX_SHARE_DAYS}
        raise Invalid(_("The request is not valid."), problems=[Problem("/days", "out_of_range", message)])
    return ShareLink.objects.create(
        recording=recording, created_by=user, expires_at=timezone.now() + dt.timedelta(days=days)
    )


def revoke(link: ShareLink) -> ShareLink:
    """Ends a link now. Revoking a revoked link changes nothing."""
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
    return link


def restore(recording: Recording) -> Recording:
    """Returns a removed recording to the archive and keeps it, or the next sweep would remove it again. Its links stay
    revoked. Raises `Conflict` when it was not removed."""
    if recording.removed_at is None:
        raise Conflict(_("This recording was not removed."))
    recording.removed_at = recording.leaves_at = None
    recording.kept = True
    recording.poster_due_at, recording.poster_tries = timezone.now(), 0
    recording.save()
    broadcast_change(recording)
    return recording


def check_files(recording: Recording) -> None:
    """Asks again, in the background, for files that the cloud no longer served. Does nothing when none is missing."""
    if recording.files.exclude(missing_at=None).exists():
        Recording.objects.filter(pk=recording.pk).update(poster_due_at=timezone.now(), poster_tries=0)


@transaction.atomic
def save_policy(
    team: Team, policy: Policy | None = None, *, app: App | None, days: int | None, file_hosts: Sequence[str]
) -> Policy:
    """Creates a retention policy, or changes `policy`. `app` None: for all apps without a policy of their own; `days`
    None: recordings are kept forever. Raises `Invalid` at /app or /file_hosts."""
    hosts = sorted({host.strip().lower() for host in file_hosts})
    problems = []
    for host in hosts:
        if not HOST.fullmatch(host):
            message = _("“%(host)s” is not a host name such as media.example.com or .example.com.")
            problems.append(Problem("/file_hosts", "not_a_host", message % {"host": host[:80]}))
    same_scope = Policy.objects.filter(team=team, app=app)
    if policy is not None:
        same_scope = same_scope.exclude(pk=policy.pk)
    if same_scope.exists():
        problems.append(Problem("/app", "unique", _("A policy for this already exists. Change that one.")))
    if problems:
        raise Invalid(_("The request is not valid."), problems=problems)
    policy = policy or Policy(team=team)
    policy.app, policy.days, policy.file_hosts = app, days, hosts
    policy.save()
    return policy


def broadcast_change(recording: Recording) -> None:
    send_to_team(recording.team_id, {"kind": "recording.changed", "recording_id": str(recording.pk)})
