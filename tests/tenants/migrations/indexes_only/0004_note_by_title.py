from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0003_title_again")]
    operations = [migrations.AddIndex("note", models.Index(fields=["title"], name="note_again"))]
