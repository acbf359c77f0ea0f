"""Every environment variable that has a meaning: the settings read them through this table, docs/settings.md is made of
it, and `manage.py doctor` names those that are not in it. Made by: manage.py generate_docs
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "int", "float", "bool", "list", "json"]
REQUIRED = "required"


@dataclass(frozen=True)
class Variable:
    """`default` is the value where it is unset (settings may compute another one: then `shown` says which).
    `by_scripts`: read by a start script, the compose file or another process, not by the settings."""

    name: str
    kind: Kind
    default: Any
    help: str
    shown: str = ""
    by_scripts: bool = False


@dataclass(frozen=True)
class Section:
    title: str
    variables: tuple[Variable, ...]


SECTIONS = (
    Section("Production: required", (
        Variable("DATABASE_URL", "text", "", "`postgres://user:password@host:5432/name`.", REQUIRED),
        Variable("REDIS_URL", "text", "", "`redis://host:6379/0`. Use the policy `noeviction`: the queues are there.", REQUIRED),
        Variable("SECRET_KEY", "text", "", "Signs sessions. 48 random bytes or more.", REQUIRED),
        Variable("ENCRYPTION_KEYS", "list", [], "Fernet keys for the stored credentials, newest first. After adding one, run "
                 "`manage.py rotate_keys`. Keep a copy: without them the credentials cannot be read.", REQUIRED),
        Variable("PUBLIC_URL", "text", "http://127.0.0.1:8000", "The address that browsers and clouds use, for example "
                 "`https://quadbox.example.com`. Clouds fetch pictures and send callbacks there.", REQUIRED),
        Variable("ALLOWED_HOSTS", "list", [], "Host names that requests may have.", REQUIRED),
    )),
    Section("Addresses and proxies", (
        Variable("CELERY_BROKER_URL", "text", "", "Another Redis, or another database of it, for the queues.", "`REDIS_URL`"),
        Variable("BEHIND_PROXY", "bool", False, "Trusts `X-Forwarded-Proto`. The proxy must then set it itself."),
        Variable("FORWARDED_ALLOW_IPS", "text", "127.0.0.1", "The proxies whose `X-Forwarded-For` counts.", by_scripts=True),
        Variable("CSRF_TRUSTED_ORIGINS", "list", [], "Further origins that may post forms.", "`PUBLIC_URL`"),
        Variable("SITE", "text", "", "Compose file: the host name for which the proxy gets a certificate.", by_scripts=True),
        Variable("POSTGRES_PASSWORD", "text", "", "Compose file: the password of its database. Letters and digits.", by_scripts=True),
    )),
    Section("Processes", (
        Variable("HOST", "text", "0.0.0.0", "`web.sh`: the address to listen on.", by_scripts=True),  # noqa: S104 - in a container
        Variable("PORT", "text", "8000", "`web.sh` and `make run`: the port to listen on."),
        Variable("WEB_WORKERS", "int", 1, "`web.sh`: processes. The compose file runs two.", by_scripts=True),
        Variable("WORKER_CONCURRENCY", "int", 4, "`worker.sh`: processes.", by_scripts=True),
        Variable("WORKER_QUEUES", "text", "wishes,default,polls", "`worker.sh`: the queues that it serves.", by_scripts=True),
    )),
    Section("Files", (
        Variable("MEDIA_ROOT", "text", "", "Uploaded pictures; shared by web, workers and proxy.", "set in the image"),
        Variable("STATIC_ROOT", "text", "", "Collected static files.", "set in the image"),
        Variable("QUADBOX_STATE", "text", ".state", "The folder of the embedded mode: database, keys, pictures, recordings.", by_scripts=True),
        Variable("QUADBOX_FONT_DIR", "text", "", "Where the fonts for previews are.", "`static/dist/fonts`", by_scripts=True),
    )),
    Section("Logs and errors", (
        Variable("LOG_LEVEL", "text", "INFO", "Level of the web processes and of beat."),
        Variable("WORKER_LOG_LEVEL", "text", "WARNING", "Level of the workers. `INFO` names every job."),
        Variable("LOG_JSON", "bool", True, "One JSON object per line, with request, job and task. `0` writes plain text.", "`1`; `0` embedded"),
        Variable("DEBUG", "bool", False, "Django's error pages. Never in production."),
    )),
    Section("Tasks", (
        Variable("CLAIM_SECONDS", "int", 60, "How long the task of a killed worker waits for the next worker. At least 18: longer "
                 "than the slowest request."),
        Variable("FILES_GRACE_SECONDS", "int", 900, "How long after a stop files may arrive, where only files prove the end of a "
                 "recording. At least 240."),
    )),
    Section("Sandbox", (
        Variable("SANDBOX", "bool", False, "Switches the sandbox on. One web process only.", "`0`; `1` embedded"),
        Variable("SANDBOX_CONTROL_OPEN", "bool", False, "Whether anybody may control it.", "`0`; `1` embedded"),
        Variable("SANDBOX_MIXING", "bool", True, "Whether it really mixes pictures and sound."),
        Variable("SANDBOX_MAX_MIXERS", "int", 4, "Tasks that are mixed at the same time; more run without a picture."),
        Variable("SANDBOX_MAX_PIXELS", "int", 1280 * 720, "The largest canvas that is mixed at full size, in pixels."),
        Variable("SANDBOX_STRICT", "bool", False, "Rejects app IDs and templates that nobody set up."),
        Variable("SANDBOX_TASK_LIMITS", "bool", True, "Whether each cloud's limit of simultaneous tasks applies."),
        Variable("SANDBOX_KEYS", "json", {}, 'Further keys: `{"volcengine": {"<access key id>": "<secret>"}}`.'),
        Variable("SANDBOX_PUBLIC_URL", "text", "", "The base of its media URLs.", "the host of the request"),
        Variable("SANDBOX_REACHABLE_HOSTS", "list", [], "Hosts, besides the loopback, that its callbacks may go to."),
        Variable("SANDBOX_DIR", "text", "", "Where it stores its state and media.", "`sandbox` beside the media"),
        Variable("SANDBOX_FILE_DELAY", "float", 0.5, "Seconds from a stop to the finished file."),
        Variable("SANDBOX_HANG_SECONDS", "float", 20.0, "Seconds of a response that hangs."),
        Variable("SANDBOX_TICK_SECONDS", "float", 0.2, "Seconds between two steps of its clock."),
    )),
)  # fmt: skip
VARIABLES = {variable.name: variable for section in SECTIONS for variable in section.variables}
