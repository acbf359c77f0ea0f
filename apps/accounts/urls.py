"""The pages of this app."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView, PasswordResetConfirmView
from django.urls import URLPattern, path

from apps.accounts import me, views

urlpatterns: list[URLPattern] = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path(
        "reset/<str:uidb64>/<str:token>/",
        PasswordResetConfirmView.as_view(success_url="/login/", template_name="registration/choose_password.html"),
        name="choose_password",
    ),
    path("me/", me.me, name="me"),
    path("me/password/", me.password, name="my_password"),
    path("me/tokens/", me.tokens, name="my_tokens"),
    path("me/tokens/<uuid:token_id>/revoke/", me.revoke, name="my_token_revoke"),
    path("me/team/", me.switch_team, name="switch_team"),
    path("settings/people/", views.people, name="people"),
    path("settings/people/<uuid:membership_id>/", views.change_role, name="change_role"),
    path("settings/people/<uuid:membership_id>/remove/", views.remove, name="remove_person"),
    path("settings/people/<uuid:membership_id>/link/", views.password_link, name="password_link"),
    path("settings/audit/", views.audit, name="audit"),
]
