"""The pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.layouts import views

urlpatterns: list[URLPattern] = [
    path("layouts/", views.gallery, name="layouts"),
    path("layouts/new/", views.new, name="layout_new"),
    path("layouts/<uuid:layout_id>/edit/", views.editor, name="layout_editor"),
    path("layouts/<uuid:layout_id>/duplicate/", views.duplicate, name="layout_duplicate"),
    path("layouts/<uuid:layout_id>/delete/", views.delete, name="layout_delete"),
]
