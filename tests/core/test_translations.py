"""Every text of the templates and of apps/ has a Chinese translation, and the catalog has no other text.

The texts are read from the source in pure Python, since a machine need not have GNU gettext. A text is named as in a
catalog: (context, singular, plural), with "" for no context and for no plural.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import ngettext
from django.utils.translation.template import templatize

from tests import translatable_texts

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "templates" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

Text = tuple[str, str, str]

# Function of django.utils.translation → (has a context, has a plural).
MARKERS = {
    name + lazy: ("p" in name.removesuffix("gettext"), "n" in name.removesuffix("gettext"))
    for name in ("gettext", "ngettext", "pgettext", "npgettext")
    for lazy in ("", "_lazy")
} | {"gettext_noop": (False, False)}
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAID_AT_RUN_TIME = "apps/core/translate.py"  # what it says is found by tests/translatable_texts.py
# The same in every language: a person looks for the name of their own.
OWN_NAMES = {"English", "简体中文"}


def text_of(marker: str, literals: list[str]) -> Text:
    has_context, has_plural = MARKERS[marker]
    context = literals.pop(0) if has_context else ""
    return context, literals[0], literals[1] if has_plural else ""


def python_texts(source: str, where: str = "") -> Iterator[Text]:
    """The texts marked in a Python module, under whatever name it imports the markers."""
    tree = ast.parse(source)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in MARKERS}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) if name in names:
                marker = names[name]
            case ast.Attribute(value=ast.Name(id="translation"), attr=name) if name in MARKERS:
                marker = name
            case _:
                continue
        length = 1 + sum(MARKERS[marker])
        literals = [argument.value for argument in node.args[:length] if isinstance(argument, ast.Constant)]
        assert len(literals) == length, f"{where}:{node.lineno}: only literals can be translated"
        yield text_of(marker, [str(literal) for literal in literals])


def template_texts(source: str, where: str = "") -> Iterator[Text]:
    """The texts of a template: Django turns the tags into calls of gettext, and blanks all else."""
    for call in CALL.finditer(templatize(source, origin=where)):
        literals = [str(ast.literal_eval(literal)) for literal in re.findall(LITERAL, call[2], re.DOTALL)]
        yield text_of("gettext" if call[1] == "_" else call[1], literals)


def source_texts() -> dict[Text, str]:
    """All texts, each with the first file that shows it."""
    problems: dict[Text, str] = {}
    for folder, pattern, texts in (("templates", "*.html", template_texts), ("apps", "*.py", python_texts)):
        for path in sorted((ROOT / folder).rglob(pattern)):
            where = str(path.relative_to(ROOT))
            if where == SAID_AT_RUN_TIME:
                continue
            for text in texts(path.read_text(encoding="utf-8"), where):
                problems.setdefault(text, where)
    for (
        sentence,
        where,
    ) in translatable_texts.everything().items():  # what pure packages wrote down, and core.translate shows
        problems.setdefault(("", sentence, ""), where)
    return problems


def name_of(entry: polib.POEntry) -> Text:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


@pytest.fixture(scope="module")
def catalog() -> polib.POFile:
    return polib.pofile(str(CATALOG), check_for_duplicates=True)


@pytest.fixture
def compiled(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    """The catalog, compiled by the command into a folder of its own, as the one Django reads."""
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(CATALOG, folder)
    settings.LOCALE_PATHS = [tmp_path]  # type: ignore[attr-defined]
    call_command("compile_catalogs")


def render(source: str, **values: object) -> str:
    engine = Engine(libraries={"i18n": "django.templatetags.i18n"}, builtins=["django.templatetags.i18n"])
    with translation.override("zh-hans"):
        return engine.from_string(source).render(Context(values))


def test_scan_finds_each_way_of_marking_a_text() -> None:
    template = (
        """<a title="{% translate 'Undo' %}">{% translate "It's 100 %" %}</a>{{ a|default:_("None") }}"""
        """{% blocktranslate with v=a.b %}On {{ v }}{% endblocktranslate %}{% translate "May" context "month" %}"""
        """{% blocktranslate count n=a.n %}One{% plural %}{{ n }} of them{% endblocktranslate %} gettext("plain")"""
    )
    assert set(template_texts(template)) == {
        ("", "Undo", ""),
        ("", "It's 100 %%", ""),
        ("", "None", ""),
        ("", "On %(v)s", ""),
        ("month", "May", ""),
        ("", "One", "%(n)s of them"),
    }
    module = (
        "from django.utils import translation\n"
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext as p\n"
        "a = _('Run'), ngettext('one', 'many', 3), p('month', 'May'), other('No')\n"
        "b = translation.gettext('two ' 'parts')\n"
    )
    assert set(python_texts(module)) == {
        ("", "Run", ""),
        ("", "one", "many"),
        ("month", "May", ""),
        ("", "two parts", ""),
    }


def test_text_built_at_run_time_is_refused() -> None:
    with pytest.raises(AssertionError, match="only literals"):
        list(python_texts("from django.utils.translation import gettext as _\n_(name)\n", "x.py"))


def test_every_text_is_in_the_catalog_and_the_catalog_holds_no_other(catalog: polib.POFile) -> None:
    texts = source_texts()
    held = {name_of(entry) for entry in catalog if not entry.obsolete}
    assert len(texts) > 200, "the scan went blind"
    missing = [f"{where}: {text}" for text, where in texts.items() if text not in held]
    assert not missing, "not in the catalog:\n" + "\n".join(missing)
    assert sorted(held - texts.keys()) == [], "in the catalog, and nowhere shown"


def test_every_text_has_a_chinese_translation(catalog: polib.POFile) -> None:
    for entry in catalog:
        written = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        assert len(written) == 1, f"{entry.msgid}: Chinese has one form"
        assert not entry.fuzzy, entry.msgid
        if entry.msgid in OWN_NAMES:
            assert written == [entry.msgid]
        elif entry.msgid in translatable_texts.names() and written[0].lower() == entry.msgid.lower():
            continue  # a vendor's own name for its key
        else:
            assert CHINESE.search(written[0]), f"{entry.msgid}: {written[0]!r}"


def test_placeholders_agree(catalog: polib.POFile) -> None:
    def slots(text: str) -> list[str]:
        return sorted(match[0] for match in PLACEHOLDER.finditer(text))

    for entry in catalog:
        written = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
        assert slots(written) == slots(entry.msgid_plural or entry.msgid), entry.msgid
        if slots(written):  # a lone % would break the formatting
            assert "%" not in PLACEHOLDER.sub("", written), entry.msgid


def test_catalog_header_is_complete(catalog: polib.POFile) -> None:
    assert catalog.metadata["Language"] == "zh_Hans"
    assert catalog.metadata["Content-Type"] == "text/plain; charset=UTF-8"
    assert catalog.metadata["Plural-Forms"] == "nplurals=1; plural=0;"


@pytest.mark.parametrize(
    ("state", "records", "word"),
    [
        ("draft", False, "草稿"),
        ("scheduled", False, "已排期"),
        ("starting", False, "启动中"),
        ("running", False, "直播中"),
        ("running", True, "录制中"),
        ("stopping", False, "停止中"),
        ("stopped", False, "已结束"),
        ("failed", False, "失败"),
        ("lost", False, "失联"),
    ],
)
def test_states_are_translated(compiled: None, state: str, records: bool, word: str) -> None:
    source = (ROOT / "templates" / "components" / "state.html").read_text(encoding="utf-8")
    source = re.sub(r"{% include [^%]*%}", "", source)
    assert word in render(source, state=state, records=records)


def test_parameters_are_filled_into_the_translation(compiled: None) -> None:
    requests = (
        "{% blocktranslate count n=n %}The request that will be sent"
        "{% plural %}The {{ n }} requests that will be sent{% endblocktranslate %}"
    )
    assert "3" in render(requests, n=3)
    assert CHINESE.search(render(requests, n=3))
    assert CHINESE.search(render(requests, n=1))
    with translation.override("zh-hans"):
        assert "%(n)s" in ngettext("The request that will be sent", "The %(n)s requests that will be sent", 1)
    assert "100 %" in render('{% translate "Opacity 10 to 100 %" %}')
    assert "%%" not in render('{% translate "Opacity 10 to 100 %" %}')
    assert "火山引擎" in render(
        "{% blocktranslate with vendor=v %}Start on {{ vendor }}{% endblocktranslate %}", v="火山引擎"
    )
