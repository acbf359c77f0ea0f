"""The environment variables: what settings, scripts and env file use is what the table of settings has."""

from __future__ import annotations

import re
from pathlib import Path

from apps.config.settings.variables import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = [*(ROOT / "docker" / "entrypoints").glob("*.sh"), ROOT / "docker" / "compose.yml"]


def test_every_variable_of_a_script_is_in_the_table() -> None:
    in_scripts = {name for path in SCRIPTS for name in re.findall(r"\$\{([A-Z_]+)[:}]", path.read_text())}
    assert sorted(in_scripts - set(VARIABLES)) == []


def test_every_setting_of_the_table_is_read() -> None:
    base = (ROOT / "apps" / "config" / "settings" / "base.py").read_text()
    read = set(re.findall(r"read\(\s*[\"']([A-Z_]+)[\"']", base))
    assert read == {name for name, variable in VARIABLES.items() if not variable.by_scripts}


def test_env_file_names_only_variables_that_are_read() -> None:
    lines = (ROOT / "docker" / "example.env").read_text().splitlines()
    named = {line.split("=")[0] for line in lines if re.match(r"[A-Z_]+=", line)}
    assert {"PUBLIC_URL", "SECRET_KEY", "ENCRYPTION_KEYS", "ALLOWED_HOSTS"} <= named
    assert sorted(named - set(VARIABLES)) == []


def test_empty_variable_counts_as_unset() -> None:
    import os
    import subprocess
    import sys

    environment = {
        **os.environ, "DATABASE_URL": "", "REDIS_URL": "", "PUBLIC_URL": "", "LOG_LEVEL": "", "STATIC_ROOT": "",
    }  # fmt: skip
    code = "from django.conf import settings; print(settings.EMBEDDED, settings.PUBLIC_URL, bool(settings.STATIC_ROOT))"
    environment["DJANGO_SETTINGS_MODULE"] = "apps.config.settings"
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert out.stdout.split() == ["True", "http://127.0.0.1:8000", "True"], out.stderr
