"""A fresh sandbox for each test."""

from tests.sandbox.conftest import client, control, sandbox  # noqa: F401
