"""JSON pointers (RFC 6901): "/objects/3/width" names a place in a JSON value. Pure."""

from __future__ import annotations


def escape(name: object) -> str:
    """One name as a step of a pointer: `escape("a/b")` is "a~1b"."""
    return str(name).replace("~", "~0").replace("/", "~1")


def unescape(step: str) -> str:
    """The name that a step of a pointer stands for: `unescape("a~1b")` is "a/b"."""
    return step.replace("~1", "/").replace("~0", "~")


def join(pointer: str, *names: object) -> str:
    """The pointer to what lies below: `join("/objects", 3, "a/b")` is "/objects/3/a~1b"."""
    return "".join([pointer, *(f"/{escape(name)}" for name in names)])


def split(pointer: str) -> list[str]:
    """The names on the way: `split("/objects/3/a~1b")` is ["objects", "3", "a/b"]; the whole value, "", has none."""
    return [unescape(step) for step in pointer.split("/")[1:]]
