"""Signals that other apps may receive."""

from django.dispatch import Signal

# Sent inside the transaction of a report, with `task` and `files` (list of RecordedFile): all that were reported, also known ones.
files_reported = Signal()
