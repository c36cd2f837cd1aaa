from tests.operations import Sample

_FORM = (
    '--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nschools\r\n'
    '--x\r\nContent-Disposition: form-data; name="file"; filename="schools.csv"\r\n\r\n'
    "รหัสโรงเรียน,ชื่อโรงเรียน,อำเภอ,จังหวัด\r\n--x--\r\n"
).encode()

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
    Sample("settings_list", by="teacher"),
    Sample("settings_get", by="teacher", path={"kind": "=calendar"}),
    Sample("setting_versions_list", by="teacher", path={"kind": "=calendar"}),
    Sample(
        "setting_versions_create",
        by="area_admin",
        path={"kind": "=calendar"},
        body={
            "document": {
                "year_starts": {"month": 6, "day": 1},
                "second_term_starts": {"month": 12, "day": 1},
            },
            "reason": "ตามประกาศกระทรวง",
        },
        status=201,
    ),
    Sample(
        "setting_versions_destroy",
        by="area_admin",
        path={"kind": "=languages", "id": "setting_version"},
        status=204,
    ),
    Sample("documents_get", by="officer", path={"id": "document"}),
    Sample("imports_list", by="officer"),
    Sample("imports_get", by="officer", path={"id": "import"}),
    Sample("imports_apply", by="officer", path={"id": "import"}, body={}, status=202),
    Sample(
        "imports_create",
        by="officer",
        body=lambda _: _FORM,
        headers={"Content-Type": "multipart/form-data; boundary=x"},
        status=202,
    ),
]
