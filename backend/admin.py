"""Django's admin on the platform's host: what each room shows of the public schema."""

from accounts.admin import OperatorSite
from core.admin import JobAdmin, JournalEntryAdmin
from core.jobs.models import Job
from core.journal.models import JournalEntry
from tenants.admin import (
    AreaAdmin,
    AreaApplicationAdmin,
    AreaUsageAdmin,
    DeletionCertificateAdmin,
    ServicePlanAdmin,
)
from tenants.models import Area, AreaApplication, AreaUsage, DeletionCertificate, ServicePlan

site = OperatorSite(name="admin")
site.register(Area, AreaAdmin)
site.register(AreaApplication, AreaApplicationAdmin)
site.register(ServicePlan, ServicePlanAdmin)
site.register(AreaUsage, AreaUsageAdmin)
site.register(DeletionCertificate, DeletionCertificateAdmin)
site.register(Job, JobAdmin)
site.register(JournalEntry, JournalEntryAdmin)
