"""The pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.layouts import bringing, editor_page, from_preset, gallery, gallery_actions

urlpatterns: list[URLPattern] = [
    path("layouts/", gallery.gallery, name="layouts"),
    path("layouts/new/", from_preset.new, name="layout_new"),
    path("layouts/import/", bringing.bring, name="layout_import"),
    path("layouts/<uuid:layout_id>/imported/", bringing.brought_page, name="layout_brought"),
    path("layouts/fits/", gallery.fits, name="layout_fits"),
    path("layouts/<uuid:layout_id>/edit/", editor_page.editor, name="layout_editor"),
    path("layouts/<uuid:layout_id>/duplicate/", gallery_actions.duplicate, name="layout_duplicate"),
    path("layouts/<uuid:layout_id>/delete/", gallery_actions.delete, name="layout_delete"),
    path("layouts/<uuid:layout_id>/restore/", gallery_actions.restore, name="layout_restore"),
    path("layouts/<uuid:layout_id>/tags/", gallery_actions.tag, name="layout_tags"),
]
