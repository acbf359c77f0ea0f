"""The REST API of the archive."""
