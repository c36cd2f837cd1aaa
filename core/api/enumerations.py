"""Enumerations in the OpenAPI documents: one component each, named as in `/choices`."""

from typing import Any

from core.text import all_choices


def name_enumerations(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Post-processing: every inline list of an enumeration's codes becomes a reference to it."""
    names = {
        frozenset(choice["code"] for choice in choices): name
        for name, choices in all_choices().items()
    }
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    found: dict[str, Any] = {}
    for schema in [*schemas.values(), result["paths"]]:
        _replace(schema, names, found)
    if taken := found.keys() & schemas.keys():
        raise ValueError(f"An enumeration and a resource share a name: {', '.join(sorted(taken))}")
    schemas.update(sorted(found.items()))
    return result


def _replace(node: Any, names: dict[frozenset[str], str], found: dict[str, Any]) -> None:
    if isinstance(node, list):
        for each in node:
            _replace(each, names, found)
    if not isinstance(node, dict):
        return
    node.pop("x-spec-enum-id", None)
    for each in node.values():
        _replace(each, names, found)
    codes = node.get("enum")
    if not isinstance(codes, list):
        return
    plain = [code for code in codes if code not in (None, "")]
    name = names.get(frozenset(plain)) if all(isinstance(code, str) for code in plain) else None
    if name is None:
        return
    found[name] = {"type": "string", "enum": plain}
    kept = {key: node[key] for key in ("description", "readOnly", "default") if key in node}
    node.clear()
    node.update(kept)
    reference = {"$ref": f"#/components/schemas/{name}"}
    others = [{"type": "null"}] if None in codes else []
    others += [{"type": "string", "const": ""}] if "" in codes else []
    if others:
        node["oneOf"] = [reference, *others]
    elif kept:
        node["allOf"] = [reference]
    else:
        node.update(reference)
