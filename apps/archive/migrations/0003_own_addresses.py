"""Stores URLs of this installation without its address, so that it can change (`apps/core/own_address.py`)."""

from django.db import migrations

from apps.core import own_address


def remove_address(apps, schema_editor):
    model = apps.get_model("archive", "RecordingFile")
    for row in model.objects.only("pk", "url").iterator():
        stored = own_address.of_old_version(row.url)
        if stored != row.url:
            model.objects.filter(pk=row.pk).update(url=stored)


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_posters_links_policies")]
    operations = [migrations.RunPython(remove_address, migrations.RunPython.noop)]
