"""What leaves of a study in which items were dropped: reports, rows, and numbers to check."""

import io
import json
import zipfile

import pytest
from django_tenants.utils import schema_context

from consensus.actions.dropping import drop_item
from consensus.enums import RowDataWithheld
from consensus.models import Study
from consensus.queries.row_data import RowData, row_data_of
from consensus.reports.contents import report_of
from tests.consensus.building import RANKING_TWICE, build
from tests.consensus.reporting import (
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
from tests.consensus.test_dropping import KEPT, OUT, THREE, WHY, rate_kept


@pytest.fixture
def told(api):
    """Rated twice, one item dropped in between, concluded."""
    with schema_context(api.area.schema_name):
        built = rated_study(
            api.area.people["supervisor"].user_id,
            protocol={**THREE, "validation": {"every_item_in": False}},
            columns=(FIRST,),
        )
        drop_item(built.items[OUT], reason=WHY, actor=built.actor)
        built.study.refresh_from_db()
        built.open()
        rate_kept(built, SECOND)
        built.close()
        yield conclude(built)


def test_script__dropped_between_two_rankings__every_number_as_frozen(api, tmp_path):
    with schema_context(api.area.schema_name):
        built = build(
            api.area.people["supervisor"].user_id,
            protocol={**RANKING_TWICE, **LOOSE},
            items=ITEMS,
            panel=11,
            certifiers=0,
        ).seal()
        built.open()
        built.rank([[1, 2, 3, 4]] * 6 + [[2, 1, 4, 3]] * 5)
        built.close()
        drop_item(built.items[3], reason=WHY, actor=built.actor)
        built.open()
        built.rank([[1, 2, 3]] * 11)
        built.close()
        unpack(conclude(built).study, tmp_path)
    ran = run_script(tmp_path)
    assert (ran.returncode, ran.stdout.count(" 0 differ")) == (0, 1), ran.stdout


def test_row_data__finished_is_who_answered_what_was_asked(told):
    found = row_data_of(told.study)
    assert isinstance(found, RowData)
    assert list(found.columns) == [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3)]
    expected = list(zip(*FIRST, *(SECOND[place] for place in KEPT), strict=True))
    assert sorted(found.rows, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(("again", "told"), [((5, 10), True), ((7, 12), False)])
def test_row_data__answered_twice_is_counted_by_item__also_after_one_before_it_was_dropped(
    api, again, told
):
    """Five finish. Outside the rows, five answered the item that stayed, and five again: the same
    five may leave, three of them would be told."""
    with schema_context(api.area.schema_name):
        built = build(
            api.area.people["supervisor"].user_id,
            protocol={**THREE, "validation": {"every_item_in": False}},
            panel=12,
            certifiers=0,
        ).seal()
        gone, stays = built.items
        finish, panel = built.panelists[:5], built.panelists

        def held(*answered):
            built.open()
            for item, people in answered:
                built.panelists = people
                built.rate([4] * len(people), items=[item])
            built.close()

        held((gone, finish), (stays, panel[:10]))
        drop_item(gone, reason=WHY, actor=built.actor)
        built.study.refresh_from_db()
        held((stays, [*finish, *panel[slice(*again)]]))
        found = row_data_of(conclude(built).study)
    assert isinstance(found, RowData) if told else found is RowDataWithheld.TELLS_OTHERS


def test_report__in_every_form_and_language__prints_what_was_dropped_and_why(told):
    certify(told)
    content = report_of(Study.objects.get(pk=told.study.pk))
    dropped = {"position": 4, "text": ITEMS[OUT]["text"], "after": 1, "reason": WHY}
    assert content["dropped"] == [dropped]
    assert [each["kind"] for each in content["deviations"]] == ["item_dropped"]
    for name, made in files(told.study).items():
        assert len(made) > 1_000, name
    with zipfile.ZipFile(io.BytesIO(files(told.study)["xlsx-th"])) as book:
        assert WHY in "".join(book.read(name).decode() for name in book.namelist())


def test_script__items_dropped_between_the_rounds__every_number_as_frozen(told, tmp_path):
    unpack(told.study, tmp_path)
    ran = run_script(tmp_path)
    assert (ran.returncode, ran.stdout.count(" 0 differ")) == (0, 1), ran.stdout + ran.stderr
    read = json.loads((tmp_path / "protocol.json").read_text(encoding="utf-8"))
    assert [each["position"] for each in read["dropped"]] == [4]
