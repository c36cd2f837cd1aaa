"""Recompute a Delphi study's numbers from its anonymised data, and compare.

    python3 recompute.py            compare with the results that the study froze
    python3 recompute.py --json     print what was recomputed

Needs Python 3.11 and nothing else: no package, no network. Computes from protocol.json, counts.csv,
places.csv, certification.csv and (where row data could leave) ratings.csv, beside this file.
results.json is only held against the outcome; but without rows, whether an item is stable is taken
from there, since a verdict may need it.

From the counts: quartiles by both methods, mean, deviation, modes, consensus, verdict, knife edge,
certification. From the rows, where they are everybody's: stability between rounds, the panel's
agreement. From places.csv all of a ranking. Not recomputed: attrition and groups, because no row
says who left or which group; participation; and a real-time round's stability, because the first
answers do not leave.
"""

import csv
import json
import math
import sys
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import formulas  # noqa: E402  (python -I does not look beside the script by itself)
import orders  # noqa: E402


def read_json(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def read_csv(name):
    with (HERE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_counts(line, size=None):
    """The counts of a line, or None where too few answered for them to be shown.

    A ranking has as many as it has items, of the columns that its longest one needs.
    """
    found = [cell for name, cell in line.items() if name.startswith(("answer_", "place_"))][:size]
    return [int(cell) for cell in found] if all(found) else None


def read_rows():
    """{(round, item): answers}, one a panelist; None is "no opinion". Empty without row data."""
    if not (HERE / "ratings.csv").exists():
        return {}
    columns = {}
    for line in read_csv("ratings.csv"):
        for name, cell in line.items():
            number, item = name[1:].split("_i")
            answer = None if cell == "no opinion" else int(cell)
            columns.setdefault((int(number), int(item)), []).append(answer)
    return columns


def are_everybodys(rows, lines):
    """True if the rows hold all answers to each of these lines of counts.csv."""
    return all(
        (key := (int(line["round"]), int(line["item"]))) in rows
        and sum(answer is not None for answer in rows[key]) == int(line["n"])
        for line in lines
    )


def recompute_item(protocol, line, before, rows, frozen):
    number, item = int(line["round"]), int(line["item"])
    counts, n = read_counts(line), int(line["n"])
    found = {"position": item, "n": n}
    for name in ("no_opinion", "missing"):
        found[name] = int(line[name]) if line[name] else formulas.TOO_FEW
    if counts is None:
        hidden = dict.fromkeys(("summary", "stability", "judgement"), formulas.TOO_FEW)
        return {**found, **hidden, "on_edge": False}
    moved = {"undefined": "not_compared"}
    if before is not None and are_everybodys(rows, [line, before]):
        earlier = rows[int(before["round"]), item]
        moved = formulas.stability(protocol, earlier, rows[number, item])
        found["stability"] = moved
    elif before is not None or "feedback" in frozen:  # a real-time round has the latter
        moved = frozen["stability"]
    stable = moved.get("stable", moved)
    verdict = formulas.verdict(protocol, counts, stable)
    flips = formulas.flips(protocol, counts, stable)
    if "flips" in frozen:  # rounds closed long ago tell only whether there are any
        found["flips"] = flips
    return {
        **found,
        "summary": formulas.summary(counts),
        "judgement": {
            "verdict": verdict,
            "consensus": formulas.judge_consensus(protocol, counts),
            "in_from": Fraction(protocol["in_from"]),
            "stable": stable,
            "settled": stable is True and isinstance(verdict, str),
        },
        "on_edge": bool(flips),
    }


def recommendation(items, is_last):
    settled = sum(item["judgement"].get("settled") is True for item in items)
    if items and settled == len(items):
        return {"stop": True, "reason": "all_settled", "settled": settled}
    reason = "round_limit" if is_last else "not_settled"
    return {"stop": is_last, "reason": reason, "settled": settled}


def recompute_ratings(study, frozen, number, before, rows):
    lines = {n: [] for n in (number, before)}
    for line in read_csv("counts.csv"):
        lines.setdefault(int(line["round"]), []).append(line)
    earlier = {line["item"]: line for line in lines[before]}  # items may have been dropped since
    items = [
        recompute_item(study["protocol"], line, earlier.get(line["item"]), rows, was)
        for line, was in zip(lines[number], frozen["items"], strict=True)
    ]
    is_last = number == len(study["protocol"]["rounds"])
    found = {"items": items, "recommendation": recommendation(items, is_last)}
    if are_everybodys(rows, lines[number]):
        columns = [rows[number, int(line["item"])] for line in lines[number]]
        people = list(zip(*columns, strict=True))
        asked = frozen["panel"]["asked"]
        found["agreement"] = formulas.agreement(study["protocol"], people, asked)
    return found


def recompute_ranking(study, number):
    lines = [line for line in read_csv("places.csv") if int(line["round"]) == number]
    planned = study["protocol"]["rounds"][number - 1]
    counts = [read_counts(line, len(lines)) for line in lines]
    found = {"n": int(lines[0]["n"]), "top": planned["top"]}
    positions = [{"position": int(line["item"])} for line in lines]
    is_last = number == len(study["protocol"]["rounds"])
    agreed = False
    if not all(counts):
        few = formulas.TOO_FEW
        found |= {"agreement": few, "judgement": few}
        found["items"] = [{**each, "summary": few} for each in positions]
    else:
        found |= orders.ranking(planned, counts, found["n"])
        agreed = found["judgement"]["reached"] is True
        found["items"] = [
            {**each, "summary": summary}
            for each, summary in zip(positions, found["items"], strict=True)
        ]
    reason = "agreed" if agreed else "round_limit" if is_last else "not_agreed"
    return {**found, "recommendation": {"stop": agreed or is_last, "reason": reason}}


def recompute_certification(study, number):
    rule, parts = study["protocol"]["certification"]["rule"], []
    for line in read_csv("certification.csv"):
        if int(line["round"]) != number:
            continue
        found = {"part": line["part"], "criterion": line["criterion"], "n": int(line["n"])}
        counts = read_counts(line)
        if counts is None:
            parts.append({**found, "outcome": formulas.TOO_FEW, "passed": False})
            continue
        outcome = {"counts": counts, **formulas.certify(rule, counts)}
        parts.append({**found, "outcome": outcome, "passed": outcome["passed"] is True})
    return {"certified": all(part["passed"] for part in parts), "parts": parts}


def recompute(study, results):
    """{round: results}, in the shape of results.json."""
    rows, found, before = read_rows(), {}, None
    for each in study["rounds"]:
        number, frozen = each["number"], results[str(each["number"])]
        if each["kind"] == "rating":
            found[str(number)] = recompute_ratings(study, frozen, number, before, rows)
            before = number
        elif each["kind"] == "ranking":
            found[str(number)] = recompute_ranking(study, number)
        elif each["kind"] == "certification":
            found[str(number)] = recompute_certification(study, number)
    return plain(found)


def plain(value):
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


def differences(ours, theirs, place=""):
    """(place, ours, theirs) wherever they differ, and None for each number that agrees."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name, each in ours.items():
            yield from differences(each, theirs.get(name), f"{place}/{name}")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for n, each in enumerate(ours):
            yield from differences(each, theirs[n], f"{place}/{n}")
    elif isinstance(ours, float) and isinstance(theirs, float):
        # Both are rounded at the sixteenth digit; everything else is exact.
        same = math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-15)
        yield None if same else (place, ours, theirs)
    else:
        yield None if ours == theirs else (place, ours, theirs)


def main():
    study, results = read_json("protocol.json"), read_json("results.json")
    found = recompute(study, results)
    if "--json" in sys.argv[1:]:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    compared = list(differences(found, results))
    wrong = [each for each in compared if each]
    for place, ours, theirs in wrong:
        print(f"{place}: recomputed {ours}, frozen {theirs}")
    print(f"{len(compared)} values recomputed, {len(wrong)} differ from the frozen results")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
