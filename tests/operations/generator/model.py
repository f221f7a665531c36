"""The description of a family as types of C++: structs, enumerations and operations, before they have names."""

import json
import re

from . import names
from .description import check_operation, placeholders

# A type is a tuple: ("string",) ("bool",) ("double",) ("integer",) ("json",) ("file",) ("vector", T) ("map", T)
# ("struct", Struct) ("enum", Enum).
STRING, BOOL, DOUBLE, INTEGER, JSON, FILE = (("string",), ("bool",), ("double",), ("integer",), ("json",), ("file",))

# Numbers of these names count things; everything else that is a `number` may have a fraction.
COUNTS = re.compile(r"(^|_)(limit|skip|offset|start_after|page|pages|count|hour|minute|max_files|page_size|v)$")
# Example values of these names are not repeated, short as they may be.
SECRETS = re.compile(r"token|secret|password|authorization|api_?key|credential|jwt|signature", re.I)


class Member:
    def __init__(self, wire, type, required, nullable, schema):
        self.wire, self.type, self.required, self.nullable = wire, type, required, nullable
        self.doubtful = False   # an example contradicts that it is required, or its type
        self.also = None
        self.name = None
        self.wished = None
        self.example = schema.get("example")
        self.deprecated = bool(schema.get("deprecated"))


class Struct:
    def __init__(self, mode, component, owner, member):
        self.mode, self.component, self.owner, self.member = mode, component, owner, member
        self.members = []
        self.name = None
        self.wished = None       # by a correction
        self.same = None         # the struct that stands for this one
        self.nested = None       # (operation, "response" or "body_type")
        self.losses = set()      # what is described and cannot be said
        self.shared = False      # request and response both
        self.users = []

    def title(self):
        return self.component or f"{self.owner} {self.member}"

    def real(self):
        s = self
        while s.same:
            s = s.same
        return s


class Enum:
    def __init__(self, values):
        self.values = values
        self.places = []         # (owner's title, member)
        self.name = None
        self.constants = []


class Parameter:
    def __init__(self, place, wire, type, required, example):
        self.place, self.wire, self.type, self.required, self.example = place, wire, type, required, example
        self.commas = False
        self.name = None


class Operation:
    def __init__(self):
        self.parameters, self.body, self.body_kind, self.body_required = [], None, None, True
        self.body_name = "body"
        self.losses = set()
        self.response = None     # a type, or ("none",), ("maybe",) of JSON or nothing, ("bytes",)


def is_described(s):
    return bool(s) and any(k in s for k in ("type", "properties", "items", "$ref", "allOf", "oneOf", "anyOf", "enum",
                                            "additionalProperties"))


