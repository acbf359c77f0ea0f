"""The pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.operations.health_page import health_page

urlpatterns: list[URLPattern] = [path("settings/health/", health_page, name="health")]
