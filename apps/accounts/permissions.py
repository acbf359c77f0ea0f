"""Who may do what over REST: viewers read, producers change, admins all. Rows of another team are not found (404)."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from apps.accounts.models import Membership, Role


def membership(request: Any) -> Membership | None:
    """The membership a request acts under, set by TeamMiddleware or TokenAuthentication."""
    return getattr(request, "membership", None)


class RolePermission(BasePermission):
    """Reading asks for `read_role`, everything else for `write_role`; a view's `action_roles` may name exceptions."""

    read_role: ClassVar[str] = Role.VIEWER
    write_role: ClassVar[str] = Role.PRODUCER

    def has_permission(self, request: Request, view: Any) -> bool:
        mine = membership(request)
        if mine is None or not request.user.is_authenticated:
            return False
        named = getattr(view, "action_roles", {}).get(getattr(view, "action", None))
        role = named or (self.read_role if request.method in SAFE_METHODS else self.write_role)
        return mine.may(role)


class AdminPermission(RolePermission):
    """Only admins, reading too."""

    read_role = Role.ADMIN
    write_role = Role.ADMIN


class AdminWritesPermission(RolePermission):
    """Everybody in the team reads, only admins change."""

    write_role = Role.ADMIN
