"""The pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.tasks.pages import control_room, export_page, products_page, start_page, task_page
from apps.tasks.pages.pictures import task_picture

urlpatterns: list[URLPattern] = [
    path("", control_room.control_room, name="control_room"),
    path("layouts/<uuid:layout_id>/export/", export_page.export_page, name="layout_export"),
    path("layouts/<uuid:layout_id>/export/<slug:product>.png", export_page.export_picture, name="export_picture"),
    path("products/", products_page.products_page, name="products"),
    path("tasks/new/", start_page.task_new, name="task_new"),
    path("tasks/new/plan/", start_page.task_plan, name="task_plan"),
    path("tasks/new/people/", start_page.task_seats, name="task_seats"),
    path("tasks/new/fields/", start_page.task_fields, name="task_fields"),
    path("tasks/new/choices/<slug:name>/", start_page.task_choices, name="task_choices"),
    path("tasks/<uuid:task_id>/", task_page.task_page, name="task"),
    path("tasks/<uuid:task_id>/picture.png", task_picture, name="task_picture"),
    path("tasks/<uuid:task_id>/people/", task_page.task_people, name="task_people"),
    path("tasks/<uuid:task_id>/options/", task_page.task_options, name="task_options"),
    path("tasks/<uuid:task_id>/start/", task_page.task_action, {"action": "start"}, name="task_start"),
    path("tasks/<uuid:task_id>/stop/", task_page.task_action, {"action": "stop"}, name="task_stop"),
    path("tasks/<uuid:task_id>/poll/", task_page.task_action, {"action": "poll"}, name="task_poll"),
    path("tasks/<uuid:task_id>/apply-layout/", task_page.task_action, {"action": "apply_layout"}, name="task_apply"),
]
