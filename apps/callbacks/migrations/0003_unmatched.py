"""A callback about no task of ours is "unmatched"; version 0.1 stored "stranger"."""

from typing import Any

from django.db import migrations, models

FORMER, NOW = "stranger", "unmatched"


def rename(old: str, new: str) -> Any:
    def change(apps: Any, schema_editor: Any) -> None:
        apps.get_model("callbacks", "Receipt").objects.filter(outcome=old).update(outcome=new)

    return change


class Migration(migrations.Migration):
    dependencies = [("callbacks", "0002_receipt_reason")]

    operations = [
        migrations.RemoveConstraint(model_name="receipt", name="one_receipt_per_event"),
        migrations.RunPython(rename(FORMER, NOW), rename(NOW, FORMER)),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome__in", ["new", "applied", NOW])),
                fields=("app", "product", "event_id"),
                name="one_receipt_per_event",
            ),
        ),
    ]
