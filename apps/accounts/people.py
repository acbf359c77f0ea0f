"""Who is in a team: invite, change a role, remove. A team never loses its last admin."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from apps.accounts.models import ApiToken, Membership, Role, Team, User
from apps.core.errors import Conflict, Invalid, Problem


@transaction.atomic
def invite(*, team: Team, username: str, role: str, email: str = "") -> tuple[Membership, str]:
    """A new person without a password, and the link where they choose one.

    Names are unique over all teams. Somebody who exists already is refused: an admin of one team cannot pull
    in a person of another, nor learn more of them than that the name is taken.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise Invalid(
            _("The request is not valid."), problems=[Problem("/username", "taken", _("This name is already used."))]
        )
    user = User(username=username, email=email)
    user.set_unusable_password()
    user.save()
    return Membership.objects.create(team=team, user=user, role=role), password_url(user)


def password_url(user: User) -> str:
    """Where the person sets a password; valid once, for PASSWORD_RESET_TIMEOUT."""
    person = urlsafe_base64_encode(force_bytes(user.pk))
    return f"{settings.PUBLIC_URL}/reset/{person}/{default_token_generator.make_token(user)}/"


def password_url_of(membership: Membership) -> str:
    """Raises `Conflict` for a person who is in other teams too: one team's admin must not open their account."""
    user = membership.user
    if Membership.objects.filter(user=user).exclude(team=membership.team_id).exists():
        raise Conflict(_("This user is also in other teams and must change the password themselves."))
    return password_url(user)


@transaction.atomic
def change_role(membership: Membership, role: str) -> Membership:
    membership = locked(membership)
    if role != Role.ADMIN:
        keep_an_admin(membership)
    membership.role = role
    membership.save()
    return membership


@transaction.atomic
def remove(membership: Membership) -> None:
    membership = locked(membership)
    keep_an_admin(membership)
    ApiToken.objects.filter(user=membership.user_id, team=membership.team_id).delete()
    membership.delete()


def locked(membership: Membership) -> Membership:
    """Locks the team first, so that two admins cannot demote each other at once."""
    Team.objects.select_for_update().get(pk=membership.team_id)
    return Membership.objects.select_related("user").get(pk=membership.pk)


def keep_an_admin(membership: Membership) -> None:
    others = Membership.objects.filter(team=membership.team_id, role=Role.ADMIN, user__is_active=True)
    if membership.role == Role.ADMIN and not others.exclude(pk=membership.pk).exists():
        raise Conflict(_("This is the team's last admin. Make somebody else an admin first."))
