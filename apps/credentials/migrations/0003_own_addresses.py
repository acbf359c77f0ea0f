"""Stores URLs of this installation without its address, so that it can change (`apps/core/own_address.py`)."""

from django.db import migrations

from apps.core import own_address


def remove_address(apps, schema_editor):
    model = apps.get_model("credentials", "Credential")
    for row in model.objects.only("pk", "endpoints").iterator():
        stored = own_address.map_texts(row.endpoints, own_address.of_old_version)
        if stored != row.endpoints:
            model.objects.filter(pk=row.pk).update(endpoints=stored)


class Migration(migrations.Migration):
    dependencies = [("credentials", "0002_credentialtest_words")]
    operations = [migrations.RunPython(remove_address, migrations.RunPython.noop)]
