import json
import subprocess
import sys
from pathlib import Path

import pytest

from consensus import statistics

ROOT = Path(__file__).parents[3]


def run(*arguments):
    return subprocess.run(  # noqa: S603 our own command
        [sys.executable, "-m", "consensus.statistics", *arguments],
        capture_output=True,
        cwd=ROOT,
        encoding="utf-8",
        check=False,
    )


def printed(*arguments):
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.fixture
def write(tmp_path):
    def written(text):
        path = tmp_path / "round.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)

    return written


def test_counts__whole_summary_with_rationals_as_strings():
    document = printed("--counts", "0,0,2,9,7")

    assert document["q1"] == "34/9"
    assert (document["median"], document["q3"], document["iqr"]) == ("77/18", "34/7", "68/63")
    assert (document["rule"], document["band"], document["n"]) == ("grouped-midpoint/1", "much", 18)
    assert document["raw"]["q3"] == "5"
    assert document["modes"] == [4]
    assert document["consensus"]["reached"] is True


def test_counts__no_answers__reasons_instead_of_values():
    document = printed("--counts", "0,0,0")

    assert document["q1"] == document["mean"] == {"undefined": "no_answers"}


def test_counts__other_rule():
    document = printed("--counts", "0,0,6,6,6", "--rule", '{"rule": "iqr", "method": "raw"}')

    assert document["consensus"]["reached"] is False
    assert document["consensus"]["methods_disagree"] is True


def test_matrix__items_and_agreement(write):
    document = printed("--matrix", write("\ufeffเป้าหมาย, กิจกรรม\r\n5,4\r\n4,3\r\n,5\r\n"))

    assert [item["item"] for item in document["items"]] == ["เป้าหมาย", "กิจกรรม"]
    assert [item["counts"] for item in document["items"]] == [[0, 0, 0, 1, 1], [0, 0, 1, 1, 1]]
    assert document["panelists"] == 3
    assert document["agreement"]["w"] == "1"
    assert (document["agreement"]["panelists"], document["agreement"]["dropped"]) == (2, 1)


def test_matrix__no_header__items_numbered(write):
    document = printed("--matrix", write("7,9\n8,9\n\n"), "--scale", "9")

    assert [item["item"] for item in document["items"]] == ["1", "2"]
    assert document["panelists"] == 2


def test_matrix__numbers_as_header(write):
    assert printed("--matrix", write("1,2\n5,4\n"), "--header", "yes")["panelists"] == 1


def test_matrix__first_panelist_answered_nothing__no_header(write):
    assert printed("--matrix", write(",\n5,4\n"))["panelists"] == 2


def test_matrix__one_column__blank_line_is_a_missing_answer(write):
    document = printed("--matrix", write("goal\n5\n\n4\n"))

    assert (document["panelists"], document["items"][0]["n"]) == (3, 2)


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        ([], "one of the arguments --counts --matrix is required"),
        (["--counts", ""], "'' is not a whole number"),
        (["--counts", "5"], "a scale has 2 to 100 points"),
        (["--counts", "1,x"], "'x' is not a whole number"),
        (["--counts", "1,2.5"], "'2.5' is not a whole number"),
        (["--counts", "1,๒"], "is not a whole number"),
        (["--counts", "1,2", "--matrix", "x.csv"], "not allowed with"),
        (["--counts", "1,2", "--rule", "{"], "--rule is not JSON"),
        (["--counts", "1,2", "--rule", '{"rule": "x"}'], "'x' is none of"),
        (["--matrix", "no such file.csv"], "cannot read no such file.csv"),
        (["--matrix", "."], "cannot read ."),
    ],
)
def test_bad_arguments__one_line_and_status_2(arguments, fault):
    done = run(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert fault in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "no row of scores"),
        ("goal,task\n", "no row of scores"),
        ("a,b\n1,2\n1\n", "line 3 has 1 cells instead of 2"),
        ("a,b\n1,x\n", "line 2, column 2: 'x' is no whole score"),
        ("1,x\n1,2\n", "line 1, column 2: 'x' is no whole score"),
        ("a,b\n1,6\n", "item 2: 6 is not a whole score from 1 to 5"),
        (b"a,b\n\xff\xfe,1\n", "is not a UTF-8 text"),
    ],
)
def test_bad_matrix__one_line_and_status_2(write, text, fault):
    done = run("--matrix", write(text))

    assert (done.returncode, done.stdout) == (2, "")
    assert fault in done.stderr
    assert done.stderr.count("\n") == 1


def test_import__loads_neither_scipy_nor_a_framework():
    code = (
        "import sys, consensus.statistics;"
        "sys.exit(any(name in sys.modules for name in ('scipy', 'numpy', 'django')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)  # noqa: S603

    assert done.returncode == 0


def test_package__exports_what_it_names():
    assert all(hasattr(statistics, name) for name in statistics.__all__)
    assert len(set(statistics.__all__)) == len(statistics.__all__)


def test_to_jsonable__every_kind_of_result_survives_json():
    results = [
        statistics.summarise_item([0, 0, 2, 9, 7]),
        statistics.judge_item(statistics.summarise_item([1, 2])),
        statistics.compare_rounds([1, 2, 3], [2, 2, 5], 5),
        statistics.panel_agreement([[1, 2], [2, 1]]),
        statistics.certify([0, 7], statistics.CvrRule()),
        statistics.knife_edge([0, 0, 6, 6, 6]),
        statistics.compare_leavers([5, 1], [4, 4]),
        statistics.compare_groups({"ครู": [5, 5]}),
        statistics.panel_size_help(17),
        statistics.ipras_of([1] * 9),
    ]
    document = statistics.to_jsonable(results)

    assert json.loads(json.dumps(document)) == document
    assert document[4]["rule"] == {"rule": "cvr", "level": "1/20", "relevant_from": 2}
    assert document[0]["grouped"]["q1"] == "34/9"
    with pytest.raises(TypeError, match="object"):
        statistics.to_jsonable(object())
