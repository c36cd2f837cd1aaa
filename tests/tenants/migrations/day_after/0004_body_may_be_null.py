from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0003_first_notes")]
    operations = [migrations.AlterField("note", "body", models.TextField(null=True))]
