"""The pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.archive.pages import player, policies, recordings

urlpatterns: list[URLPattern] = [
    path("recordings/", recordings.recordings_page, name="recordings"),
    path("recordings/<uuid:recording_id>/", player.recording_page, name="recording"),
    path("recordings/<uuid:recording_id>/change/", recordings.change, name="recording_change"),
    path("recordings/<uuid:recording_id>/check/", recordings.check_files, name="recording_check"),
    path("recordings/<uuid:recording_id>/share/", recordings.share, name="recording_share"),
    path("recordings/<uuid:recording_id>/share/<uuid:link_id>/revoke/", recordings.revoke, name="recording_revoke"),
    path("recordings/<uuid:recording_id>/restore/", recordings.restore, name="recording_restore"),
    path("settings/recordings/", policies.policies_page, name="archive_policies"),
    path("settings/recordings/<uuid:policy_id>/delete/", policies.delete_policy, name="archive_policy_delete"),
    path("s/<str:key>/", player.shared_page, name="shared_recording"),
    path("s/<str:key>/poster.jpg", player.shared_poster, name="shared_poster"),
]
