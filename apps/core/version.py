"""The version of this installation: the one number of pyproject.toml, static/package.json, /health/ and the pages."""

VERSION = "0.2.0"
