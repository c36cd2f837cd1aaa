"""Reports: whoever may see the results gets them in every form, and the numbers can be checked."""

import io
import json
import zipfile

import pytest
from django_tenants.utils import schema_context

from consensus.actions.studies import abandon_study
from consensus.models import Round, Study
from consensus.reports.contents import report_of
from core.actor import SYSTEM
from core.area_settings.actions import adopt_setting
from core.area_settings.models import SettingVersion
from core.documents.models import Document
from core.jobs.actions import run_job
from core.jobs.models import Job
from core.journal.models import JournalEntry
from core.languages import LANGUAGES
from tests.client import body_of
from tests.consensus.building import (
    RANKING_TWICE,
    REAL_TIME,
    build,
    credential_of,
    open_then_rating,
)
from tests.consensus.reporting import (
    ANY_OUTCOME,
    CANARY,
    FIRST,
    ITEMS,
    LOOSE,
    SECOND,
    certify,
    conclude,
    files,
    rated_study,
    run_script,
    unpack,
)

NINE_POINTS = {
    **ANY_OUTCOME,
    "scale": {"points": 9},
    "consensus": {"rule": "ipras"},
    "certification": {"rule": {"rule": "cvr"}, "points": 2},
}


def _report(api, role, study, **asked):
    """Ask for a report, let the job run, and fetch it."""
    client = api.as_(role)
    response = client.post(f"/api/v1/studies/{study.pk}/reports", asked)
    assert response.status_code == 202, response.content
    with schema_context(api.area.schema_name):
        run_job(body_of(response)["id"])
    job = body_of(client.get(f"/api/v1/jobs/{body_of(response)['id']}"))
    assert job["state"] == "succeeded", job
    return job["result_url"], client.get(job["result_url"])


def _frozen(study):
    rounds = Round.objects.filter(study=study, status="closed")
    return {str(each.number): each.results for each in rounds}


def _compared(ours, theirs):
    """Every number of ours beside the frozen one, exact but for p of chi-squared's tail."""
    if isinstance(ours, dict):
        return sum(_compared(each, theirs[name]) for name, each in ours.items())
    if isinstance(ours, list):
        return sum(_compared(*pair) for pair in zip(ours, theirs, strict=True))
    assert ours == (pytest.approx(theirs, rel=1e-9) if isinstance(ours, float) else theirs)
    return 1


@pytest.mark.parametrize("protocol", [ANY_OUTCOME, NINE_POINTS], ids=["iqr", "ipras"])
def test_script__complete_panel__every_number_as_frozen(facilitator, tmp_path, protocol):
    built = certify(conclude(rated_study(facilitator, protocol=protocol)))
    unpack(built.study, tmp_path)

    ran = run_script(tmp_path, "--json")
    assert ran.returncode == 0, ran.stderr
    recomputed = json.loads(ran.stdout)
    assert set(recomputed) == {"1", "2", "3"}
    assert "agreement" in recomputed["1"]
    assert all("stability" in item for item in recomputed["2"]["items"])
    assert _compared(recomputed, _frozen(built.study)) > 500
    said = run_script(tmp_path)
    assert (said.returncode, said.stdout.count("0 differ")) == (0, 1)


def test_script__without_rows__what_counts_tell_as_frozen(facilitator, tmp_path):
    later = [[*column[:8], None] for column in SECOND]
    built = conclude(rated_study(facilitator, protocol=ANY_OUTCOME, columns=(FIRST, later)))
    unpack(built.study, tmp_path)
    assert not (tmp_path / "ratings.csv").exists()

    recomputed = json.loads(run_script(tmp_path, "--json").stdout)
    assert _compared(recomputed, _frozen(built.study)) > 300
    assert "agreement" not in recomputed["1"]


def _of_every_mode(facilitator):
    """A real-time rating that was renewed and moved, and two rankings by groups."""
    live = build(facilitator, protocol={**REAL_TIME, **LOOSE}, panel=12, certifiers=0).seal()
    live.open()
    live.rate([3, 3, 4, 4, 5, *[4] * 5])
    live.rate([4] * 7)
    live.close()
    groups = ["ครู"] * 6 + ["ผู้บริหาร"] * 5
    ranked = build(
        facilitator,
        protocol={**RANKING_TWICE, **LOOSE, "group_feedback": "all"},
        items=ITEMS,
        panel=11,
        certifiers=0,
        groups=groups,
    ).seal()
    for orders in ([[1, 2, 3, 4]] * 6 + [[2, 1, 4, 3]] * 5, [[1, 2, 3, 4]] * 10 + [[4]]):
        ranked.open()
        ranked.rank(orders)
        ranked.close()
    grouped = build(
        facilitator,
        protocol={**ANY_OUTCOME, "group_feedback": "own"},
        panel=11,
        certifiers=0,
        groups=groups,
    ).seal()
    grouped.open()
    grouped.rate([5] * 6 + [2] * 5)
    grouped.close()
    return live, ranked, grouped


