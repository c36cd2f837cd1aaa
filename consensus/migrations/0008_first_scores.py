from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consensus", "0007_longer_section_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="rating",
            name="first_score",
            field=models.SmallIntegerField(null=True),
        ),
    ]
