"""Before a study is drafted: protocols to start from, panel sizes, a forecast."""

import pytest

from tests.client import body_of

PATH = "/api/v1/study-planning"
FIVE = {"panelists": 18, "opinions": [0, 0, 1, 5, 4]}


@pytest.fixture
def supervisor(api):
    return api.as_("supervisor")


def test_templates__each_makes_a_study(supervisor):
    templates = body_of(supervisor.get(PATH))["templates"]

    assert [each["code"] for each in templates] == [
        "classic", "modified", "agreement", "rand_ucla", "real_time", "ranking",
    ]  # fmt: skip
    for each in templates:
        made = supervisor.post(
            "/api/v1/studies", {"title": each["title"], "protocol": each["protocol"]}
        )
        assert made.status_code == 201
        assert body_of(made)["protocol"] == each["protocol"]


def test_templates__explained_in_the_readers_language(supervisor):
    thai = body_of(supervisor.get(PATH, Accept_Language="th"))["templates"][3]
    english = body_of(supervisor.get(PATH, Accept_Language="en"))["templates"][3]

    assert thai["title"] == "ความเหมาะสมเก้าระดับ (RAND/UCLA)"
    assert english["title"] == "Appropriateness on nine points (RAND/UCLA)"
    assert thai["protocol"] == english["protocol"]


def test_templates__every_step_explained_to_panelists_in_both_languages(supervisor):
    for language, word in (("th", "ผู้ดำเนินการ"), ("en", "facilitator")):
        for each in body_of(supervisor.get(PATH, Accept_Language=language))["templates"]:
            rounds = len(each["protocol"]["rounds"])
            assert [step["number"] for step in each["steps"]] == list(range(1, rounds + 2))
            assert all(step["now"] and step["following"] for step in each["steps"])
            assert all(word in step["seen"] for step in each["steps"])


def test_panel_sizes__seventeen_to_twenty_one__net_decrease_apart_from_error(supervisor):
    sizes = body_of(supervisor.get(PATH))["panel_sizes"]

    assert sizes[4] == {
        "smallest": 17, "largest": 21,
        "error_from": "1/2", "error_to": "12/25", "net_decrease": "1/50",
    }  # fmt: skip


def test_forecast__the_protocols_rounds_and_rule__repeatable(supervisor):
    first = body_of(supervisor.post(PATH, {**FIVE, "seed": 7}))
    again = body_of(supervisor.post(PATH, {**FIVE, "seed": 7}))
    one_round = {"rounds": [{"kind": "rating"}]}
    short = body_of(supervisor.post(PATH, {**FIVE, "protocol": one_round}))

    assert first == again
    assert [each["number"] for each in first["rounds"]] == [1, 2]
    assert len(short["rounds"]) == 1
    assert first["panel_size"]["net_decrease"] == "1/50"


def test_forecast__real_time__one_line_at_closing(supervisor):
    real_time = {"rounds": [{"kind": "rating", "real_time": True}]}
    twice = {"rounds": [{"kind": "rating"}, {"kind": "rating"}]}
    asked = {**FIVE, "moving": "1/2", "leaving": "1/5", "seed": 3}

    found = body_of(supervisor.post(PATH, {**asked, "protocol": real_time}))["rounds"]
    rounds = body_of(supervisor.post(PATH, {**asked, "protocol": twice}))["rounds"]

    assert found == [{**rounds[1], "number": 1}]


@pytest.mark.parametrize(
    ("spoil", "pointer"),
    [
        ({"opinions": [1, 2, 3]}, "/opinions"),
        ({"opinions": [0, 0, 0, 0, 0]}, "/opinions"),
        ({"leaving": "3/2"}, "/leaving"),
        ({"moving": "often"}, "/moving"),
        ({"panelists": 101}, "/panelists"),
        ({"protocol": {"scale": {"points": 1}}}, "/protocol/scale/points"),
        ({"protocol": {"rounds": [{"kind": "ranking"}]}}, "/protocol/rounds"),
    ],
)
def test_forecast__bad_input__says_where(supervisor, spoil, pointer):
    refused = supervisor.post(PATH, {**FIVE, **spoil})

    assert refused.status_code in (400, 422)
    assert body_of(refused)["errors"][0]["pointer"] == pointer
