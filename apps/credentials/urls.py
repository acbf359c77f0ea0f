"""The pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.credentials import views

urlpatterns: list[URLPattern] = [
    path("settings/credentials/", views.credentials, name="credentials"),
    path("settings/credentials/new/", views.credential_form, name="credential_new"),
    path("settings/credentials/<uuid:pk>/", views.credential_form, name="credential"),
    path("settings/credentials/<uuid:pk>/test/", views.test, name="credential_test"),
    path("settings/credentials/<uuid:pk>/rotate/", views.rotate, name="credential_rotate"),
    path("settings/credentials/<uuid:pk>/delete/", views.delete_credential, name="credential_delete"),
    path("settings/apps/", views.apps, name="apps"),
    path("settings/apps/new/", views.app_form, name="app_new"),
    path("settings/apps/<uuid:pk>/", views.app_form, name="app"),
    path("settings/apps/<uuid:pk>/subscribe/", views.subscribe, name="app_subscribe"),
    path("settings/apps/<uuid:pk>/choices/<slug:name>/", views.setting_choices, name="app_choices"),
    path("settings/apps/<uuid:pk>/connect/", views.connect, name="app_connect"),
    path("settings/apps/<uuid:pk>/delete/", views.delete_app, name="app_delete"),
]
