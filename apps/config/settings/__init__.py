"""One settings module for embedded and production: what differs comes from the environment (see env.py)."""

from apps.config.settings.base import *  # noqa: F403
