"""What an area's new studies start from."""

import pytest
from django_tenants.utils import schema_context

from consensus.models import Study
from tests.client import body_of

DEFAULTS = "/api/v1/settings/consensus/versions"
RAW = {"rule": "iqr", "at_most": "1", "method": "raw"}
IPRAS = {"scale": {"points": 9}, "consensus": {"rule": "ipras"}, "in_from": "7"}


@pytest.fixture
def set_to(api):
    def adopt(**protocol):
        made = api.as_("area_admin").post(DEFAULTS, {"document": {"protocol": protocol}})
        assert made.status_code == 201, made.content
        return body_of(made)

    return adopt


def _draft(api, **given):
    made = api.as_("supervisor").post("/api/v1/studies", {"title": "การศึกษา", **given})
    assert made.status_code == 201, made.content
    return body_of(made)["protocol"]


def test_study__without_protocol__starts_from_the_areas(api, set_to):
    assert _draft(api)["consensus"]["method"] == "grouped"
    set_to(consensus=RAW, certification={"rule": {"rule": "i_cvi"}, "points": 2})
    protocol = _draft(api)
    assert protocol["consensus"] == RAW
    assert protocol["certification"]["rule"]["rule"] == "i_cvi"
    assert protocol["in_from"] == "7/2"


def test_study__protocol_given__only_what_it_leaves_out_is_the_areas(api, set_to):
    set_to(consensus=RAW, comments_shown=False)
    protocol = _draft(api, protocol={"consensus": {"rule": "iqr", "at_most": "3/2"}})
    assert protocol["consensus"] == {"rule": "iqr", "at_most": "3/2", "method": "grouped"}
    assert protocol["comments_shown"] is False


def test_study__scale_given__thresholds_of_another_scale_are_left_out(api, set_to):
    set_to(**IPRAS, comments_shown=False)
    assert _draft(api)["consensus"]["rule"] == "ipras"
    protocol = _draft(api, protocol={"scale": {"points": 5}})
    assert (protocol["consensus"]["rule"], protocol["in_from"]) == ("iqr", "7/2")
    assert protocol["comments_shown"] is False


def test_study__sealed_or_drafted_before__keeps_its_protocol(api, set_to):
    supervisor = api.as_("supervisor")
    path = f"/api/v1/studies/{api.area.things['sealed_study']}"
    sealed, seal = body_of(supervisor.get(path)), body_of(supervisor.get(f"{path}/seal"))
    with schema_context(api.area.schema_name):
        drafts = dict(Study.objects.values_list("pk", "protocol"))
    set_to(consensus=RAW)
    assert body_of(supervisor.get(path)) == sealed
    assert body_of(supervisor.get(f"{path}/seal")) == seal
    with schema_context(api.area.schema_name):
        assert dict(Study.objects.values_list("pk", "protocol")) == drafts


def test_defaults__complete_in_the_version__without_what_is_fixed(set_to):
    protocol = set_to(consensus=RAW)["document"]["protocol"]
    assert protocol["scale"]["points"] == 5
    assert "quantiles" not in protocol


@pytest.mark.parametrize(
    ("protocol", "pointer"),
    [
        ({"rounds": []}, "/document/protocol/rounds"),
        ({"consensus": {"rule": "nonsense"}}, "/document/protocol/consensus"),
        ({"consensus": {"rule": "ipras"}}, "/document/protocol/consensus"),
        ({"nonsense": 1}, "/document/protocol/nonsense"),
        ([], "/document/protocol"),
    ],
)
def test_defaults__malformed__told_where(api, protocol, pointer):
    refused = api.as_("area_admin").post(DEFAULTS, {"document": {"protocol": protocol}})
    assert [each["pointer"] for each in body_of(refused)["errors"]] == [pointer]
