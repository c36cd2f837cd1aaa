from django.db import migrations

_ID = "01936f2e-0000-7000-8000-000000000001"


class Migration(migrations.Migration):
    """A plan for new areas; operators change it. Areas from before keep having no limits."""

    dependencies = [
        ("tenants", "0006_area_usage"),
    ]

    operations = [
        # As statements: work in Python would make the fleet's migration go area by area.
        migrations.RunSQL(
            "INSERT INTO tenants_serviceplan (id, version, created_at, updated_at, name_th, "
            "name_en, seats, storage_bytes, live_studies, is_default) VALUES "
            f"('{_ID}', 1, now(), now(), 'มาตรฐาน', 'Standard', 5000, 21474836480, 50, true)",
            "DELETE FROM tenants_serviceplan WHERE NOT EXISTS "
            f"(SELECT FROM tenants_area WHERE service_plan_id = '{_ID}') AND id = '{_ID}'",
        ),
    ]
