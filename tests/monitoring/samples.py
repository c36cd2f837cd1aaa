from tests.operations import Sample

SAMPLES = [
    Sample("events_ticket", by="teacher", status=201),
    Sample("events_stream", by="teacher", query={"last_event_id": "0"}),
]
