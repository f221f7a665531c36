"""Programs that decode every published example of a response and encode every one of a request, one a family.

They are built from the published files and are never committed."""

import json

from . import cpp
from .model import is_described, published_examples


def fits(type, value):
    kind = type[0]
    if kind in ("string", "enum"):
        return isinstance(value, str)
    if kind == "bool":
        return isinstance(value, bool)
    if kind in ("double", "integer"):
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return number and (kind == "double" or float(value).is_integer())
    if kind == "vector":
        return isinstance(value, list) and all(fits(type[1], v) for v in value)
    if kind == "map":
        return isinstance(value, dict) and all(fits(type[1], v) for v in value.values())
    if kind == "struct":
        return isinstance(value, dict)
    return kind in ("json", "file")


class Examples:
    def __init__(self, model):
        self.model = model
        self.contradicting = 0   # values in examples of requests that are of another type than described

    # ---- what the description shows of a response or of a body ----

    def sample(self, schema, depth=0):
        s, _, _ = self.model.resolve(schema)
        if "example" in s:
            return s["example"]
        if "example" in schema:
            return schema["example"]
        kind = s.get("type") or ("object" if s.get("properties") else "array" if "items" in s else None)
        if kind == "object" and s.get("properties"):
            shown = {}
            for wire, inner in s["properties"].items():
                shown[wire] = inner["example"] if "example" in inner else self.sample(inner, depth + 1)
            return shown
        if kind == "object":
            return {"key": self.sample(s["additionalProperties"])} if is_described(s.get("additionalProperties") or {}) else {}
        if kind == "array":
            return [self.sample(s["items"], depth + 1)] if is_described(s.get("items") or {}) else []
        values = s.get("enum")
        if values:
            return values[0][0] if isinstance(values[0], list) else values[0]
        return {"string": "text", "number": 1, "integer": 1, "boolean": True}.get(kind, {})

    # ---- the example of a request, as an expression ----

    def default(self, type):
        kind = type[0]
        if kind == "struct":
            return self.written(type, {})
        if kind == "enum":
            return self.written(type, type[1].values[0])
        if kind in ("json", "file"):
            return self.written(type, {})
        return self.written(type, {"string": "text", "bool": True, "double": 1, "integer": 1, "vector": [], "map": {}}[kind])

    def written(self, type, value):
        """(an expression of C++, the JSON that is expected of it)"""
        family, kind = self.model.family, type[0]
        name = self.qualified(type)
        if kind == "string":
            return f"std::string{{{literal(value)}}}", value
        if kind == "bool":
            return ("true" if value else "false"), value
        if kind == "integer":
            return f"std::int64_t{{{int(value)}}}", int(value)
        if kind == "double":
            return repr(float(value)), shortest(value)
        if kind == "json":
            return f"ghl::json_value::parse({literal(json.dumps(value))}).value()", value
        if kind == "file":
            return 'ghl::file{.name = "a.txt", .bytes = "bytes"}', value
        if kind == "enum":
            return f"{name}{{{literal(value)}}}", value
        if kind == "vector":
            parts = [self.written(type[1], v) for v in value]
            return f"{name}{{{', '.join(p[0] for p in parts)}}}", [p[1] for p in parts]
        if kind == "map":
            parts = {k: self.written(type[1], v) for k, v in sorted(value.items())}
            inner = ", ".join(f"{{{literal(k)}, {p[0]}}}" for k, p in parts.items())
            return f"{name}{{{inner}}}", {k: p[1] for k, p in parts.items()}
        struct = type[1].real()
        plain = struct.mode == "in" and not struct.shared
        expected, texts = {}, []
        for m in cpp.members_of(struct):
            given = value.get(m.wire)
            if given is not None and not fits(m.type, given):
                self.contradicting += 1
                given = None
            if given is None and not (plain and m.required):
                continue
            text, json_value = self.default(m.type) if given is None else self.written(m.type, given)
            texts.append(f".{m.name} = {text}")
            expected[m.wire] = json_value
        return f"{name}{{{', '.join(texts)}}}", expected

    # ---- a call ----

    def call(self, op):
        """An expression of the request with all parameters, and all members of the body itself."""
        given = [f".{p.name} = {self.argument(p.type, p.wire)}" for p in op.parameters if p.required]
        if op.body:
            value = self.whole(op.body) if op.body[0] == "struct" else {"one": {}} if op.body[0] == "map" else {}
            given.append(f".{op.body_name} = {self.written(op.body, value)[0]}")
        given += [f".{p.name} = {self.argument(p.type, p.wire)}" for p in op.parameters if not p.required]
        return f"ghl::{self.model.family.namespace}::{op.name}{{{', '.join(given)}}}"

    def argument(self, type, wire):
        if type[0] == "string":
            return self.written(type, f"{wire} /?&=\u00fc")[0]   # nothing in it may be taken for a part of the URL
        if type[0] == "vector":
            return f"{self.qualified(type)}{{{self.argument(type[1], wire + '1')}, {self.argument(type[1], wire + '2')}}}"
        return self.default(type)[0]

    def whole(self, type):
        def value(t):
            return {"struct": {}, "json": {}, "file": {}, "string": "text", "bool": True, "double": 1.5, "integer": 7,
                    "vector": None, "map": None, "enum": None}[t[0]]
        found = {}
        for m in type[1].real().members:
            if m.type[0] == "vector":
                found[m.wire] = [m.type[1][1].values[0] if m.type[1][0] == "enum" else value(m.type[1])] \
                    if m.type[1][0] not in ("vector", "map") else []
            elif m.type[0] == "map":
                found[m.wire] = {"one": value(m.type[1])} if m.type[1][0] in ("string", "file", "json") else {}
            else:
                found[m.wire] = m.type[1].values[0] if m.type[0] == "enum" else value(m.type)
        return found

    def qualified(self, type):
        family = self.model.family
        if type[0] == "struct":
            struct = type[1].real()
            inner = f"{struct.nested[0].name}::{struct.name}" if struct.nested else struct.name
            return f"ghl::{family.namespace}::{inner}"
        if type[0] == "enum":
            return f"ghl::{family.namespace}::{type[1].name}"
        if type[0] == "vector":
            return f"std::vector<{self.qualified(type[1])}>"
        if type[0] == "map":
            return f"std::unordered_map<std::string, {self.qualified(type[1])}>"
        return cpp.PLAIN[type[0]]


