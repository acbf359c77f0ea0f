"""`aids` become `editor_state`: the table is renamed, the column of the versions keeps its name."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("layouts", "0004_own_presets")]

    operations = [
        migrations.RenameModel(old_name="LayoutAids", new_name="EditorState"),
        migrations.AlterField(
            model_name="editorstate",
            name="layout",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="editor_state_row",
                serialize=False,
                to="layouts.layouttemplate",
            ),
        ),
        # The database column stays "aids": first the field says so, then its name changes.
        migrations.AlterField(
            model_name="layoutversion", name="aids", field=models.JSONField(db_column="aids", default=dict)
        ),
        migrations.RenameField(model_name="layoutversion", old_name="aids", new_name="editor_state"),
    ]