def test_script__real_time_rankings_and_groups__every_number_as_frozen(facilitator, tmp_path):
    for number, built in enumerate(_of_every_mode(facilitator)):
        folder = tmp_path / str(number)
        unpack(conclude(built).study, folder)
        ran = run_script(folder, "--json")
        assert ran.returncode == 0, ran.stderr
        recomputed = json.loads(ran.stdout)
        frozen = _frozen(built.study)
        assert set(recomputed) == set(frozen)
        assert _compared(recomputed, frozen) > 80
        assert run_script(folder).returncode == 0


def test_every_form__real_time_rankings_and_groups__made(facilitator):
    for built in _of_every_mode(facilitator):
        for name, content in files(Study.objects.get(pk=built.study.pk)).items():
            assert len(content) > 1_000, name


def test_script__a_number_tampered_with__is_told(facilitator, tmp_path):
    built = conclude(rated_study(facilitator, protocol=ANY_OUTCOME))
    unpack(built.study, tmp_path)
    told = (tmp_path / "results.json").read_text(encoding="utf-8")
    (tmp_path / "results.json").write_text(told.replace('"5/2"', '"7/2"').replace('"3"', '"4"', 1))
    assert run_script(tmp_path).returncode == 1


@pytest.mark.parametrize("language", ["th", "en"])
def test_pdf__asked_over_http__a_pdf_that_only_readers_of_the_study_get(api, facilitator, language):
    study = conclude(rated_study(facilitator, protocol=ANY_OUTCOME)).study
    link, response = _report(api, "supervisor", study, form="pdf", language=language)
    assert response.status_code == 200
    assert response.content.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('attachment; filename="delphi-')
    assert response["Cache-Control"] == "private, no-store"
    assert api.as_("officer").get(link).status_code == 200
    assert api.as_("teacher").get(link).status_code == 404
    Study.objects.filter(pk=study.pk).update(facilitator=api.area.people["officer"].user_id)
    assert api.as_("supervisor").get(link).status_code == 404


def test_report__requested__journal_tells_who_asked_for_what(api, facilitator):
    study = conclude(rated_study(facilitator, protocol=ANY_OUTCOME)).study
    _report(api, "officer", study, form="csv")
    entry = JournalEntry.objects.get(verb="consensus.study.report_requested", subject_id=study.pk)
    assert entry.actor_id == api.area.people["officer"].user_id
    assert entry.values == {"form": "csv", "language": "th"}


def test_data__coordinator__sees_the_report_but_not_the_rows(api, facilitator):
    version = api.area.things["delphi_plan_version"]
    built = rated_study(facilitator, protocol=ANY_OUTCOME, plan_version=version)
    study = conclude(built).study
    _, report = _report(api, "cluster_coordinator", study, form="json")
    assert body_of(report)["row_data"] == {"rows": 9}
    refused = api.as_("cluster_coordinator").post(
        f"/api/v1/studies/{study.pk}/reports", {"form": "csv"}
    )
    assert (refused.status_code, body_of(refused)["code"]) == (403, "not_allowed")
    link, data = _report(api, "supervisor", study, form="csv")
    assert data["Content-Type"] == "application/zip"
    assert api.as_("cluster_coordinator").get(link).status_code == 404


def test_report__before_a_round_has_closed__conflict(api):
    path = f"/api/v1/studies/{api.area.things['sealed_study']}/reports"
    response = api.as_("supervisor").post(path, {"form": "pdf"})
    assert (response.status_code, body_of(response)["code"]) == (409, "round_not_closed")


def test_make_report__killed_and_run_again__one_document(api, facilitator):
    study = conclude(rated_study(facilitator, protocol=ANY_OUTCOME)).study
    response = api.as_("supervisor").post(f"/api/v1/studies/{study.pk}/reports", {"form": "json"})
    job = Job.objects.get(pk=body_of(response)["id"])
    for _ in range(2):
        run_job(job.pk)
        Job.objects.filter(pk=job.pk).update(state="running", leased_until=None)
    assert Document.objects.filter(subject_id=study.pk).count() == 1


def test_every_form__studies_that_ended_early__still_made(facilitator):
    running = rated_study(facilitator, protocol=ANY_OUTCOME, columns=(FIRST,))
    abandoned = rated_study(facilitator, protocol=ANY_OUTCOME, columns=(FIRST,))
    abandon_study(abandoned.study, reason="แผนเปลี่ยน", actor=abandoned.actor)
    few = build(facilitator, protocol=ANY_OUTCOME, panel=6).seal()
    few.open()
    few.rate([1, 5, 1, 5])
    few.close()
    opening = build(facilitator, protocol=open_then_rating(), items=[]).seal()
    opening.open()
    opening.write(["ควรแลกเปลี่ยนเรียนรู้"])
    opening.close()
    for built in (running, abandoned, few, opening):
        study = Study.objects.get(pk=built.study.pk)
        for name, content in files(study).items():
            assert len(content) > 1_000, name


