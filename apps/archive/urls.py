"""The pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.archive import views

urlpatterns: list[URLPattern] = [
    path("recordings/", views.recordings, name="recordings"),
    path("recordings/<uuid:recording_id>/", views.recording, name="recording"),
    path("recordings/<uuid:recording_id>/share/", views.share, name="recording_share"),
    path("s/<str:key>/", views.shared, name="shared_recording"),
]
