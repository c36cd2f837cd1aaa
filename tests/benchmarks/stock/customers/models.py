from django_tenants.models import DomainMixin, TenantMixin


class Client(TenantMixin):
    """A tenant; its schema is made by `prepare`."""

    auto_create_schema = False


class Domain(DomainMixin):
    pass
