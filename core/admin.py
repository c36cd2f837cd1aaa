"""Django's admin as a reading room: nothing is added, changed or deleted in it, by nobody.

What an operator may do to a thing is an `Operation`, which calls the action that the API calls.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import lazystr

from core.actor import Actor, ActorKind, Grant
from core.errors import DomainError
from core.jobs.models import Job
from core.journal.models import JournalEntry
from core.text import Text

M = TypeVar("M", bound=Model)
_DONE = Text("เรียบร้อยแล้ว: {what}", "Done: {what}")


def actor_of(request: HttpRequest) -> Actor:
    """The operator whom the site let in, as the API would call them."""
    return Actor(ActorKind.USER, id=request.user.pk, grants=(Grant("operator", "platform"),))


class ReadOnlyAdmin(ModelAdmin, Generic[M]):  # type: ignore[type-arg]
    """Lists and shows, under a title in two languages. The site has decided who may look."""

    title: ClassVar[Text]
    change_form_template = "operating/change_form.html"
    actions = None
    show_full_result_count = False  # a count reads the whole table
    list_per_page = 50

    def get_urls(self) -> list[URLPattern]:
        """Django's, without its log of changes: there are none, and the journal has a list."""
        history = f"{self.opts.app_label}_{self.opts.model_name}_history"
        return [each for each in super().get_urls() if each.name != history]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": self.title, **(extra_context or {})})

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=lazystr(Text("เหตุผล", "Reason")), max_length=500, widget=forms.Textarea({"rows": 4})
    )


@dataclass(frozen=True)
class Operation(Generic[M]):
    """Something safe that an operator does to one thing: `run(thing, actor=…, **form fields)`."""

    name: str
    title: Text
    is_possible: Callable[[M], bool]
    run: Callable[..., object]
    form: type[forms.Form] = forms.Form


class OperatingAdmin(ReadOnlyAdmin[M]):
    """A reading room whose pages of one thing offer operations."""

    operations: ClassVar[tuple[Operation[Any], ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.operate)
        name = f"{self.opts.app_label}_{self.opts.model_name}_operate"
        return [path("<uuid:pk>/do/<slug:operation>/", view, name=name), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        thing = self.get_object(request, object_id)
        offered = [each for each in self.operations if thing and each.is_possible(thing)]
        context = {**(extra_context or {}), "operations": offered}
        return super().change_view(request, object_id, form_url, context)

    def operate(self, request: HttpRequest, pk: UUID, operation: str) -> HttpResponse:
        """Ask for what the operation needs, then do it; the action has the last word."""
        chosen = next((each for each in self.operations if each.name == operation), None)
        if chosen is None:
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied
        thing = get_object_or_404(self.get_queryset(request), pk=pk)
        form = chosen.form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return self._run(request, chosen, thing, form)
        context = {
            **self.admin_site.each_context(request),
            "title": chosen.title,
            "subtitle": str(thing),
            "opts": self.opts,
            "original": thing,
            "form": form,
        }
        return TemplateResponse(request, "operating/operate.html", context)

    def _run(
        self, request: HttpRequest, chosen: Operation[Any], thing: Model, form: forms.Form
    ) -> HttpResponse:
        try:
            chosen.run(thing, actor=actor_of(request), **form.cleaned_data)
        except DomainError as error:
            messages.error(request, f"{error.title}: {error.message}")
        else:
            messages.success(request, str(_DONE.format(what=chosen.title)))
        return redirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[thing.pk])
        )


class JobAdmin(ReadOnlyAdmin[Job]):
    title = Text("งานเบื้องหลังของแพลตฟอร์ม", "The platform's jobs")
    list_display = ("kind", "state", "done", "total", "attempts", "created_at", "finished_at")
    list_filter = ("state",)
    search_fields = ("kind",)
    ordering = ("-id",)
    exclude = ("params",)  # some hold what a person typed


class _About(SimpleListFilter):
    """Entries of one sort, by how their verb begins."""

    title = lazystr(Text("เรื่อง", "about"))
    parameter_name = "about"
    _BEGINNINGS = {
        "accounts.operator_access.": Text("การเข้าดูข้อมูลเขตพื้นที่", "looks into areas"),
        "tenants.area.": Text("เขตพื้นที่", "areas"),
        "tenants.application.": Text("คำขอใช้งาน", "applications"),
        "tenants.service_plan.": Text("แผนบริการ", "service plans"),
        "accounts.": Text("บัญชีของแพลตฟอร์ม", "the platform's accounts"),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(begins, str(text)) for begins, text in self._BEGINNINGS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        begins = self.value()
        return queryset.filter(verb__startswith=begins) if begins else queryset


class JournalEntryAdmin(ReadOnlyAdmin[JournalEntry]):
    title = Text("บันทึกเหตุการณ์ของแพลตฟอร์ม", "The platform's journal")
    list_display = ("number", "at", "verb", "values", "subject_id", "actor_kind", "actor_id")
    list_filter = (_About,)
    search_fields = ("=subject_id", "=actor_id", "verb")
    ordering = ("-number",)
