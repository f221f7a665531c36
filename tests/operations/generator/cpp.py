"""Prints a family as a header in the style of those that were written by hand."""

import json
import re

from . import pages as pages_of
from .model import SECRETS
from .naming import enums_in, structs_in

WIDTH = 120
SITE = "https://marketplace.gohighlevel.com/docs/ghl"
METHODS = {"GET": "get", "POST": "post", "PUT": "put", "PATCH": "patch", "DELETE": "del"}
PLAIN = {"string": "std::string", "bool": "bool", "double": "double", "integer": "std::int64_t",
         "json": "ghl::json_value", "file": "ghl::file"}
INCLUDES = [("std::int64_t", "cstdint"), ("std::optional", "optional"), ("std::string ", "string"),
            ("std::string>", "string"), ("std::string,", "string"), ("std::string_view", "string_view"),
            ("std::string;", "string"), ("std::unordered_map", "unordered_map"), ("std::vector", "vector")]

MASKED = "XXX"  # stands for what was taken out of a published example, which says nothing then


def quoted(text):
    return json.dumps(text)


def type_text(type, family, hidden=()):
    if type[0] in PLAIN:
        return PLAIN[type[0]]
    if type[0] == "vector":
        return f"std::vector<{type_text(type[1], family, hidden)}>"
    if type[0] == "map":
        return f"std::unordered_map<std::string, {type_text(type[1], family, hidden)}>"
    named = type[1].real() if type[0] == "struct" else type[1]
    return f"ghl::{family.namespace}::{named.name}" if named.name in hidden else named.name


def example_text(name, type, example, deprecated=False):
    if isinstance(example, list) and type[0] == "vector":
        example, type = next((e for e in example if isinstance(e, str)), None), type[1]
    shown = ""
    if isinstance(example, str) != (type[0] in ("string", "enum")):
        example = None
    if isinstance(example, str) and MASKED in example.upper():
        example = None
    if isinstance(example, str) and example.strip() not in ("", "string", "text") and not SECRETS.search(name):
        shown = json.dumps(example)
        if len(shown) > 60:
            shown = ""
    elif isinstance(example, (int, float)) and not isinstance(example, bool):
        shown = json.dumps(example)
    if deprecated:
        shown = f"deprecated{', ' if shown else ''}{shown}"
    return shown


def filled(lead, parts, indent, tail):
    """The parts, joined by ', ', in lines of the width."""
    pieces = [part + ("," if i + 1 < len(parts) else tail) for i, part in enumerate(parts)]
    lines, line = [], lead
    for i, piece in enumerate(pieces):
        if indent + len(piece) > WIDTH and ", &" in piece:   # a word whose names are long has two lines
            name, member = piece.split(", &", 1)
            if line.strip() and line != lead:
                lines.append(line)
                line = " " * indent
            lines.append(line + name + ",")
            inner = indent + name.index("(") + 1
            line = " " * min(inner, WIDTH - len(member) - 1) + "&" + member
            continue
        if line != lead and len(line) + 1 + len(piece) > WIDTH:
            lines.append(line)
            line = " " * indent + piece
        elif line == lead:
            line += piece
        else:
            line += " " + piece
    return lines + [line]


def declared(rows, indent):
    """Declarations and their comments, aligned where they fit."""
    pad = " " * indent
    column = max([len(d) for d, c in rows if c and len(d) < 70], default=0)
    lines = []
    for declaration, comment in rows:
        line = pad + declaration
        if comment:
            commented = pad + declaration.ljust(column) + "  ///< " + comment
            if len(commented) > WIDTH:
                commented = line + "  ///< " + comment
            if len(commented) <= WIDTH:
                line = commented
        lines.append(line)
    return lines


def members_of(struct):
    if struct.mode == "in" and not struct.shared:
        return sorted(struct.members, key=lambda m: not m.required)
    return struct.members


def member_declaration(struct, m, family, hidden):
    text = type_text(m.type, family, hidden)
    if struct.mode == "in" and not struct.shared:
        if m.required:
            if m.nullable:
                return f"ghl::required<ghl::nullable<{text}>> {m.name};"
            return f"{text} {m.name};" if m.type[0] == "struct" else f"ghl::required<{text}> {m.name};"
        return f"{'ghl::nullable' if m.nullable else 'std::optional'}<{text}> {m.name}{{}};"
    if is_optional(struct, m):
        return f"std::optional<{text}> {m.name}{'{}' if struct.shared else ''};"
    return f"{text} {m.name}{ {'bool': ' = false', 'double': ' = 0', 'integer': ' = 0'}.get(m.type[0], '')};"


