"""Is everything here that manifest.json names, unchanged and with as many rows as it says?

Run it where the archive was unpacked: python3 verify.py
"""

import csv
import hashlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def rows_of(path):
    if path.suffix == ".csv":
        csv.field_size_limit(2**31 - 1)
        with path.open(encoding="utf-8", newline="") as file:
            return sum(1 for _ in csv.reader(file)) - 1
    with path.open(encoding="utf-8") as file:
        return sum(1 for line in file if json.loads(line) is not None)


def problems(manifest):
    for told in manifest["files"]:
        path = HERE / told["name"]
        if not path.is_file():
            yield told["name"] + " is missing"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != told["sha256"]:
            yield told["name"] + " was changed"
        elif told["rows"] is not None and rows_of(path) != told["rows"]:
            yield told["name"] + " does not have {} rows".format(told["rows"])
    expected = {told["name"] for told in manifest["files"]} | {"manifest.json"}
    for path in HERE.rglob("*"):
        if path.is_file() and path.relative_to(HERE).as_posix() not in expected:
            yield path.relative_to(HERE).as_posix() + " is not in the manifest"


def main():
    content = (HERE / "manifest.json").read_bytes()
    manifest = json.loads(content)
    found = list(problems(manifest))
    for each in found:
        print(each)
    rows = sum(manifest["tables"].values())
    print("{} files, {} rows, {} problems".format(len(manifest["files"]), rows, len(found)))
    print("SHA-256 of the manifest: " + hashlib.sha256(content).hexdigest())
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
