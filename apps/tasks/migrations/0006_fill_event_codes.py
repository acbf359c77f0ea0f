"""Gives every event of the ledger its code, from the English sentence that was stored until now."""

from django.db import migrations

BATCH_SIZE = 500
WISHES = {
    "Start": "start",
    "Start at a set time": "scheduled_start",
    "Scheduled start": "scheduled_start",
    "Apply layout": "apply_layout",
    "Stop": "stop",
}
NOTES = {
    "Created": "created",
    "Changed": "changed",
    "Found at the vendor: not started again": "adopted",
    "It no longer runs at the cloud.": "ended_at_vendor",
    "The vendor's name for the run is not known: asked for by the start, once more": "run_id_unknown",
    "The recording left the archive by its policy; the cloud's own files were not touched": "recording_removed",
}
RUNS_AFTER_END = "It runs at the cloud, though it ended here."
OTHER_RUN = "News of another run"
INTERNAL_ERROR = "{doing}: an internal error; it is tried again."
RENAMED = {"wish": "generation", "doing": "operation"}


def converted(kind, title, data):
    """(code, data) of an event."""
    values = dict(data) if isinstance(data, dict) else {"body": data}
    sentence = values.pop("sentence", "")
    values = {RENAMED.get(name, name): value for name, value in values.items()}
    if kind == "wish" and title in WISHES:
        return WISHES[title], values
    if kind == "request":
        return "request_sent", {"name": title, **values}
    if kind == "answer":
        return "answer_received", {"operation": title.rsplit(":", 1)[0], **values}
    if kind == "state" and "to" in values:
        return "state_changed", values
    if kind == "callback":
        return "callback_received", {"event": "" if title == "Callback" else title, **values}
    if kind == "file":
        return "file_recorded", values
    if kind == "error" and (title == RUNS_AFTER_END or "seen" in values):
        return "runs_after_end", values
    if kind == "error" and sentence == INTERNAL_ERROR:
        return "internal_error", values
    if kind == "error" and "detail" in values:
        return "operation_failed", values
    if kind == "note" and title in NOTES:
        return NOTES[title], values
    if kind == "note" and title.startswith(OTHER_RUN):
        return "other_run_ignored", values
    return "other", {**values, "text": title}


def fill_codes(apps, schema_editor):
    TaskEvent = apps.get_model("tasks", "TaskEvent")
    batch = []
    for event in TaskEvent.objects.order_by("id").iterator(chunk_size=BATCH_SIZE):
        event.code, event.data = converted(event.kind, event.title, event.data)
        batch.append(event)
        if len(batch) == BATCH_SIZE:
            TaskEvent.objects.bulk_update(batch, ["code", "data"])
            batch = []
    TaskEvent.objects.bulk_update(batch, ["code", "data"])


class Migration(migrations.Migration):
    dependencies = [("tasks", "0005_event_codes")]

    operations = [migrations.RunPython(fill_codes, migrations.RunPython.noop)]
