"""Sentences of events are derived from their codes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tasks", "0006_fill_event_codes")]

    operations = [migrations.RemoveField("taskevent", "title")]
