"""Areas made before are found by the same words as new ones."""

from django.db import migrations

from tenants.names import search_text


def fill(apps, _editor):
    for area in apps.get_model("tenants", "Area").objects.filter(search_text=""):
        present = (area.name_th, area.name_en, area.province, area.code, area.slug)
        area.search_text = search_text([*present, *area.former_names])
        area.save(update_fields=["search_text"])


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_onboarding")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
