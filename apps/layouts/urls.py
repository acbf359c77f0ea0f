"""The pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.layouts.pages import editor_page, gallery, gallery_actions, import_page, new_layout

urlpatterns: list[URLPattern] = [
    path("layouts/", gallery.gallery, name="layouts"),
    path("layouts/new/", new_layout.new_layout, name="layout_new"),
    path("layouts/import/", import_page.import_page, name="layout_import"),
    path("layouts/<uuid:layout_id>/imported/", import_page.import_report, name="layout_import_report"),
    path("layouts/compatibility/", gallery.compatibility_badges, name="layout_compatibility"),
    path("layouts/<uuid:layout_id>/edit/", editor_page.editor, name="layout_editor"),
    path("layouts/<uuid:layout_id>/duplicate/", gallery_actions.duplicate, name="layout_duplicate"),
    path("layouts/<uuid:layout_id>/delete/", gallery_actions.delete, name="layout_delete"),
    path("layouts/<uuid:layout_id>/restore/", gallery_actions.restore, name="layout_restore"),
    path("layouts/<uuid:layout_id>/tags/", gallery_actions.tag, name="layout_tags"),
]
