from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("callbacks", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="receipt",
            name="reason",
            field=models.CharField(blank=True, max_length=20),
        ),
    ]
