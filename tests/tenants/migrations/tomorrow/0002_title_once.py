from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_notes")]
    operations = [
        migrations.AddField("note", "body", models.TextField(default="50 % 'done'")),
        migrations.AlterField("note", "title", models.CharField(max_length=120, unique=True)),
    ]
