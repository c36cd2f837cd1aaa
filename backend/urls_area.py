"""Every area's host: the area API and the few pages that a link leads to."""

from accounts import pages as account_pages
from accounts.api import urls as accounts
from accounts.operator_access import api as operator_access
from backend.documentation import pages
from clusters.api import urls as clusters
from consensus import pages as consensus_pages
from consensus.api import urls as consensus
from core.api import choices, problems
from core.api.routing import ApiRouter
from core.documents import api as documents
from core.imports import api as imports
from core.jobs import api as jobs
from core.journal import api as journal
from monitoring.api import urls as monitoring
from pd_activities.api import urls as pd_activities
from tenants import pages as tenants_pages
from tenants.api import urls as tenants

api = ApiRouter()
for room in (
    choices,
    jobs,
    journal,
    imports,
    documents,
    accounts,
    clusters,
    pd_activities,
    consensus,
    monitoring,
):
    room.register(api)
operator_access.register(api)
tenants.register_in_area(api)

urlpatterns = [
    *api.patterns(),
    *pages("backend.urls_area"),
    *account_pages.urlpatterns,
    *consensus_pages.urlpatterns,
    *tenants_pages.area_urlpatterns,
]

handler400 = problems.bad_request
handler403 = problems.permission_denied
handler404 = problems.not_found
handler500 = problems.server_error
