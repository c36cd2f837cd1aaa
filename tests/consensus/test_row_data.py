"""What leaves of single panelists: nothing that could be held against a name, or against totals."""

import csv
import io
import zipfile
from uuid import UUID

from consensus.enums import RowDataWithheld
from consensus.models import Panelist, PanelSeat, Rating
from consensus.queries.row_data import RowData, row_data_of
from consensus.reports.contents import report_of
from consensus.reports.forms import make_report
from tests.consensus.reporting import CANARY, FIRST, SECOND, certify, conclude, files, rated_study

ANY_OUTCOME = {
    "rounds": [{"kind": "rating"}, {"kind": "rating"}],
    "validation": {"every_item_in": False},
}


def _rated(facilitator, second=SECOND, **given):
    return rated_study(facilitator, protocol=ANY_OUTCOME, columns=(FIRST, second), **given)


def _without(columns, *panelists):
    """The same answers, but these panelists gave none."""
    return [
        [None if place in panelists else score for place, score in enumerate(column)]
        for column in columns
    ]


def test_row_data__all_finished__a_row_each(facilitator):
    found = row_data_of(conclude(_rated(facilitator)).study)
    assert isinstance(found, RowData)
    expected = list(zip(*FIRST, *SECOND, strict=True))
    assert sorted(found.rows) == sorted(expected)
    assert list(found.columns) == [(number, item) for number in (1, 2) for item in (1, 2, 3, 4)]


def test_row_data__fewer_than_five_complete__refused(facilitator):
    built = conclude(_rated(facilitator, _without(SECOND, 4, 5, 6, 7, 8)))
    assert row_data_of(built.study) is RowDataWithheld.TOO_FEW_COMPLETE
    _has_no_rows(built.study, "too_few_complete")


def test_row_data__few_left__totals_less_rows_would_tell_on_them__refused(facilitator):
    built = conclude(_rated(facilitator, _without(SECOND, 8)))
    assert row_data_of(built.study) is RowDataWithheld.TELLS_OTHERS
    _has_no_rows(built.study, "tells_others")


def test_row_data__one_item_left_out_by_one__refused(facilitator):
    second = [list(column) for column in SECOND]
    second[0][3] = None
    assert row_data_of(conclude(_rated(facilitator, second)).study) is RowDataWithheld.TELLS_OTHERS


def test_row_data__five_left__rows_of_the_five_who_stayed(facilitator):
    first = [[*column, *column[:1]] for column in FIRST]
    second = [[*column[:5], *[None] * 5] for column in SECOND]
    built = rated_study(facilitator, protocol=ANY_OUTCOME, columns=(first, second), panel=10)
    found = row_data_of(conclude(built).study)
    assert isinstance(found, RowData)
    assert len(found.rows) == 5


def test_row_data__never_answered_at_all__others_leave(facilitator):
    found = row_data_of(conclude(_rated(facilitator, panel=12)).study)
    assert isinstance(found, RowData)
    assert len(found.rows) == 9


def test_row_data__rounds_may_follow__refused_so_that_no_two_exports_can_be_compared(facilitator):
    built = _rated(facilitator)
    assert row_data_of(built.study) is RowDataWithheld.STILL_RUNNING


def _has_no_rows(study, why):
    assert report_of(study)["row_data"]["withheld"] == why
    with zipfile.ZipFile(io.BytesIO(make_report(study, "csv", "en").content)) as archive:
        assert "ratings.csv" not in archive.namelist()
        assert str(RowDataWithheld(why).text.en) in archive.read("README.txt").decode()


def test_exports__two_of_one_study__same_rows_in_another_order_and_nothing_to_link(facilitator):
    study = conclude(_rated(facilitator)).study
    exported = [_rows(make_report(study, "csv", "th").content) for _ in range(4)]
    assert len({tuple(sorted(rows)) for rows in exported}) == 1
    assert len({tuple(rows) for rows in exported}) > 1
    assert {len(row) for rows in exported for row in rows} == {8}  # answers, nothing else


def _rows(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        lines = csv.reader(io.StringIO(archive.read("ratings.csv").decode("utf-8-sig")))
    return [tuple(row) for row in lines][1:]


def test_every_form__names_nobody_and_tells_no_pseudonym_or_answer_id(facilitator):
    built = certify(conclude(_rated(facilitator)))
    secrets = [CANARY, "example.ac.th"]
    for model in (PanelSeat, Panelist):
        secrets += [str(pk) for pk in model.objects.values_list("pk", flat=True)]
    ratings = Rating.objects.filter(round__study=built.study)
    secrets += [str(pk) for pk in ratings.values_list("pk", flat=True)]
    secrets += [UUID(each).hex for each in secrets[2:]]
    for name, content in files(built.study).items():
        for told in _texts(content):
            assert not [each for each in secrets if each.encode() in told], name


def _texts(content):
    """The file and, where it is an archive, what is in it."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
