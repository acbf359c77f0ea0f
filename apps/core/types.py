"""The types of JSON values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""Any JSON value, as `json.loads` answers it: its shape is known only after it was checked."""

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object that its owner may change."""

JsonMapping: TypeAlias = Mapping[str, Any]
"""A JSON object that is only read."""
