"""Addresses in the present area that people open. Secrets stand behind the `#`, which no browser
sends, so that neither a server's log nor a mail scanner that opens links learns or spends them."""

from urllib.parse import urlencode

from django_tenants.utils import schema_context

from core.addresses import area_url, platform_url
from core.area import current_schema
from tenants.models import Area
from tenants.postgresql.base import PUBLIC


def personal_link(page: str, **secret: str) -> str:
    """`https://buriram4.krunet.example/invitation#token=…`"""
    path = f"/{page}#{urlencode(secret)}"
    schema = current_schema()
    if schema == PUBLIC:
        return platform_url(path)
    with schema_context(PUBLIC):  # also while the area is still being set up
        slug = Area.objects.values_list("slug", flat=True).get(schema_name=schema)
    return area_url(slug, path)
