from tests.operations import Sample

SAMPLES = [
    Sample("me_get", by="teacher"),
    Sample("me_get", by="operator", which="platform"),
]
