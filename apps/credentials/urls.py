"""The pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.credentials import app_pages, credential_pages

urlpatterns: list[URLPattern] = [
    path("settings/credentials/", credential_pages.credentials, name="credentials"),
    path("settings/credentials/new/", credential_pages.credential_form, name="credential_new"),
    path("settings/credentials/<uuid:pk>/", credential_pages.credential_form, name="credential"),
    path("settings/credentials/<uuid:pk>/test/", credential_pages.test, name="credential_test"),
    path("settings/credentials/<uuid:pk>/rotate/", credential_pages.rotate, name="credential_rotate"),
    path("settings/credentials/<uuid:pk>/delete/", credential_pages.delete_credential, name="credential_delete"),
    path("settings/apps/", app_pages.apps, name="apps"),
    path("settings/apps/new/", app_pages.app_form, name="app_new"),
    path("settings/apps/<uuid:pk>/", app_pages.app_form, name="app"),
    path("settings/apps/<uuid:pk>/subscribe/", app_pages.subscribe, name="app_subscribe"),
    path("settings/apps/<uuid:pk>/choices/<slug:name>/", app_pages.setting_choices, name="app_choices"),
    path("settings/apps/<uuid:pk>/connect/", app_pages.connect, name="app_connect"),
    path("settings/apps/<uuid:pk>/delete/", app_pages.delete_app, name="app_delete"),
]
