"""The pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.layouts import views

urlpatterns: list[URLPattern] = [
    path("layouts/", views.gallery, name="layouts"),
    path("layouts/new/", views.new, name="layout_new"),
    path("layouts/import/", views.bring, name="layout_import"),
    path("layouts/<uuid:layout_id>/imported/", views.brought_page, name="layout_brought"),
    path("layouts/fits/", views.fits, name="layout_fits"),
    path("layouts/<uuid:layout_id>/edit/", views.editor, name="layout_editor"),
    path("layouts/<uuid:layout_id>/duplicate/", views.duplicate, name="layout_duplicate"),
    path("layouts/<uuid:layout_id>/delete/", views.delete, name="layout_delete"),
    path("layouts/<uuid:layout_id>/restore/", views.restore, name="layout_restore"),
    path("layouts/<uuid:layout_id>/tags/", views.tag, name="layout_tags"),
]
