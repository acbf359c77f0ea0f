"""The pages of this app."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView, PasswordResetConfirmView
from django.urls import URLPattern, path

from apps.accounts import views

urlpatterns: list[URLPattern] = [
    path("login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path(
        "reset/<str:uidb64>/<str:token>/",
        PasswordResetConfirmView.as_view(success_url="/login/", template_name="registration/choose_password.html"),
        name="choose_password",
    ),
    path("settings/people/", views.people, name="people"),
    path("settings/people/<uuid:membership_id>/", views.change_role, name="change_role"),
    path("settings/people/<uuid:membership_id>/remove/", views.remove, name="remove_person"),
    path("settings/audit/", views.audit, name="audit"),
]
