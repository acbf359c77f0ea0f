"""apps.core.json_pointer: RFC 6901."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core import json_pointer


@pytest.mark.parametrize(
    ("names", "pointer"),
    [((), ""), (("foo", 0), "/foo/0"), (("",), "/"), (("a/b",), "/a~1b"), (("m~n",), "/m~0n"), (("~1",), "/~01")],
)
def test_pointers_of_the_rfc_examples(names, pointer):
    assert json_pointer.join("", *names) == pointer
    assert json_pointer.split(pointer) == [str(name) for name in names]


@given(st.lists(st.text()))
def test_split_returns_what_was_joined(names):
    assert json_pointer.split(json_pointer.join("", *names)) == names
