from tests.operations import Sample

SAMPLES = [
    *(
        Sample(operation, by=by, which=which)
        for which, by in (("area", "officer"), ("platform", "operator"))
        for operation in ("choices_list", "jobs_list")
    ),
    Sample("journal_list", by="area_admin", query={"subject_id": "@school"}),
    Sample("journal_list", by="operator", which="platform"),
    *(
        Sample(operation, by=by, path={"id": "job"}, which=which)
        for which, by in (("area", "officer"), ("platform", "operator"))
        for operation in ("jobs_get", "jobs_cancel")
    ),
]
