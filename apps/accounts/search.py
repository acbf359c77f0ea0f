"""Pages and actions for the command search: those that the person's role may open."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from apps.accounts.models import Role
from apps.accounts.requests import TeamRequest
from apps.core.search import Hit, Kind

LANGUAGES = ("en", "zh-hans")  # a person finds a page by its name in either


@dataclass(frozen=True, slots=True)
class Command:
    kind: Kind
    title: str | Promise
    url: str = ""
    action: str = ""
    role: str = Role.VIEWER
    words: str = ""  # more that people type for it


COMMANDS = (
    Command("action", _("Start a task"), "/tasks/new/", role=Role.PRODUCER, words="go live on air record 开播 录制"),
    Command("action", _("New layout"), "/layouts/?new=1", role=Role.PRODUCER, words="create draw add 新建"),
    Command("action", _("Import a layout"), "/layouts/import/", role=Role.PRODUCER, words="json file upload 导入"),
    Command("action", _("Upload a picture"), action="upload", role=Role.PRODUCER, words="image asset logo 图片 上传"),
    Command("page", _("Control room"), "/", words="home tasks dashboard 首页 任务"),
    Command("page", _("Layouts"), "/layouts/", words="gallery templates 布局"),
    Command("page", _("Recordings"), "/recordings/", words="archive video files 录制"),
    Command("page", _("Tasks on air"), "/?state=running", words="running live 直播"),
    Command("page", _("Tasks in trouble"), "/?state=trouble", words="failed lost errors problems 失败 故障"),
    Command("page", _("My settings"), "/me/", words="profile password token time zone account 密码 令牌 时区"),
    Command("page", _("Apps"), "/settings/apps/", role=Role.ADMIN, words="settings callback 应用 回调"),
    Command("page", _("Credentials"), "/settings/credentials/", role=Role.ADMIN, words="settings keys 凭证 密钥"),
    Command("page", _("Users"), "/settings/people/", role=Role.ADMIN, words="settings team roles invite 成员 角色"),
    Command("page", _("Audit log"), "/settings/audit/", role=Role.ADMIN, words="settings history 操作记录"),
    Command("page", _("API docs"), "/api/docs/", words="rest openapi swagger 接口"),
    Command("action", _("Theme: light"), action="theme:light", words="dark mode 主题 浅色"),
    Command("action", _("Theme: dark"), action="theme:dark", words="night mode 主题 深色"),
    Command("action", _("Theme: system setting"), action="theme:auto", words="mode 主题 自动"),
    Command("action", "English", action="language:en", words="language 语言 英文"),
    Command("action", "简体中文", action="language:zh-hans", words="language chinese zhongwen 语言"),
)
MAX_WITHOUT_QUERY = 9


def find(request: TeamRequest, text: str) -> list[Hit]:
    """Each word of the text must be in the command's name (in either language) or among its words; those whose name
    holds them all come first."""
    words = text.casefold().split()
    allowed = [command for command in COMMANDS if request.membership.may(command.role)]
    matching = [command for command in allowed if all(word in searchable_text(command) for word in words)]
    matching.sort(key=lambda command: not all(word in str(command.title).casefold() for word in words))
    if not words:
        matching = matching[:MAX_WITHOUT_QUERY]
    return [Hit(command.kind, str(command.title), url=command.url, action=command.action) for command in matching]


def searchable_text(command: Command) -> str:
    names = []
    for language in LANGUAGES:
        with override(language):
            names.append(str(command.title))
    return " ".join([*names, command.words]).casefold()
