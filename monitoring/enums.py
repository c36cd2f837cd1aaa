from core.text import BilingualChoices


class Level(BilingualChoices):
    """What a dashboard is about."""

    AREA = "area", "Service area", "เขตพื้นที่"
    CLUSTER = "cluster", "Cluster", "กลุ่มโรงเรียน"
    SCHOOL = "school", "School", "โรงเรียน"
