"""The REST addresses of this app."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path

from apps.layouts.rest.assets import AssetViewSet
from apps.layouts.rest.editor_state import EditorStateViewSet
from apps.layouts.rest.layouts import LayoutViewSet
from apps.layouts.rest.presets import PresetViewSet

state = EditorStateViewSet.as_view({"get": "retrieve", "put": "update"})

urlpatterns: list[URLPattern] = [
    # the router would want a slash at the end
    path("layouts/<str:pk>/preview.png", LayoutViewSet.as_view({"get": "preview"}), name="layout_preview"),
    path("layouts/<str:pk>/editor-state/", state, name="layout_editor_state"),
]
router_entries: list[tuple[str, Any, str]] = [
    ("layouts", LayoutViewSet, "layout"),
    ("presets", PresetViewSet, "preset"),
    ("assets", AssetViewSet, "asset"),
]
