"""Gives every struct, enumeration and member of a family its name, and says what is nested where."""

import collections

from . import names
from .model import Struct


def structs_in(type):
    if type[0] == "struct":
        yield type[1].real()
    for inner in type[1:]:
        if isinstance(inner, tuple):
            yield from structs_in(inner)


def enums_in(type):
    if type[0] == "enum":
        yield type[1]
    for inner in type[1:]:
        if isinstance(inner, tuple):
            yield from enums_in(inner)


def name_all(model, defects):
    family = model.family
    taken = {"response", "body_type", "operations", family.name}
    for op in model.operations:
        if op.name in taken:
            defects.add(f"{op.where}: the name {op.name} is taken in its family; give it another")
        taken.add(op.name)
    model.used = used_structs(model)
    nest(model)
    name_structs(model, taken)
    name_enums(model, taken)
    for op in model.operations:
        inner = {op.name, "response", "endpoint", "body_type"}
        for p in op.parameters:
            p.name = names.safe(p.wished) if p.wished else names.snake(p.wire)
            if p.name in inner and p.place == "query":
                p.name = "query_" + p.name   # the same name in the path and in the query
            p.name = names.unique(p.name, inner)
            inner.add(p.name)
        op.body_name = names.unique("body", inner)
    for struct in model.used:
        name_members(struct)


def used_structs(model):
    """The structs that some operation reaches, inner ones first, in the order of the operations."""
    found, done = [], set()

    def visit(struct, user):
        if user not in struct.users:
            struct.users.append(user)
            user.losses |= struct.losses
        for m in struct.members:
            for inner in structs_in(m.type):
                visit(inner, user)
        if id(struct) not in done:
            done.add(id(struct))
            found.append(struct)

    for op in model.operations:
        op.roots = []
        for type in [p.type for p in op.parameters] + [op.body or ("none",), op.response]:
            for struct in structs_in(type):
                visit(struct, op)
                op.roots.append(struct)
    return found


def nest(model):
    uses = {}
    for struct in model.used:
        for m in struct.members:
            for inner in structs_in(m.type):
                uses[id(inner)] = uses.get(id(inner), 0) + 2
    for op in model.operations:
        for struct in op.roots:
            uses[id(struct)] = uses.get(id(struct), 0) + 1
    for op in model.operations:
        for place, type in (("body_type", op.body), ("response", op.response)):
            if type and type[0] == "struct" and uses[id(type[1].real())] == 1:
                type[1].real().nested = (op, place)
                type[1].real().name = names.safe(op.change.get("body_name", place)) if place == "body_type" else place


def name_structs(model, taken):
    both, operations = {}, {op.name for op in model.operations}
    free = [struct for struct in model.used if not struct.nested]
    for struct in free:
        both.setdefault(id(struct.schema), set()).add(struct.mode)
    bases = {id(struct): base_name(model, struct, 1) for struct in free}
    for depth in (2, 3, 4):   # those without a name of their own are told apart by what they are in
        count = collections.Counter(bases.values())
        for struct in free:
            if not struct.wished and not struct.component and count[bases[id(struct)]] > 1 and len(both[id(struct.schema)]) == 1:
                bases[id(struct)] = base_name(model, struct, depth)
    answers = {bases[id(struct)] for struct in free if struct.mode == "out"}
    for struct in free:
        base = bases[id(struct)]
        if struct.mode == "in" and ("out" in both[id(struct.schema)] or base in answers and not struct.wished):
            base = base.rstrip("_") + "_input"
        if base in operations:
            base = base.rstrip("_") + ("_body" if struct.mode == "in" else "_result")
        if base in {names.snake(m.wire) for m in struct.members}:
            base = base.rstrip("_") + "_data"   # a struct may not have a member of its own name
        struct.name = names.unique(base, taken)
        taken.add(struct.name)


def base_name(model, struct, depth):
    if struct.wished:
        return names.safe(struct.wished)
    if struct.component:
        name = names.schema_name(struct.component)
        return names.singular(name) if name == model.family.name else name
    owner, *path = struct.owner.split(" ")
    if owner not in {op.name for op in model.operations}:
        owner = names.schema_name(owner)
    inner = [names.snake(word).rstrip("_") for word in [*path, struct.member] if word not in ("body", "response")][-depth:]
    return names.safe("_".join([owner.rstrip("_"), *inner]))


def name_enums(model, taken):
    used = []
    for struct in model.used:
        for m in struct.members:
            used += enums_in(m.type)
    for op in model.operations:
        for p in op.parameters:
            used += enums_in(p.type)
        used += enums_in(op.body or ("none",))
        used += enums_in(op.response)
    model.used_enums = list(dict.fromkeys(used))
    named = {}
    for s in sorted(model.used, key=lambda s: s.mode == "in"):   # a body of an operation and its answer by the operation
        named.setdefault(s.title(), s.nested[0].name if s.nested else s.name)
    for enum in model.used_enums:
        owners = list(dict.fromkeys(named.get(owner, owner) for owner, _ in enum.places))
        member = min((names.singular(names.snake(member)).rstrip("_") for _, member in enum.places),
                     key=lambda word: (word in ("code", "type", "id", "name"), len(word)))
        own = f"{owners[0].rstrip('_')}_{member}"
        if len(owners) > 1:
            own = f"{member}_choice" if f"{member}_choice" not in taken else own
        enum.name = names.unique(names.safe(own), taken)
        taken.add(enum.name)
        inner = {"names", "is_known", "open_enum", "enumeration", "text", enum.name}
        for value in enum.values:
            name = names.snake(value, enum.places[0][1]) if value else "empty"
            if name in inner and name not in {n for n, _ in enum.constants}:
                name += "_"
            name = names.unique(name, inner | {n for n, _ in enum.constants})
            enum.constants.append((name, value))


def name_members(struct):
    inner = {"fields", struct.name}
    for m in sorted(struct.members, key=lambda m: m.wire.startswith("_")):
        m.name = names.safe(m.wished) if m.wished else names.snake(m.wire, struct.owner.split(" ")[-1])
        if not m.wished and m.name in inner | {names.as_written(other.wire) for other in struct.members if other is not m}:
            m.name = names.as_written(m.wire)   # beside the same word rightly spelt
        if m.name in ("fields", struct.name):
            m.name += "_"
        if m.name in inner and m.wire.startswith("_"):
            m.name = "underscore_" + m.name
        m.name = names.unique(m.name, inner)
        inner.add(m.name)
