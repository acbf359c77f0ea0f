"""Which tests `make check` selects for changed files."""

from __future__ import annotations

import pytest

from apps.config.check_changed import select_tests


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        (["apps/archive/files.py"], ["tests/archive"]),
        (["apps/vendors/agora/errors.py", "apps/vendors/plan.py"], ["tests/vendors"]),
        (["apps/vendors/agora/errors.py"], ["tests/vendors/agora"]),
        (["tests/tasks/test_engine.py"], ["tests/tasks/test_engine.py"]),
        (["tests/tasks/test_engine.py", "apps/tasks/services.py"], ["tests/tasks"]),
        (["templates/archive/recording.html"], ["tests/archive", "tests/core/test_translations.py"]),
        (["tests/browser/test_story.py", "static/src/editor/editor.ts", "README.md"], []),
        (["docs/settings.md"], ["tests/config", "tests/core/test_settings.py"]),
    ],
)
def test_selection(changed: list[str], tests: list[str]) -> None:
    assert select_tests(changed) == tests
