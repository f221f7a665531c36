"""Names of C++ for the names of the description, by rules that do not depend on the order of anything."""

import pathlib
import re

KEYWORDS = set("""
alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class compl concept
const consteval constexpr constinit const_cast continue co_await co_return co_yield decltype default delete do double
dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace new
noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires return short
signed sizeof static static_assert static_cast struct switch template this thread_local throw true try typedef typeid
typename union unsigned using virtual void volatile wchar_t while xor xor_eq
final override import module
std ghl errno assert stdin stdout stderr NULL EOF
""".split())


def macros_of_platforms():
    """What tests/hostile_macros.hpp defines: a member of that name would not compile after such a header."""
    text = (pathlib.Path(__file__).parents[2] / "hostile_macros.hpp").read_text()
    return set(re.findall(r"^#define (\w+)", text, re.M))


RESERVED = KEYWORDS | macros_of_platforms()


# Names of things whose capitals are no beginnings of words.
TOGETHER = re.compile(r"\b(linked in|you tube|tik tok|what s app|whats app|r rule|r rules|pay pal|text2 pay|high level|"
                      r"o auth2?|a2 p|a two p|go kollab|woo commerce)\b")
# Words that the description misspells; on the wire they stay as they are.
SPELLING = {"buiseness": "business", "cantacts": "contacts", "codebody": "code_body", "contect": "contact",
            "formated": "formatted", "loginas": "login_as", "maritial": "marital", "monetory": "monetary",
            "sequance": "sequence", "succeded": "succeeded", "totalamount": "total_amount"}


def as_written(text):
    """The name in snake_case, misspelt where the text is."""
    return safe("_".join(words(text, spelling={})))


def words(text, spelling=SPELLING):
    """The words of an identifier in any style, in small letters: 'getHTMLById-v2' gives get, html, by, id, v2."""
    text = re.sub(r"[^A-Za-z0-9]+", " ", text)
    text = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", text)
    text = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", text)
    found = TOGETHER.sub(lambda m: m.group().replace("two", "2").replace(" ", ""), text.lower()).split()
    return [right for word in found for right in spelling.get(word, word).split("_")]


def snake(text, before_digit="n"):
    """A name in snake_case that is no keyword and no macro; before a digit it has the last word of what it is one of."""
    name = "_".join(words(text)) or "empty"
    if name[0].isdigit():
        name = f"{singular('_'.join(words(before_digit)[-1:])).rstrip('_')}_{name}"
    return safe(name)


def safe(name):
    return name + "_" if name in RESERVED else name


def unique(name, taken):
    """The name, or the name with the first number that makes it another than those taken."""
    if name not in taken:
        return name
    number = 2
    while f"{name.rstrip('_')}_{number}" in taken:
        number += 1
    return f"{name.rstrip('_')}_{number}"


# What a schema's name says about the program that it was taken from, and nothing about the thing.
NOISE = {"dto", "dtos", "interface", "schema", "schemas", "successful", "successfull", "successfully", "v3"}


def schema_name(component):
    kept = [w for w in words(re.sub(r"PublicV[12]|V[12]Public", "", component)) if w not in NOISE]
    if len(kept) > 1 and kept[0] == "i":   # the I of an interface
        kept = kept[1:]
    while len(kept) > 1 and kept[-1] in ("req", "request", "params", "model"):
        kept.pop()
    kept = ["response" if w in ("res", "resp") else w for w in kept]
    if len(kept) > 1 and kept[0] == "get" and kept[-1] != "response":   # what it is, not where it comes from
        kept = kept[1:]
        if len(kept) > 2 and kept[-2:] == ["by", "id"]:
            kept = kept[:-2]
    return safe("_".join(kept)) if kept else snake(component)


def singular(name):
    name = name.rstrip("_")
    if name.endswith("ies") and len(name) > 4:
        return safe(name[:-3] + "y")
    if name.endswith(("sses", "xes", "ches", "shes")):
        return safe(name[:-2])
    if name.endswith("s") and not name.endswith(("ss", "us", "is")):
        return safe(name[:-1])
    return safe(name)