def shortest(number):
    """The number as it is written: 220.0 is 220."""
    return int(number) if float(number).is_integer() and abs(number) < 1e15 else number


def literal(text):
    """A string literal of C++: what JSON writes, but for the escapes of code points beyond ASCII."""
    written = []
    for c in text:
        if c in '"\\':
            written.append("\\" + c)
        elif c == "?":
            written.append("\\?")
        elif " " <= c <= "~":
            written.append(c)
        else:
            written.extend(f"\\{byte:03o}" for byte in c.encode("utf-8", "surrogatepass"))
    return '"' + "".join(written) + '"'


def responses_of(model, op, examples):
    if op.response[0] in ("none", "bytes") or op.response_schema is None:
        return []
    media = model.response_media(op.described)
    shown = [e for m in media for e in published_examples(m)]
    return shown + [examples.sample(op.response_schema)]


def requests_of(model, op, examples):
    if op.body is None or op.body_kind != "body":
        return []
    shown = [e for e in published_examples(op.body_media) + [examples.sample(op.body_schema)] if fits(op.body, e)]
    return [examples.written(op.body, e) for e in shown]


def write(model, folder):
    family = model.family
    examples = Examples(model)
    calls = []
    for op in model.operations:
        name = f"ghl::{family.namespace}::{op.name}"
        for n, example in enumerate(responses_of(model, op, examples)):
            calls.append(f"  read<{name}>(\"{family.namespace}::{op.name}\", {literal(json.dumps(example))});")
        calls.append(f"  call({literal(op.where)}, {examples.call(op)});")
        for expression, expected in requests_of(model, op, examples):
            calls.append(f"  write(\"{family.namespace}::{op.name}\", {expression},\n        {literal(json.dumps(expected))});")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{family.version}_{family.name}.cpp"
    header = f"ghl/api/{'v3/' if family.version == 'v3' else ''}{family.name}.hpp"
    file.write_text(f"// Made by tests/operations/generate from the published examples of {family.stem}.\n"
                    f"#include <{header}>\n\n#include \"examples.hpp\"\n\n#include <string>\n#include <unordered_map>\n#include <vector>\n\n"
                    "int main() {\n" + "\n".join(calls) +
                    f"\n  return told(\"{family.version} {family.name}\", {examples.contradicting});\n}}\n")
