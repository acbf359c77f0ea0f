"""The pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.archive import views

urlpatterns: list[URLPattern] = [
    path("recordings/", views.recordings, name="recordings"),
    path("recordings/<uuid:recording_id>/", views.recording, name="recording"),
    path("recordings/<uuid:recording_id>/change/", views.change, name="recording_change"),
    path("recordings/<uuid:recording_id>/share/", views.share, name="recording_share"),
    path("recordings/<uuid:recording_id>/share/<uuid:link_id>/revoke/", views.revoke, name="recording_revoke"),
    path("recordings/<uuid:recording_id>/restore/", views.restore, name="recording_restore"),
    path("settings/recordings/", views.policies, name="archive_policies"),
    path("settings/recordings/<uuid:policy_id>/delete/", views.delete_policy, name="archive_policy_delete"),
    path("s/<str:key>/", views.shared, name="shared_recording"),
    path("s/<str:key>/poster.jpg", views.shared_poster, name="shared_poster"),
]