def is_optional(struct, m):
    return not m.required or m.nullable or m.doubtful


def struct_lines(struct, family, indent, hidden=()):
    pad = " " * indent
    hidden = set(hidden) | {m.name for m in struct.members}
    lines = [f"{pad}struct {struct.name} {{"]
    rows = [(member_declaration(struct, m, family, hidden), example_text(m.wire, m.type, m.example, m.deprecated))
            for m in members_of(struct)]
    lines += declared(rows, indent + 2) + [""]
    fields = []
    for m in members_of(struct):
        also = f", ghl::also{{{quoted(m.also)}}}" if m.also else ""
        fields.append(f"ghl::field({quoted(m.wire)}, &{struct.name}::{m.name}{also})")
    one = f"{pad}  static consteval auto fields() {{ return ghl::fields({', '.join(fields)}); }}"
    if len(one) <= WIDTH:
        lines.append(one)
    else:
        lead = f"{pad}    return ghl::fields("
        lines += [f"{pad}  static consteval auto fields() {{"] + filled(lead, fields, len(lead), ");") + [f"{pad}  }}"]
    lines += filled(f"{pad}  friend bool operator==(", [f"const {struct.name}&"] * 2, indent + 25, ") = default;")
    return lines + [f"{pad}}};"]


def enum_lines(enum):
    pairs = [f"{name} = {quoted(value)}" for name, value in enum.constants]
    head = f"struct {enum.name} : ghl::open_enum<{enum.name}> {{"
    lines = [head] if len(head) <= WIDTH else [f"struct {enum.name}", f"    : ghl::open_enum<{enum.name}> {{"]
    lines.append("  using open_enum::open_enum;")
    lines += filled("  static constexpr std::string_view ", pairs, 6, ";")
    one = f"  static constexpr auto names() {{ return ghl::names({', '.join(n for n, _ in enum.constants)}); }}"
    if len(one) <= WIDTH:
        lines.append(one)
    else:
        lead = "    return ghl::names("
        lines += ["  static constexpr auto names() {"] + filled(lead, [n for n, _ in enum.constants], len(lead), ");") + ["  }"]
    return lines + ["};"]


def response_text(op, family, hidden):
    kind = op.response[0]
    if kind == "none":
        return "ghl::no_content"
    if kind == "maybe":
        return "std::optional<ghl::json_value>"
    if kind == "bytes":
        return "std::string"
    return type_text(op.response, family, hidden)


def operation_lines(op, family, defects):
    hidden = {p.name for p in op.parameters} | ({op.body_name} if op.body else set())
    call = f"{op.method} {reference_path(op.path)}{'. Deprecated.' if op.deprecated else ''}"
    lines = [f"/// {op.title}: {call}"] if len(op.title + call) + 6 <= WIDTH else [f"/// {op.title}:", f"/// {call}"]
    lines += [f"/// {reference_page(family, op)}", f"struct {op.name} {{"]
    if op.body and op.body[0] == "struct" and op.body[1].real().nested:
        lines += struct_lines(op.body[1].real(), family, 2, hidden) + [""]
    elif op.body and "body_name" in op.change:
        lines += [f"  using {op.change['body_name']} = {type_text(op.body, family, hidden)};", ""]
    rows = []
    given = [p for p in op.parameters if p.required]
    optional = [p for p in op.parameters if not p.required]
    for p in given:
        rows.append((f"ghl::required<{type_text(p.type, family, hidden)}> {p.name};", example_text(p.wire, p.type, p.example)))
    if op.body:
        text = type_text(op.body, family, hidden)
        if not op.body_required:
            row = f"std::optional<{text}> {op.body_name}{{}};"
        elif op.body[0] == "struct":
            row = f"{text} {op.body_name};"
        else:
            row = f"ghl::required<{text}> {op.body_name};"
        rows.insert(len(rows) if op.body_required else len(rows), (row, ""))
    for p in optional:
        text = type_text(p.type, family, hidden)
        rows.append((f"std::optional<{text}> {p.name}{{}};", example_text(p.wire, p.type, p.example)))
    lines += declared(rows, 2)
    if rows:
        lines.append("")
    if op.response[0] == "struct" and op.response[1].real().nested:
        lines += struct_lines(op.response[1].real(), family, 2, hidden)
    else:
        lines.append(f"  using response = {response_text(op, family, hidden)};")
    pages = pages_of.word(op, family, hidden, defects)
    op.in_pages = pages is not None
    lines += [""] + descriptor_lines(op, pages) + ["};"]
    return lines


