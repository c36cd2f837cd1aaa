"""Pages of the platform host: an applicant's personal link and, in development, the outbox."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tenants.enums import ApplicationState
from tenants.outbox import kept_mails


@require_safe
def application(request: HttpRequest) -> HttpResponse:
    """Where mailed links lead. The secret behind the `#` stays in the browser until a POST."""
    states = {each.value: [each.text.th, each.text.en] for each in ApplicationState}
    return render(request, "tenants/application.html", {"states": states})


@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails that were kept instead of sent; `?format=json` for programs."""
    if not hasattr(settings, "OUTBOX_FOLDER"):
        raise Http404
    mails = list(kept_mails())
    if request.GET.get("format") == "json":
        return JsonResponse({"items": mails})
    return render(request, "tenants/outbox.html", {"mails": mails})


urlpatterns = [path("application", application), path("outbox", outbox)]
