from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_notes")]
    operations = [
        migrations.AddField("note", "first", models.IntegerField(null=True)),
    ]
