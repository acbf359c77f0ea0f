"""Events get codes, generations their standard name, and tasks count polls without a status."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0004_starts_at")]

    operations = [
        migrations.AddField("taskevent", "code", models.CharField(default="other", max_length=40)),
        migrations.RenameField("task", "wish", "generation"),
        migrations.RenameField("task", "done_wish", "observed_generation"),
        migrations.RenameField("task", "carry", "plan_state"),
        migrations.AddField("task", "poll_failures", models.PositiveIntegerField(default=0)),
        migrations.AddField("task", "poll_failed_since", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("task", "poll_error", models.JSONField(blank=True, null=True)),
    ]
