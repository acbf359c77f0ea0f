"""The generated parts of docs/: settings, REST and WebSocket, each from the code that it describes."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from django.conf import settings
from django.utils import translation

from apps.config.settings.variables import SECTIONS, Variable
from apps.live import messages

NOTE = "<!-- Generated: manage.py generate_docs. Do not edit. -->\n"
METHODS = ("get", "post", "put", "patch", "delete")


def documents() -> dict[Path, str]:
    """The content of every generated file, by its path."""
    folder = Path(settings.BASE_DIR) / "docs"
    makers: dict[str, Callable[[], Iterator[str]]] = {
        "settings.md": settings_lines,
        "rest.md": rest_lines,
        "websocket.md": websocket_lines,
    }
    with translation.override("en"):
        return {folder / name: "\n".join(lines()) + "\n" for name, lines in makers.items()}


def settings_lines() -> Iterator[str]:
    yield NOTE
    yield "# Settings\n"
    yield (
        "Environment variables. With neither `DATABASE_URL` nor `REDIS_URL`, Quadbox runs in the embedded mode, as "
        "`make run` starts it. A variable set to nothing counts as unset. Lists are separated by commas; `1` and `0` "
        "switch on and off. `manage.py doctor` names misspelt ones."
    )
    for section in SECTIONS:
        yield f"\n## {section.title}\n"
        yield "| variable | default | |\n|---|---|---|"
        for variable in section.variables:
            yield f"| `{variable.name}` | {default_of(variable)} | {variable.help} |"


def default_of(variable: Variable) -> str:
    if variable.shown:
        return variable.shown
    if variable.default in ("", [], {}):
        return "none"
    if isinstance(variable.default, bool):
        return f"`{int(variable.default)}`"
    return f"`{variable.default}`"


def rest_lines() -> Iterator[str]:
    from drf_spectacular.generators import SchemaGenerator

    schema: Any = SchemaGenerator().get_schema(request=None, public=True)
    yield NOTE
    yield "# REST\n"
    yield (
        "All addresses begin with `/api/v1/`. Authenticate with `Authorization: Token <key>` (`manage.py token <username>` "
        "prints one) or with the session of a browser. The complete schema is served at `/api/schema/` (OpenAPI 3.1) and, "
        "to try it out, at `/api/docs/`. Lists answer `results`, `next` and `previous`; errors answer `detail` and "
        "`problems`, each with a JSON `pointer`, a `code` and a `message`."
    )
    by_tag: dict[str, list[tuple[str, str, Any]]] = {}
    for path, operations in schema["paths"].items():
        for method in METHODS:
            if method in operations:
                tag = path.removeprefix("/api/v1/").partition("/")[0]
                by_tag.setdefault(tag, []).append((path, method, operations[method]))
    for tag in sorted(by_tag):
        yield f"\n## {tag}\n"
        yield "| request | | query parameters | answers |\n|---|---|---|---|"
        for path, method, operation in by_tag[tag]:
            text = (operation.get("summary") or operation.get("description") or "").split("\n\n")[0]
            names = [f"`{item['name']}`" for item in operation.get("parameters", []) if item["in"] == "query"]
            codes = ", ".join(sorted(operation["responses"]))
            description = " ".join(text.replace("|", "\\|").split())
            yield f"| `{method.upper()} {path}` | {description} | {' '.join(names)} | {codes} |"
    yield "\n## Objects"
    for name, component in sorted(schema["components"]["schemas"].items()):
        properties = component.get("properties")
        if not properties:
            continue
        required = component.get("required", [])
        yield f"\n### {name}\n"
        yield "| field | type | |\n|---|---|---|"
        for field, value in properties.items():
            notes = [*(["required"] if field in required else []), *(["read-only"] if value.get("readOnly") else []),
                     *(["write-only"] if value.get("writeOnly") else [])]  # fmt: skip
            yield f"| `{field}` | {schema_type(value)} | {', '.join(notes)} |"


def schema_type(value: Any) -> str:
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    for word in ("allOf", "oneOf", "anyOf"):
        if word in value:
            return " or ".join(dict.fromkeys(schema_type(part) for part in value[word]))
    if "enum" in value:
        return " ".join(f"`{item}`" for item in value["enum"] if item not in ("", None))
    kinds = value.get("type", "any")
    names = kinds if isinstance(kinds, list) else [kinds]
    if "array" in names:
        return f"array of {schema_type(value.get('items', {}))}"
    detail = f" ({value['format']})" if "format" in value else ""
    return " or ".join(names) + detail


def websocket_lines() -> Iterator[str]:
    yield NOTE
    yield "# WebSocket\n"
    yield (
        "One socket per page: `/ws/live/`, authenticated by the session or by a `Token`. Every message is a JSON object "
        "with a `kind`. A browser that reconnects with `?since=<seq>` receives what it missed, or `resync`."
    )
    yield "\n" + inspect.cleandoc(messages.__doc__ or "").partition("\n\n")[2]
    typed = [value for value in vars(messages).values() if is_typeddict(value)]
    for message in [item for item in typed if "kind" in get_type_hints(item)]:
        (kind,) = get_args(get_type_hints(message)["kind"])
        yield f"\n## `{kind}`\n"
        yield from typed_lines(message)
    yield "\n## Objects"
    for message in [item for item in typed if "kind" not in get_type_hints(item)]:
        yield f"\n### {message.__name__}\n"
        yield from typed_lines(message)


def typed_lines(message: Any) -> Iterator[str]:
    if message.__doc__:
        yield " ".join(inspect.cleandoc(message.__doc__).split()) + "\n"
    yield "| field | type |\n|---|---|"
    for name, hint in get_type_hints(message).items():
        yield f"| `{name}` | {type_name(hint)} |"


def type_name(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return " ".join(f"`{value}`" for value in get_args(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return " or ".join("null" if part is type(None) else type_name(part) for part in get_args(hint))
    if is_typeddict(hint):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    if get_origin(hint) is dict:
        return "object"
    return {str: "string", int: "integer", float: "number", bool: "boolean"}.get(hint, getattr(hint, "__name__", "any"))
