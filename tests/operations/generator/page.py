"""The page of what the description has wrong, made of corrections.json."""

import json

KINDS = (("Placeholders and parameters", ("path_parameters", "required_parameters", "parameter_types", "headers")),
         ("Tokens and scopes", ("token", "scopes", "oauth_only")),
         ("Bodies and answers", ("body", "content", "response", "members", "not_required", "also", "always_there", "map")),
         ("Names", ("name", "body_name", "member_names")))


def said(key, value):
    def code(texts):
        return ", ".join(f"`{t}`" for t in texts)
    if key in ("name", "body_name"):
        return f"`{value}`"
    if key == "path_parameters":
        return f"{code(value)}: " + " or ".join(next(iter(value.values())).get("enum", ["a text"]))
    if key in ("required_parameters", "always_there"):
        return f"{code(value)}: always"
    if key == "parameter_types":
        return f"{code(value)}: a list of texts"
    if key == "token":
        return "no token" if value == ["none"] else " or ".join(v.replace("_", "-") for v in value)
    if key == "scopes":
        return code(value)
    if key == "oauth_only":
        return "any token" if not value else "of OAuth only"
    if key == "headers":
        return f"`{value}`"
    if key == "member_names":
        return ", ".join(f"`{wire}` is `{name}`" for wire, name in value.items())
    if key == "also":
        return ", ".join(f"`{second}` is read as `{first}`" for first, second in value.items())
    if key == "not_required":
        return f"{code(value)}: may be absent"
    if key == "members":
        return ", ".join(f"`{name}`: {type_of(schema)}" for name, schema in value.items())
    if key == "map":
        return "a map"
    if key == "body":
        return type_of(value)
    return value


def type_of(schema):
    if schema.get("format") == "binary":
        return "a file"
    if "additionalProperties" in schema:
        return "files under any names"
    return {"object": "any members", "string": "a text"}.get(schema.get("type"), json.dumps(schema))


def written(publication, entries):
    lines = ["# What the published description has wrong", "",
             f"As HighLevel published it in {publication}, and what the headers say instead. Made by `generate` from",
             "[corrections.json](corrections.json); `generate` fails on a defect that is not in it, and on an entry that corrects nothing."]
    for title, keys in KINDS:
        rows = []
        for entry in entries:
            mine = [k for k in entry["set"] if k in keys]
            if mine and mine[0] == next(k for _, ks in KINDS for k in ks if k in entry["set"]):
                where = entry.get("operation", "").replace("{", ":").replace("}", "") or f"{entry['family']}, {entry['schema']}"
                instead = "; ".join(str(said(k, v)) for k, v in entry["set"].items())
                rows.append(f"| {', '.join(entry['in'])} | `{where}` | {entry['reason']} | {instead} |")
        lines += ["", f"## {title}: {len(rows)}", "", "| in | where | what is wrong | instead |", "| --- | --- | --- | --- |", *rows]
    return "\n".join(lines) + "\n"
