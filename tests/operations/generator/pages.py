"""The word that says how the pages of a list follow each other: by rule where request and response leave no doubt."""

SKIPS, SIZES = ("skip", "offset"), ("limit", "pageSize", "pageLimit")


class Place:
    """A member that a word names: of the operation, of its body, or of its response, one level deep."""

    def __init__(self, owner, name, inside=None):
        self.owner, self.name, self.inside = owner, name, inside   # inside: (struct's name, member's name)

    def written(self):
        if self.inside is None:
            return f"&{self.owner}::{self.name}"
        return f"ghl::member(&{self.owner}::{self.name}, &{self.inside[0]}::{self.inside[1]})"


def request_members(op):
    """(name on the wire, its type, where it is)"""
    found = [(p.wire, p.type, Place(op.name, p.name)) for p in op.parameters if p.place == "query"]
    if op.body and op.body[0] == "struct":
        struct = op.body[1].real()
        found += [(m.wire, m.type, Place(op.name, op.body_name, (struct.name, m.name))) for m in struct.members]
    return found


def response_members(op, family, hidden):
    """(path on the wire, its type, where it is)"""
    if op.response[0] != "struct":
        return
    for m in op.response[1].real().members:
        yield m.wire, m.type, Place("response", m.name)
        if m.type[0] == "struct":
            inner = m.type[1].real()
            owner = f"ghl::{family.namespace}::{inner.name}" if inner.name in hidden else inner.name
            for n in inner.members:
                yield f"{m.wire}.{n.wire}", n.type, Place("response", m.name, (owner, n.name))


def word(op, family, hidden, defects):
    """The word and its arguments, or None."""
    change = op.change.get("pages", {})
    if change is None:
        return None
    members = list(response_members(op, family, hidden))
    lists = {path: place for path, type, place in members if type[0] == "vector"}
    request = {wire: (type, place) for wire, type, place in request_members(op)}
    where = {path: place for path, _, place in members}

    positions = [wire for wire in request if wire in SKIPS or wire == "page" and request[wire][0][0] == "integer"]
    if "cursor" in change:
        steps = []
        for to, source in change["cursor"]:
            if source.startswith("last "):
                item = next(t for p, t, _ in members if p == change["items"])[1][1].real()
                name = next(m.name for m in item.members if m.wire == source[5:])
                steps += [request[to][1].written(), f"ghl::last(&{item.name}::{name})"]
            else:
                steps += [request[to][1].written(), where[source].written()]
        return "ghl::by_cursor(", [*steps, where[change["items"]].written()]
    if len(positions) != 1:
        if len(positions) > 1 and (lists or op.response[0] == "vector"):
            defects.add(f"{op.where}: pages by {' and '.join(positions)}; which is it?")
        return None
    if "items" in change:
        items = lists[change["items"]].written()
    elif op.response[0] == "vector":
        items = "ghl::whole_response"
    elif len(lists) == 1:
        items = next(iter(lists.values())).written()
    else:
        if lists:
            defects.add(f"{op.where}: in pages, and which list has the items: {', '.join(lists)}?")
        return None
    sizes = [request[wire][1].written() for wire in SIZES if wire in request]
    way = "by_skip" if positions[0] in SKIPS else "by_page"
    if "first" in change:
        way += f"<{change['first']}>"
    return f"ghl::{way}(", [request[positions[0]][1].written(), *sizes[:1], items]