def test_xlsx_and_csv__items_that_look_like_formulas__stay_text(facilitator):
    made = files(conclude(rated_study(facilitator, protocol=ANY_OUTCOME)).study)
    with zipfile.ZipFile(io.BytesIO(made["xlsx-th"])) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "sheets/" in name]
    assert any("=สร้างความตระหนัก" in sheet for sheet in sheets)
    assert not [sheet for sheet in sheets if "<f>" in sheet]
    with zipfile.ZipFile(io.BytesIO(made["csv-th"])) as archive:
        counts = archive.read("counts.csv").decode("utf-8")
    assert counts.startswith("\ufeffround,")
    assert ",'=สร้างความตระหนัก" in counts


def test_panel_flow__numbers_of_replies_and_rounds(api, facilitator, django_assert_num_queries):
    built = rated_study(facilitator, protocol=ANY_OUTCOME)
    path = f"/api/v1/studies/{built.study.pk}/panel-flow"
    client = api.as_("supervisor")
    with django_assert_num_queries(5):
        shown = body_of(client.get(path))
    assert shown["panelists"] == {
        "invited": 9, "by_letter": 0, "accepted": 9, "declined": 0, "withdrawn": 0, "no_reply": 0,
    }  # fmt: skip
    assert [(each["number"], each["asked"], each["complete"]) for each in shown["rounds"]] == [
        (1, 9, 9),
        (2, 9, 9),
    ]


def test_queries__request_and_fetch__pinned(api, facilitator, django_assert_num_queries):
    study = conclude(rated_study(facilitator, protocol=ANY_OUTCOME)).study
    client = api.as_("supervisor")
    link, _ = _report(api, "supervisor", study, form="json")
    with django_assert_num_queries(8):  # the area's language among them
        client.post(f"/api/v1/studies/{study.pk}/reports", {"form": "pdf"})
    with django_assert_num_queries(4):
        client.get(link)


def test_panel_report__once_rating_has_ended__the_same_report_and_no_name(
    api, facilitator, django_assert_num_queries
):
    built = rated_study(facilitator, protocol=ANY_OUTCOME)
    client = api.with_token(credential_of(built.panelists[0]))
    early = client.get("/api/v1/panel/report")
    assert (early.status_code, body_of(early)["code"]) == (409, "wrong_study_status")
    conclude(built)
    with django_assert_num_queries(13):
        told = client.get("/api/v1/panel/report")
    assert body_of(told)["panel_flow"]["panelists"]["accepted"] == 9
    assert CANARY not in told.content.decode()


def test_panel_report__of_a_study_that_deviated__times_in_utc_as_everywhere(api, facilitator):
    built = conclude(rated_study(facilitator, protocol=ANY_OUTCOME, columns=(FIRST,)))
    told = api.with_token(credential_of(built.panelists[0])).get("/api/v1/panel/report")
    assert [each["kind"] for each in body_of(told)["deviations"]] == ["concluded_early"]


def test_checklist__honest__says_where_and_what_is_missing(facilitator):
    built = rated_study(facilitator, protocol=ANY_OUTCOME, columns=(FIRST,))
    told = {(each["accord"], each["en"]): each["where_en"] for each in _checklist(built.study)}
    assert told["M12", "The definition of consensus"] == "Section 2, protocol"
    assert told["O1, O3", "Endorsement and funding"].startswith("Not reported")
    assert told["–", "Certification by other experts"].startswith("Not reported")
    assert told["–", "Attrition and subgroups"].startswith("Not reported")  # of one round
    not_asked = {**ANY_OUTCOME, "validation": {"every_item_in": False, "certified": False}}
    built = rated_study(facilitator, protocol=not_asked, columns=(FIRST,))
    told = {each["en"]: each["where_en"] for each in _checklist(built.study)}
    assert told["Certification by other experts"].startswith("Not applicable")


def _checklist(study):
    return report_of(study)["checklist"]


def test_report__no_language_named__the_areas_own(api, facilitator):
    study = rated_study(facilitator).study
    for asked, language in (({}, "th"), ({"language": "en"}, "en")):
        _, fetched = _report(api, "supervisor", study, form="xlsx", **asked)
        assert f"-{language}.xlsx" in fetched["Content-Disposition"]
    SettingVersion.objects.filter(kind="languages").delete()
    adopt_setting(LANGUAGES, {"default": "en"}, actor=SYSTEM)
    _, fetched = _report(api, "supervisor", study, form="xlsx")
    assert "-en.xlsx" in fetched["Content-Disposition"]
