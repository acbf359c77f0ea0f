"""What others may listen to."""

from django.dispatch import Signal

# Sent inside the transaction of the news with `task` and `files` (RecordedFile, those not seen before).
files_reported = Signal()
