from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_first_column")]
    operations = [
        migrations.AddField("note", "second", models.IntegerField(null=True)),
    ]