def reference_path(path):
    return path.replace("{", ":").replace("}", "")


def reference_page(family, op):
    """The site names a page for the operationId, its words of letters and of digits joined by hyphens."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", op.id)
    return f"{SITE}/{family.page}/{'-'.join(words).lower()}"


def descriptor_lines(op, pages):
    words = []
    if op.version:
        words.append(f"ghl::version({quoted(op.version)})")
    words += [f"ghl::scope({quoted(s)})" for s in op.scopes]
    words += [f"ghl::token::{t}" for t in op.tokens]
    if op.oauth_only:
        words.append("ghl::oauth_only")
    for p in op.parameters:
        extra = ", ghl::commas" if p.commas else ""
        words.append(f"ghl::{p.place}({quoted(p.wire)}, &{op.name}::{p.name}{extra})")
    if op.body:
        words.append(f"ghl::{op.body_kind}(&{op.name}::{op.body_name})")
    lead = "    return ghl::endpoint("
    path = quoted(reference_path(op.path)) + ","
    head = f"{lead}{quoted(op.title)}, ghl::method::{METHODS[op.method]}, {path}"
    if len(head) > WIDTH:
        head = [f"{lead}{quoted(op.title)}, ghl::method::{METHODS[op.method]},",
                path.rjust(min(len(lead) + len(path), WIDTH))]
    else:
        head = [head]
    lines = head + filled(" " * len(lead), words, len(lead), "," if pages else ");")
    if pages:
        word = " " * len(lead) + pages[0]
        lines += filled(word, pages[1], len(word), "));")
    return ["  static consteval auto endpoint() {"] + lines + ["  }"]


def header(model, publication):
    family = model.family
    title = family.document["info"]["title"].replace(" API", "").replace("APIs", "").strip()
    title = title.encode("ascii", "ignore").decode().replace("_", " ").strip()
    body, done = [], set()

    def emit_enum(enum):
        if id(enum) not in done:
            done.add(id(enum))
            body.extend(enum_lines(enum) + [""])

    def emit(struct):
        if id(struct) in done:
            return
        done.add(id(struct))
        for m in struct.members:
            for inner in enums_in(m.type):
                emit_enum(inner)
            for inner in structs_in(m.type):
                emit(inner)
        if not struct.nested:
            body.extend(struct_lines(struct, family, 0) + [""])

    for op in model.operations:
        for type in [p.type for p in op.parameters] + [op.body or ("none",), op.response]:
            for enum in enums_in(type):
                emit_enum(enum)
        for struct in op.roots:
            emit(struct)
        body.extend(operation_lines(op, family, model.defects) + [""])
    lead = "using operations = ghl::operation_list<"
    body.append("/// All of them: ghl::catalogue takes such a list.")
    body += filled(lead, [op.name for op in model.operations], len(lead), ">;")
    text = "\n".join(body)
    std = sorted({name for sign, name in INCLUDES if sign in text})
    own = ["ghl/endpoint.hpp"] + (["ghl/json_kit/json_value.hpp"] if "ghl::json_value" in text else [])
    opening = "".join(f"namespace {n} {{ " for n in family.namespace.split("::")).strip()
    closing = "}" * (2 + len(family.namespace.split("::")))
    lines = [f"/// {title}: {SITE}/{family.page}",
             f"/// As HighLevel published it in {publication}; generated by tests/operations/generate, so do not edit. Including it "
             "costs",
             "/// little: a call checks the descriptor that it uses, and the tests check all of them.",
             "#pragma once", "", "#include <ghl/detail/language.hpp>", ""]
    lines += [f"#include <{i}>" for i in own] + [""]
    if std:
        lines += [f"#include <{i}>" for i in std] + [""]
    lines += [f"namespace ghl {{ inline namespace v0 {{ {opening}", ""]
    return "\n".join(lines) + "\n" + text + f"\n\n{closing}  // namespace ghl::v0::{family.namespace}\n"
