from django.db import migrations, models


class Migration(migrations.Migration):
    """Has to look up a name that the one before it has made."""

    dependencies = [("monitoring", "0002_title_once")]
    operations = [
        migrations.AlterField("note", "title", models.CharField(max_length=120)),
        migrations.RemoveIndex("note", "note_by_title"),
        migrations.AddConstraint(
            "note",
            models.CheckConstraint(condition=~models.Q(title="%"), name="note_has_title"),
        ),
        migrations.RunSQL("-- a remark\nCREATE INDEX note_body ON monitoring_note (body)"),
    ]
