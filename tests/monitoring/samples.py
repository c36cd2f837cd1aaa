from tests.operations import Sample

SAMPLES = [
    Sample("events_ticket", by="teacher", status=201),
    Sample("events_stream", by="teacher", query={"last_event_id": "0"}),
    Sample("area_dashboard_get", by="area_admin"),
    Sample("cluster_dashboards_get", by="cluster_coordinator", path={"id": "cluster"}),
    Sample("school_dashboards_get", by="teacher", path={"id": "school"}),
]
