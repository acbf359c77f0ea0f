"""What people enter for tasks, as values: one dataclass for each kind of request. REST serializers and page forms build
them; services take them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from apps.credentials.models import App
from apps.layouts.models import LayoutTemplate


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to create. `version` None: the current one of the layout. `starts_at` None: as soon as it is started."""

    app: App
    product: str
    layout: LayoutTemplate
    room: str
    version: int | None = None
    name: str = ""
    bindings: Any = field(default_factory=dict)
    variables: Any = field(default_factory=dict)
    output: Any = field(default_factory=dict)
    encoding: Any = field(default_factory=dict)
    options: Any = field(default_factory=dict)
    starts_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangeOnAir:
    """A change of a running task. None leaves the value as it is; without anything, the current version of its layout is
    applied. `options` holds those that change; None in it removes one."""

    layout: LayoutTemplate | None = None
    version: int | None = None
    bindings: Any = None
    variables: Any = None
    options: Any = None


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a plan needs beside the layout. What is missing stands as a sample in the plan."""

    product: str
    document: Any = None
    app: App | None = None
    room: str = ""
    bindings: Any = None
    variables: Any = None
    output: Any = None
    encoding: Any = None
    options: Any = None
