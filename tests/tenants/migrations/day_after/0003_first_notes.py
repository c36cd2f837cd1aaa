from django.db import migrations


def _write(apps, _editor):
    for cluster in apps.get_model("clusters", "Cluster").objects.order_by("pk"):
        apps.get_model("monitoring", "Note").objects.create(title=cluster.code, cluster=cluster)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_title_once")]
    operations = [migrations.RunPython(_write, migrations.RunPython.noop)]
