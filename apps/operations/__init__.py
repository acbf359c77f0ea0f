"""Whether this installation works: one registry of checks (`registry.py`) behind the health probes, the Health page and
`manage.py doctor`."""