class Model:
    def __init__(self, family, corrections, defects, report):
        self.family, self.corrections, self.defects, self.report = family, corrections, defects, report
        self.structs, self.enums, self.operations = {}, {}, []
        self.order = []
        self.doubts = set()      # (id of a resolved schema, property)
        self.looked_at = set()
        for schema in family.schemas.values():
            self.look_for_doubts(schema)
        for method, path, operation in family.operations():
            for media in self.response_media(operation):
                self.look_for_doubts(media.get("schema", {}))
                for example in published_examples(media):
                    self.compare(media.get("schema", {}), example)
        for method, path, operation in family.operations():
            self.operations.append(self.operation(method, path, operation))
        self.unify()

    # ---- schemas ----

    def resolve(self, schema):
        """(the schema that is meant, the name of its component or None, whether null is allowed)"""
        nullable, component = bool(schema.get("nullable")), None
        for _ in range(20):
            if "$ref" in schema:
                file, _, pointer = schema["$ref"].partition("#")
                component = pointer.rsplit("/", 1)[-1]
                pool = self.family.common if "common-schemas" in file else self.family.schemas
                if component not in pool:
                    self.defects.add(f"{self.family.version} {self.family.stem}: {schema['$ref']} is not there")
                    return {}, None, nullable
                schema = pool[component]
            elif len(schema.get("allOf", [])) == 1 and not schema.get("properties"):
                schema = schema["allOf"][0]
            elif schema.get("allOf"):
                merged = schema.get("x-merged")
                if merged is None:
                    merged = {"type": "object", "properties": {}, "required": []}
                    for part in schema["allOf"] + ([schema] if schema.get("properties") else []):
                        inner = part if part is schema else self.resolve(part)[0]
                        merged["properties"].update(inner.get("properties", {}))
                        merged["required"] += inner.get("required", [])
                    merged["required"] = [r for r in merged["required"] if r in merged["properties"]]
                    schema["x-merged"] = merged
                schema = merged
            else:
                break
            nullable = nullable or bool(schema.get("nullable"))
        for word in ("oneOf", "anyOf"):
            if word in schema:
                alternatives = [self.resolve(a) for a in schema[word]]
                if len({id(a[0]) for a in alternatives}) == 1:
                    return alternatives[0][0], alternatives[0][1], nullable
        return schema, component, nullable

    def type_of(self, schema, mode, owner, member):
        """(type, whether null is allowed)"""
        s, component, nullable = self.resolve(schema)
        if "oneOf" in s or "anyOf" in s:
            self.report["values of one of several types, as ghl::json_value"] += 1
            return JSON, nullable
        kind = s.get("type") or ("object" if "properties" in s or "additionalProperties" in s else
                                 "array" if "items" in s else "string" if "enum" in s else None)
        values = s.get("enum")
        if values and isinstance(values[0], list):
            values = values[0]
        if kind == "array":
            items = s.get("items") or ({"type": "string", "enum": values} if values else {})
            if items.get("type") == "array" and not items.get("items"):
                return ("vector", JSON), nullable   # "an array of arrays" is what their tool says of an array of anything
            inner, _ = self.type_of(items, mode, owner, names.singular(member))
            return ("vector", inner), nullable
        if kind == "object":
            if s.get("properties"):
                extra = s.get("additionalProperties")
                struct = self.struct(s, component, mode, owner, member)
                if extra or schema.get("additionalProperties"):
                    struct.losses.add("an open object: its named members only")
                return ("struct", struct), nullable
            extra = s.get("additionalProperties")
            if isinstance(extra, dict) and is_described(extra):
                inner, inner_null = self.type_of(extra, mode, owner, names.singular(member))
                return ("map", inner), nullable
            return JSON, nullable
        if kind == "string":
            if s.get("format") == "binary" and mode == "in":
                return FILE, nullable
            texts = [v for v in values or [] if isinstance(v, str)]
            if values and texts == values:
                return ("enum", self.enum(tuple(dict.fromkeys(texts)), owner, member)), nullable
            if values:
                self.defects.add(f"{self.family.version} {self.family.stem}: {owner}.{member} is a string, and its values "
                                 f"are {json.dumps(values)[:60]}")
            return STRING, nullable
        if kind in ("number", "integer"):
            if values and any(isinstance(v, str) for v in values):
                self.defects.add(f"{self.family.version} {self.family.stem}#{owner}: {member} is a number, and its values "
                                 f"are texts: {json.dumps(values)[:60]}")
            return (INTEGER if kind == "integer" or self.counts(s, member) else DOUBLE), nullable
        if kind == "boolean":
            return BOOL, nullable
        if kind is not None:
            self.defects.add(f"{self.family.version} {self.family.stem}: {owner}.{member} is of a type {kind}")
        return JSON, nullable

    @staticmethod
    def counts(schema, member):
        given = [schema[k] for k in ("example", "default", "minimum", "maximum") if k in schema] + schema.get("enum", [])
        numbers = [g for g in given if isinstance(g, (int, float)) and not isinstance(g, bool)]
        return bool(COUNTS.search(names.snake(member).rstrip("_"))) and all(float(n).is_integer() for n in numbers)

    def enum(self, values, owner, member):
        key = (names.snake(member) if len(values) <= 10 else "", values)   # two long lists that agree are one
        found = self.enums.get(key)
        if not found:
            found = self.enums[key] = Enum(values)
        if (owner, member) not in found.places:
            found.places.append((owner, member))
        return found

    def struct(self, schema, component, mode, owner, member):
        key = (id(schema), mode)
        if key in self.structs:
            return self.structs[key]
        change = schema.get("x-change", {})
        struct = self.structs[key] = Struct(mode, component, owner, member)
        struct.schema = schema
        struct.wished = change.get("name")
        title = struct.title()
        required = schema.get("required") or []
        if not isinstance(required, list):
            required = []
        for wire in required:
            if wire not in schema["properties"]:
                self.defects.add(f"{self.family.version} {self.family.stem}#{title}: {wire} is required and not described")
        for wire, inner in schema["properties"].items():
            type, nullable = self.type_of(inner, mode, title, wire)
            m = Member(wire, type, wire in required, nullable, inner)
            m.doubtful = (id(schema), wire) in self.doubts
            m.also = change.get("also", {}).get(wire)
            m.wished = change.get("member_names", {}).get(wire)
            if m.also in schema["properties"]:
                self.defects.add(f"{self.family.version} {self.family.stem}#{title}: {m.also} is described by now; it is no "
                                 f"second spelling of {wire}")
            if wire in change.get("always_there", []):
                m.required, m.doubtful = True, False
            struct.members.append(m)
        if len(struct.members) > 128:
            struct.losses.add("more than 128 members")
        self.order.append(struct)
        return struct

    # ---- what the examples contradict ----

    def look_for_doubts(self, schema):
        s, _, _ = self.resolve(schema)
        if id(s) in self.looked_at:
            return
        self.looked_at.add(id(s))
        for wire, inner in s.get("properties", {}).items():
            example = inner.get("example")
            if example is not None and not self.compare(inner, example):
                self.doubts.add((id(s), wire))
            self.look_for_doubts(inner)
        if isinstance(s.get("example"), dict):
            self.compare(s, s["example"])
        for inner in [s.get("items"), s.get("additionalProperties")] + s.get("oneOf", []) + s.get("anyOf", []):
            if isinstance(inner, dict):
                self.look_for_doubts(inner)

    def compare(self, schema, value):
        """Whether a value is of the described type; notes the members of which it is not."""
        s, _, nullable = self.resolve(schema)
        if value is None:
            return nullable
        if "oneOf" in s or "anyOf" in s:
            return True
        kind = s.get("type") or ("object" if "properties" in s else None)
        if kind == "array":
            items = s.get("items") or {}
            return isinstance(value, list) and all([self.compare(items, v) for v in value])
        if kind == "object" and s.get("properties"):
            if not isinstance(value, dict):
                return False
            for wire, inner in s["properties"].items():
                if wire not in value:
                    if wire in (s.get("required") or []):
                        self.doubts.add((id(s), wire))
                elif not self.compare(inner, value[wire]):
                    self.doubts.add((id(s), wire))
            return True
        if kind == "object" and isinstance(s.get("additionalProperties"), dict):
            extra = s["additionalProperties"]
            return isinstance(value, dict) and all([self.compare(extra, v) for v in value.values()])
        if kind == "string":
            return isinstance(value, str)
        if kind in ("number", "integer"):
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        if kind == "boolean":
            return isinstance(value, bool)
        return True

    # ---- operations ----

    @staticmethod
    def success(operation):
        return next((code, r) for code, r in sorted(operation["responses"].items()) if code.startswith("2"))

    def response_media(self, operation):
        content = self.success(operation)[1].get("content") or {}
        return list(content.values())[:1]

    def operation(self, method, path, described):
        family = self.family
        change = self.corrections.of_operation(family, method, path)
        check_operation(family, method, path, described, change, self.defects)
        op = Operation()
        op.method, op.path, op.described, op.change = method, path, described, change
        op.where = f"{family.version} {method} {path}"
        op.id = described["operationId"]
        op.name = names.safe(change.get("name") or "_".join(names.words(op.id)))
        op.title = " ".join(change.get("title", described.get("summary") or op.id).split())
        op.title = op.title.encode("ascii", "ignore").decode().replace('"', "'").replace("\\", "/").rstrip(".")
        op.deprecated = bool(described.get("deprecated"))
        parameters = described.get("parameters", [])
        self.security(op, described, change)
        versions = change.get("version") or next(
            (p.get("schema", {}).get("enum") for p in parameters if p["in"] == "header" and p["name"].lower() == "version"), None)
        op.version = versions[0] if isinstance(versions, list) else versions
        described_path = {p["name"]: p for p in parameters if p["in"] == "path"}
        for name in placeholders(path):
            p = described_path.get(name) or {"name": name, "schema": change.get("path_parameters", {}).get(name, {})}
            op.parameters.append(self.parameter(op, "path", p, True, change))
        for p in parameters:
            if p["in"] == "query":
                op.parameters.append(self.parameter(op, "query", p, bool(p.get("required")), change))
        self.body(op, described, change)
        self.response(op, described, change)
        return op

    def security(self, op, described, change):
        schemes = [name for alternative in described.get("security") or [] for name in alternative]
        op.tokens = change.get("token") or [t for t in ("sub_account", "agency")
                                            if any(("agency" in s.lower()) == (t == "agency") for s in schemes)]
        op.oauth_only = change.get("oauth_only", bool(schemes) and all(s.endswith("-Only") for s in schemes))
        if schemes and not op.oauth_only and any(s.endswith("-Only") for s in schemes) and "oauth_only" not in change:
            self.defects.add(f"{op.where}: takes {', '.join(schemes)}; is a token of a private integration enough?")
        scopes = [s for alternative in described.get("security") or [] for list_ in alternative.values() for s in list_]
        op.scopes = change.get("scopes", list(dict.fromkeys(scopes)))
        if len(op.scopes) > 4:
            op.losses.add("more than four scopes")
        if len(placeholders(op.path)) > 8:
            op.losses.add("more than eight placeholders")

    def parameter(self, op, place, p, required, change):
        schema = change.get("parameter_types", {}).get(p["name"]) or p.get("schema", {})
        type, _ = self.type_of(schema, "in", op.name, p["name"])
        if type == DOUBLE and not any(isinstance(schema.get(k), float) and not schema[k].is_integer()
                                      for k in ("example", "default", "minimum", "maximum")):
            type = INTEGER       # of the published queries with a number, every one is a count, an index or a time
        if type[0] in ("json", "map", "struct") or type[0] == "vector" and type[1][0] in ("json", "map", "struct", "vector"):
            self.defects.add(f"{op.where}: the parameter {p['name']} is no text, number, boolean or list of them")
        examples = [e.get("value") for e in (p.get("examples") or {}).values()] if isinstance(p.get("examples"), dict) else []
        example = next((e for e in [p.get("example"), schema.get("example"), *examples] if e is not None), None)
        found = Parameter(place, p["name"], type, required, example)
        found.commas = p.get("explode") is False
        found.wished = change.get("member_names", {}).get(p["name"])
        return found

    def body(self, op, described, change):
        body = described.get("requestBody")
        if not body and "body" not in change:
            return
        content = change.get("content") or next(iter(body["content"]))
        media = body["content"][content]
        if len(body["content"]) > 1 and "content" not in change:
            self.defects.add(f"{op.where}: a body of several types: {', '.join(body['content'])}")
        op.body_kind = {"application/json": "body", "application/x-www-form-urlencoded": "form",
                        "multipart/form-data": "multipart"}.get(content)
        if op.body_kind is None:
            self.defects.add(f"{op.where}: a body of the type {content}")
            op.body_kind = "body"
        op.body_required = bool(body.get("required"))
        op.body_media = media
        schema = change.get("body", media.get("schema", {}))
        op.body_schema = schema
        if op.body_kind != "body" and not is_described(schema):
            self.defects.add(f"{op.where}: a {op.body_kind} body without a description")
        op.body, _ = self.type_of(schema, "in", op.name, "body")

    def response(self, op, described, change):
        code, answer = self.success(described)
        op.status = code
        media = self.response_media(described)
        schema = media[0].get("schema") if media else None
        op.response_schema = schema
        if "response" in change:
            op.response = (change["response"],)
        elif code == "204":
            op.response = ("none",)
        elif schema is None or not is_described(schema):
            op.response = JSON if op.method == "GET" else ("maybe",)
            op.response_schema = None
        else:
            op.response, _ = self.type_of(schema, "out", op.name, "response")

    # ---- one struct for what is the same ----

    def unify(self):
        by_schema = {}
        for struct in self.order:
            by_schema.setdefault(id(struct.schema), []).append(struct)
        for struct in self.order:   # inner ones first
            for other in by_schema[id(struct.schema)]:
                if struct.mode == "in" and other.mode == "out" and self.agree(struct, other):
                    struct.same = other
                    other.shared = True
        seen = {}
        for struct in self.order:
            if struct.same or not struct.component or struct.wished:
                continue
            key = (struct.mode, struct.shared, content(struct))
            first = seen.setdefault(key, struct)
            if first is not struct and (len(struct.members) > 3 or names.schema_name(first.component) ==
                                        names.schema_name(struct.component)):
                struct.same = first

    def agree(self, a, b):
        def same(x, y):
            if x[0] == "struct":
                return y[0] == "struct" and x[1].real() is y[1].real()
            return x[0] == y[0] and (len(x) == 1 or x[0] == "enum" and x[1] is y[1] or
                                     x[0] in ("vector", "map") and same(x[1], y[1]))
        return all(not m.required and not m.nullable and same(m.type, n.type) for m, n in zip(a.members, b.members))


def content(struct):
    def of(type):
        if type[0] == "struct":
            return ("struct", id(type[1].real()))
        if type[0] == "enum":
            return ("enum", id(type[1]))
        return (type[0],) + tuple(of(t) for t in type[1:])
    return tuple((m.wire, m.required and not m.doubtful, m.nullable, m.also, m.wished, of(m.type)) for m in struct.members)


def published_examples(media):
    found = []
    if "example" in media:
        found.append(media["example"])
    for e in (media.get("examples") or {}).values():
        if isinstance(e, dict) and "value" in e:
            found.append(e["value"])
    schema = media.get("schema") or {}
    if "example" in schema:
        found.append(schema["example"])
    return found
