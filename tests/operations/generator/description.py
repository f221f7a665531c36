"""The published files, with the corrections laid over them; a defect that no correction covers ends the program."""

import json
import pathlib
import re
import sys


class Defects:
    """Every sentence about what cannot be read as it stands; all of them are told at once."""

    def __init__(self):
        self.sentences = []

    def add(self, sentence):
        if sentence not in self.sentences:
            self.sentences.append(sentence)

    def end_if_any(self):
        if self.sentences:
            for s in self.sentences:
                print(f"generate: {s}", file=sys.stderr)
            sys.exit(f"generate: {len(self.sentences)} defects of the description; "
                     "add a correction with its reason to tests/operations/corrections.json")


class Family:
    def __init__(self, version, stem, document, path):
        self.version, self.stem, self.document, self.path = version, stem, document, path
        short = re.sub(r"-v3$", "", stem)
        self.slug = {"saas-api": "saas"}.get(short, short)
        self.name = self.slug.replace("-", "_")
        self.page = {"social-media-posting": "social-planner"}.get(self.slug, self.slug)   # on the site
        self.namespace = ("v3::" if version == "v3" else "") + self.name
        self.schemas = document.get("components", {}).get("schemas", {})

    def operations(self):
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                yield method.upper(), path, operation


def read_families(folder, defects):
    folder = pathlib.Path(folder)
    apps = folder / "apps" if (folder / "apps").is_dir() else folder
    families = []
    for version, files in (("v2", sorted(apps.glob("*.json"))), ("v3", sorted((apps / "v3").glob("*.json")))):
        for file in files:
            families.append(Family(version, file.stem, json.loads(file.read_text()), file))
    if not families:
        sys.exit(f"generate: no description in {folder}: it should hold apps/*.json and apps/v3/*.json")
    common = apps / "v3" / "common" / "common-schemas.json"
    shared = json.loads(common.read_text()) if common.is_file() else {}
    for family in families:
        family.common = shared.get("components", {}).get("schemas", {})
    return families


class Corrections:
    """tests/operations/corrections.json: each entry says where, what is set instead, and why."""

    def __init__(self, file):
        data = json.loads(pathlib.Path(file).read_text())
        self.publication = data["publication"]
        self.entries = data["corrections"]
        self.used = [set() for _ in self.entries]
        for entry in self.entries:
            if not entry.get("reason") or not entry.get("set") or not entry.get("in"):
                sys.exit(f"generate: a correction lacks 'in', 'set' or 'reason': {json.dumps(entry)[:200]}")

    def _find(self, version, key, value, family):
        found = {}
        for i, entry in enumerate(self.entries):
            if version in entry["in"] and entry.get(key) == value and entry.get("family", family) == family:
                self.used[i].add(version)
                found.update(entry["set"])
        return found

    def of_operation(self, family, method, path):
        return self._find(family.version, "operation", f"{method} {path}", family.name)

    def of_schema(self, family, component):
        return self._find(family.version, "schema", component, family.name)

    def tell_unused(self, defects):
        for entry, used in zip(self.entries, self.used):
            for version in entry["in"]:
                if version not in used:
                    where = entry.get("operation") or f"{entry.get('family')}#{entry.get('schema')}"
                    defects.add(f"the correction of {where} applies to nothing in {version}; remove it")


def apply_to_schemas(family, corrections, defects):
    """Patches of components, laid into the document before anything is read."""
    for component in list(family.schemas):
        change = corrections.of_schema(family, component)
        schema = family.schemas[component]
        for member, patch in change.get("members", {}).items():
            properties = schema.setdefault("properties", {})
            if patch is None:
                properties.pop(member, None)
            elif "$ref" in patch or "type" in patch and member in properties and patch["type"] != properties[member].get("type"):
                kept = {k: properties[member][k] for k in ("example", "enum") if k in properties.get(member, {})}
                properties[member] = {**kept, **patch}
            else:
                properties[member] = {**properties.get(member, {}), **patch}
        if "not_required" in change:
            schema["required"] = [r for r in schema["required"] if r not in change["not_required"]]
        if change.get("map"):
            schema["properties"] = {}
        schema["x-change"] = change


def placeholders(path):
    return re.findall(r"\{(.*?)\}", path)


SCOPE = re.compile(r"[A-Za-z0-9_-]+([./][A-Za-z0-9_-]+)*\.[A-Za-z0-9_-]+")


def check_operation(family, method, path, operation, change, defects):
    """The defects that the library's own checks find in a descriptor, told before a compiler does."""
    where = f"{family.version} {method} {path}"
    parameters = operation.get("parameters", [])
    given = {p["name"] for p in parameters if p["in"] == "path"} | set(change.get("path_parameters", {}))
    for name in placeholders(path):
        if name not in given:
            defects.add(f"{where}: the placeholder {{{name}}} has no parameter")
    for p in parameters:
        if p["in"] == "path" and p["name"] not in placeholders(path):
            defects.add(f"{where}: the path parameter {p['name']} has no placeholder")
        if p["in"] == "path" and not p.get("required") and p["name"] not in change.get("required_parameters", []):
            defects.add(f"{where}: the path parameter {p['name']} is optional; a path has a value for each")
        if p["in"] == "header" and p["name"] not in ("Version", "Authorization") and "headers" not in change:
            defects.add(f"{where}: an unusual header parameter {p['name']}")
        if p["in"] == "query" and ("anyOf" in p or "oneOf" in p or p.get("schema", {}).get("type") == "any"):
            if p["name"] not in change.get("parameter_types", {}):
                defects.add(f"{where}: the parameter {p['name']} is described as one of several types")
    if not operation.get("security") and "token" not in change:
        defects.add(f"{where}: no security; which token does it take?")
    for alternative in operation.get("security") or []:
        for scopes in alternative.values():
            for scope in scopes:
                if not SCOPE.fullmatch(scope) and "scopes" not in change:
                    defects.add(f"{where}: {scope} has not the form of a scope")
