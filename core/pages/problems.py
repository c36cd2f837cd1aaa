"""`/problems/<code>`: the page that a problem's `type` leads to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from core.errors import all_errors
from core.pages.rendering import render_page


def index(request: HttpRequest) -> HttpResponse:
    known = sorted({each.code: each for each in all_errors()}.values(), key=lambda each: each.code)
    return render_page(request, "pages/problems.html", {"problems": known})


def page(request: HttpRequest, code: str) -> HttpResponse:
    found = next((each for each in all_errors() if each.code == code), None)
    if found is None:
        raise Http404
    return render_page(request, "pages/problem.html", {"problem": found})


urlpatterns = [path("problems", index), path("problems/<slug:code>", page)]
