"""Which school belongs to which cluster, as a spreadsheet. Clusters that are new are founded."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from clusters.actions.clusters import create_cluster, join_cluster
from clusters.errors import SchoolInAnotherClusterError
from clusters.imports.teachers import UNKNOWN_SCHOOL, schools_by_code
from clusters.models import Cluster, Membership, School
from core.actor import Actor
from core.imports.cells import day, text
from core.imports.kinds import Checked, Column, ImportKind, Options, Row
from core.text import Text

_NAME_NEEDED = Text(
    "ยังไม่มีกลุ่มรหัสนี้ กรุณาระบุชื่อกลุ่มเพื่อสร้างใหม่",
    "No cluster has this code: give its name, so that it can be founded.",
)
_ELSEWHERE = Text(
    "โรงเรียนเป็นสมาชิกกลุ่มอื่นอยู่ กรุณาบันทึกการออกจากกลุ่มเดิมก่อน",
    "The school is a member of another cluster. Let it leave that one first.",
)


def _key(row: Row) -> str:
    return str(row["school_code"])


def _check(rows: Sequence[Row], _options: Options) -> Checked:
    schools = schools_by_code()
    clusters = set(Cluster.objects.values_list("code", flat=True))
    named = {row["cluster_code"]: row["cluster_name"] for row in rows if "cluster_name" in row}
    present = _present()
    checked = Checked()
    for index, row in enumerate(rows):
        if row["cluster_code"] in named:
            row["cluster_name"] = named[row["cluster_code"]]  # one naming is enough
        now_in = present.get(schools.get(row["school_code"]))
        if row["school_code"] not in schools:
            checked.problems.append((index, "school_code", "unknown_school", UNKNOWN_SCHOOL))
        elif row["cluster_code"] not in clusters and row["cluster_code"] not in named:
            checked.problems.append((index, "cluster_name", "missing", _NAME_NEEDED))
        elif now_in == row["cluster_code"]:
            checked.known.add(_key(row))
        elif now_in is not None:
            checked.problems.append((index, "school_code", "in_another_cluster", _ELSEWHERE))
    return checked


def _present() -> dict[UUID | None, str]:
    """The code of the cluster that each school has joined and not left."""
    joined = Membership.objects.filter(left_on__isnull=True)
    return dict(joined.values_list("school_id", "cluster__code"))


def _apply(rows: Sequence[Row], _options: Options, actor: Actor) -> Mapping[str, int]:
    counts = {"clusters": 0, "created": 0, "unchanged": 0, "left_out": 0}
    schools = School.objects.in_bulk([row["school_code"] for row in rows], field_name="code")
    clusters = {cluster.code: cluster for cluster in Cluster.objects.all()}
    present = _present()
    for row in rows:
        school, code = schools.get(row["school_code"]), row["cluster_code"]
        if school is None:
            counts["left_out"] += 1  # its code has changed since the file was checked
            continue
        if present.get(school.pk) == code:
            counts["unchanged"] += 1
            continue
        if code not in clusters:
            clusters[code] = create_cluster(code=code, name_th=row["cluster_name"], actor=actor)
            counts["clusters"] += 1
        joined = _join(clusters[code], school, row, actor)
        counts["created" if joined else "left_out"] += 1
    return counts


def _join(cluster: Cluster, school: School, row: Row, actor: Actor) -> bool:
    """False if the school has joined another cluster since the file was checked."""
    joined_on = date.fromisoformat(row["joined_on"])
    try:
        join_cluster(cluster=cluster, school=school, joined_on=joined_on, actor=actor)
    except SchoolInAnotherClusterError:
        return False
    return True


MEMBERSHIPS = ImportKind(
    name="cluster_memberships",
    columns=(
        Column("cluster_code", ("รหัสกลุ่ม", "รหัสเครือข่าย", "cluster"), text(30), required=True),
        Column("cluster_name", ("ชื่อกลุ่ม", "กลุ่มโรงเรียน", "ชื่อเครือข่าย", "เครือข่าย"), text(160)),
        Column(
            "school_code",
            ("รหัสโรงเรียน", "รหัสสถานศึกษา", "school", "percode", "SMIS"),
            text(20),
            required=True,
        ),
        Column("joined_on", ("วันที่เข้าร่วม", "เข้าร่วมเมื่อ", "เป็นสมาชิกตั้งแต่"), day, required=True),
    ),
    key=_key,
    check=_check,
    apply=_apply,
)
