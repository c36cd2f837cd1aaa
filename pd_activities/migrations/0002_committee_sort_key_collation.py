"""Committees are listed in Thai order, which their key gives when it is compared bytewise."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pd_activities", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="committee",
            name="sort_key",
            field=models.CharField(db_collation="C", editable=False, max_length=500),
        )
    ]
