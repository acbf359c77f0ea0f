"""The status each role gets at every page, and the least role of the REST operations of tasks and recordings."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.permissions_matrix import Operation

ROLES = ("anonymous", "outsider", "viewer", "producer", "admin")


@dataclass(frozen=True)
class Page:
    """`statuses` are in the order of ROLES. An outsider acts on their own team where the path names no row.

    302 of an anonymous is the sign-in page. A refused form answers 302, as an accepted one does: it redirects
    to a page with the reason; the tests compare the rows.
    """

    name: str
    method: str
    path: str
    statuses: tuple[int, int, int, int, int]
    form: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


ALL = (302, 200, 200, 200, 200)  # a page of the team
ROW = (302, 404, 200, 200, 200)  # a page of a row
MAKE = (302, 200, 403, 200, 200)
DO = (302, 302, 403, 302, 302)  # done, and back to a page
ROW_DO = (302, 404, 403, 302, 302)
ADMIN = (302, 200, 403, 403, 200)
ADMIN_ROW = (302, 404, 403, 403, 200)
ADMIN_DO = (302, 404, 403, 403, 302)

APP_FORM = {"name": "Changed", "credential": "{credential}", "vendor_app_id": "1" * 24}
PAGES = [
    Page("login", "GET", "/login/", (200, 302, 302, 302, 302)),
    Page("logout", "POST", "/logout/", (302, 302, 302, 302, 302)),
    Page("choose_password", "GET", "/reset/MQ/a-b/", (200, 200, 200, 200, 200)),
    Page("search", "GET", "/search/?q=a", ALL),
    Page("me", "GET", "/me/", ALL),
    Page("me", "POST", "/me/", (302, 302, 302, 302, 302), {"first_name": "A", "language": "", "time_zone": ""}),
    Page("my_password", "POST", "/me/password/", ALL, {"old_password": "wrong"}),
    Page("my_tokens", "POST", "/me/tokens/", ALL, {"name": ""}),
    Page("my_token_revoke", "POST", "/me/tokens/{token}/revoke/", (302, 404, 404, 404, 302)),
    Page("switch_team", "POST", "/me/team/", (302, 302, 302, 302, 302), {"team": "{other_team}"}),
    Page("people", "GET", "/settings/people/", ADMIN),
    Page("people", "POST", "/settings/people/", ADMIN, {"username": "new", "role": "viewer"}),
    Page("change_role", "POST", "/settings/people/{membership}/", ADMIN_DO, {"role": "producer"}),
    Page("remove_person", "POST", "/settings/people/{membership}/remove/", ADMIN_DO),
    Page("password_link", "POST", "/settings/people/{membership}/link/", (302, 404, 403, 403, 200)),
    Page("audit", "GET", "/settings/audit/", ADMIN),
    Page("health", "GET", "/settings/health/", ADMIN),
    Page("credentials", "GET", "/settings/credentials/", ADMIN),
    Page("credential_new", "GET", "/settings/credentials/new/?vendor=aliyun", ADMIN),
    Page("credential_new", "POST", "/settings/credentials/new/?vendor=aliyun", ADMIN, {"name": ""}),
    Page("credential", "GET", "/settings/credentials/{credential}/", ADMIN_ROW),
    Page("credential", "POST", "/settings/credentials/{credential}/", (302, 404, 403, 403, 302), {"name": "Changed"}),
    Page("credential_test", "POST", "/settings/credentials/{credential}/test/", ADMIN_DO),
    Page("credential_rotate", "POST", "/settings/credentials/{credential}/rotate/", (302, 404, 403, 403, 200)),
    Page("credential_delete", "POST", "/settings/credentials/{spare}/delete/", ADMIN_DO),
    Page("apps", "GET", "/settings/apps/", ADMIN),
    Page("app_new", "GET", "/settings/apps/new/", ADMIN),
    Page("app_new", "POST", "/settings/apps/new/", ADMIN, {"name": ""}),
    Page("app", "GET", "/settings/apps/{app}/", ADMIN_ROW),
    Page("app", "POST", "/settings/apps/{app}/", (302, 404, 403, 403, 302), APP_FORM),
    Page("app_subscribe", "POST", "/settings/apps/{app}/subscribe/", ADMIN_DO, {"product": "volcengine-push"}),
    Page("app_choices", "GET", "/settings/apps/{app}/choices/business_id/", (302, 404, 403, 403, 404)),
    Page("app_connect", "POST", "/settings/apps/{app}/connect/", ADMIN_DO),
    Page("app_delete", "POST", "/settings/apps/{spare_app}/delete/", ADMIN_DO),
    Page("layouts", "GET", "/layouts/", ALL),
    Page("layout_new", "POST", "/layouts/new/", DO, {"preset": "grid-2x2", "name": "New"}),
    Page("layout_import", "GET", "/layouts/import/", MAKE),
    Page("layout_import", "POST", "/layouts/import/", MAKE, {"text": "{{"}),
    Page("layout_import_report", "GET", "/layouts/{layout}/imported/", ROW_DO),
    Page("layout_compatibility", "GET", "/layouts/compatibility/?id={layout}", ALL),
    Page("layout_tags", "POST", "/layouts/{layout}/tags/", (302, 404, 403, 302, 302), {"tags": "news"}),
    Page("layout_restore", "POST", "/layouts/{layout}/restore/", (302, 404, 403, 302, 302)),
    Page("layout_editor", "GET", "/layouts/{layout}/edit/", ROW),
    Page("layout_export", "GET", "/layouts/{layout}/export/", ROW),
    Page("export_picture", "GET", "/layouts/{layout}/export/volcengine-push.png", ROW),
    Page("products", "GET", "/products/", ALL),
    Page("layout_duplicate", "POST", "/layouts/{layout}/duplicate/", (302, 404, 403, 302, 302)),
    Page("layout_delete", "POST", "/layouts/{layout}/delete/", ROW_DO),
    Page("control_room", "GET", "/", ALL),
    Page("task_new", "GET", "/tasks/new/", MAKE),
    Page("task_new", "POST", "/tasks/new/", MAKE, {"room": ""}),
    Page("task_plan", "POST", "/tasks/new/plan/", MAKE, {"room": "", "layout": "{layout}"}),
    Page("task_seats", "GET", "/tasks/new/people/?layout={layout}", (302, 404, 403, 200, 200)),
    Page("task_fields", "GET", "/tasks/new/fields/", MAKE),
    Page("task_choices", "GET", "/tasks/new/choices/business_id/", (302, 404, 403, 404, 404)),
    Page("task_people", "POST", "/tasks/{task}/people/", (302, 404, 403, 302, 302), {"slot:host": "bob"}),
    Page("task_options", "GET", "/tasks/{task}/options/", ROW_DO),
    Page("task_options", "POST", "/tasks/{task}/options/", ROW_DO, {"opt:sei_extra_info": ""}),
    Page("task", "GET", "/tasks/{task}/", ROW),
    Page("task_picture", "GET", "/tasks/{task}/picture.png", ROW),
    Page("task_start", "POST", "/tasks/{task}/start/", ROW_DO),
    Page("task_stop", "POST", "/tasks/{task}/stop/", ROW_DO),
    Page("task_poll", "POST", "/tasks/{task}/poll/", ROW_DO),
    Page("task_apply", "POST", "/tasks/{task}/apply-layout/", ROW_DO),
    Page("recordings", "GET", "/recordings/", ALL),
    Page("recording", "GET", "/recordings/{recording}/", ROW),
    Page("recording_change", "POST", "/recordings/{recording}/change/", ROW_DO, {"name": "Changed"}),
    Page("recording_check", "POST", "/recordings/{recording}/check/", (302, 404, 204, 204, 204)),
    Page("recording_share", "POST", "/recordings/{recording}/share/", ROW_DO),
    Page("recording_revoke", "POST", "/recordings/{recording}/share/{link}/revoke/", ROW_DO),
    Page("recording_restore", "POST", "/recordings/{removed_recording}/restore/", (302, 404, 403, 403, 302)),
    Page("archive_policies", "GET", "/settings/recordings/", ADMIN),
    Page("archive_policies", "POST", "/settings/recordings/", ADMIN, {"days": "x"}),
    Page("archive_policy_delete", "POST", "/settings/recordings/{policy}/delete/", (302, 404, 403, 403, 302)),
    Page("shared_recording", "GET", "/s/{key}/", (200, 200, 200, 200, 200)),
    Page("shared_poster", "GET", "/s/{key}/poster.jpg", (200, 200, 200, 200, 200)),
]

NEW_TASK = {
    "app": "{app}", "product": "volcengine-push", "layout": "{layout}", "room": "lobby",
    "bindings": {"host": {"user_id": "anna"}}, "output": {"push_urls": ["rtmp://push.example.com/live/one"]},
}  # fmt: skip
DONE_OR_TOO_LATE = (200, 201, 202, 204, 409)

REST = [
    Operation("GET", "/api/v1/tasks/", "viewer"),
    Operation("POST", "/api/v1/tasks/", "producer", NEW_TASK),
    Operation("GET", "/api/v1/tasks/{task}/", "viewer", has_row=True),
    Operation("PATCH", "/api/v1/tasks/{task}/", "producer", {"name": "Changed"}, has_row=True),
    Operation("DELETE", "/api/v1/tasks/{task}/", "producer", has_row=True),
    Operation("POST", "/api/v1/tasks/{task}/start/", "producer", has_row=True),
    Operation("POST", "/api/v1/tasks/{task}/stop/", "producer", has_row=True, ok=DONE_OR_TOO_LATE),
    Operation("POST", "/api/v1/tasks/{task}/apply-layout/", "producer", {}, has_row=True, ok=DONE_OR_TOO_LATE),
    Operation("POST", "/api/v1/tasks/{task}/plan-update/", "producer", {}, has_row=True, ok=DONE_OR_TOO_LATE),
    Operation("POST", "/api/v1/tasks/{task}/poll/", "producer", has_row=True, ok=DONE_OR_TOO_LATE),
    Operation("GET", "/api/v1/tasks/{task}/events/", "viewer", has_row=True),
    Operation("GET", "/api/v1/tasks/{task}/bundle/", "viewer", has_row=True),
    Operation("GET", "/api/v1/recordings/", "viewer"),
    Operation("GET", "/api/v1/recordings/{recording}/", "viewer", has_row=True),
    Operation("GET", "/api/v1/recordings/{recording}/play/", "viewer", has_row=True),
    Operation("GET", "/api/v1/recordings/{recording}/poster/", "viewer", has_row=True),
    Operation("PATCH", "/api/v1/recordings/{recording}/", "producer", {"name": "Changed"}, has_row=True),
    Operation("POST", "/api/v1/recordings/{recording}/share/", "producer", has_row=True),
    Operation("GET", "/api/v1/recordings/{recording}/shares/", "producer", has_row=True),
    Operation("DELETE", "/api/v1/recordings/{recording}/shares/{link}/", "producer", has_row=True),
    Operation("POST", "/api/v1/recordings/{removed_recording}/restore/", "admin", has_row=True),
    Operation("GET", "/api/v1/archive-policies/", "admin"),
    Operation("POST", "/api/v1/archive-policies/", "admin", {"days": 30}, ok=(201, 400)),
    Operation("GET", "/api/v1/archive-policies/{policy}/", "admin", has_row=True),
    Operation("PATCH", "/api/v1/archive-policies/{policy}/", "admin", {"days": 60}, has_row=True),
    Operation("DELETE", "/api/v1/archive-policies/{policy}/", "admin", has_row=True),
    Operation("POST", "/api/v1/layouts/{layout}/export/", "viewer", {"product": "volcengine-push"}, has_row=True),
    Operation("POST", "/api/v1/apps/", "admin", {"credential": "{credential}", "name": "b", "vendor_app_id": "1" * 24}),
    Operation(
        "POST", "/api/v1/apps/{app}/subscribe/", "admin", {"product": "volcengine-push"}, has_row=True, ok=(200, 400)
    ),
    Operation("GET", "/api/v1/audit/{entry}/", "admin", has_row=True),
]
