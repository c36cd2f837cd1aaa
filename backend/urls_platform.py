"""The platform host: onboarding, the directory of areas, operators."""

from django.urls import path

from accounts import pages as account_pages
from accounts.api import urls as accounts
from accounts.operator_access import api as operator_access
from backend import admin
from backend.documentation import pages
from core.api import choices, problems
from core.api.routing import ApiRouter
from core.jobs import api as jobs
from core.journal import api as journal
from core.pages.problems import urlpatterns as problem_pages
from pd_activities import pages as pd_activities_pages
from pd_activities.api import verifying
from tenants.api import urls as tenants
from tenants.pages import urlpatterns as tenants_pages

api = ApiRouter()
for room in (choices, jobs, journal, accounts, tenants):
    room.register(api)
operator_access.register_on_platform(api)
verifying.register_on_platform(api)

urlpatterns = [
    *api.patterns(),
    *pages("backend.urls_platform"),
    *account_pages.urlpatterns,
    *problem_pages,
    *tenants_pages,
    *pd_activities_pages.urlpatterns,
    path("admin/", admin.site.urls),
]

handler400 = problems.bad_request
handler403 = problems.permission_denied
handler404 = problems.not_found
handler500 = problems.server_error
