from tests.operations import Sample

SAMPLES: list[Sample] = []
