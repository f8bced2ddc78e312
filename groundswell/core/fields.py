"""What is wrong with the fields of a file people write (TOML, YAML): where, what stands there, what is allowed."""

import re

import msgspec
from msgspec import inspect

from groundswell.core.errors import nearest

_FIELD = re.compile(r"([a-z_]+): ")
"""How what a check of the fields together says begins, where it is of one of them."""
_AT = re.compile(r" - at `\$(.*)`$")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_ENUM = re.compile(r"Invalid enum value (.*)")
_TYPE = re.compile(r"Expected `[^`]*`, got `(\w+)`")
_LEAST = re.compile(r"Expected `int` >= (\d+)")
_LENGTH = re.compile(r"Expected `array` of length (\d+), got (\d+)")
_GOT = {
    "str": "text",
    "int": "a number",
    "float": "a number",
    "null": "nothing",
    "array": "a list",
    "object": "a block of fields",
    "date": "a day",
    "datetime": "a time",
    "bool": "true or false",
}


def in_words(error: msgspec.MsgspecError, kind: type[msgspec.Struct]) -> str:
    """The line of a file that is no `kind`: the field, what it is and what it may be; of none at all, where it ends."""
    text = str(error)
    if not isinstance(error, msgspec.ValidationError):
        return f"{text}; put text in quotes, and close every bracket and quote"
    at = _AT.search(text)
    said = _AT.sub("", text)
    steps = _STEP.findall(at[1]) if at else []
    place = ", ".join(name or (f"entry {int(number) + 1}" if number.isdigit() else "a value") for name, number in steps)
    wanted = _wanted(inspect.type_info(kind), steps)
    if _FIELD.match(said):
        return ", ".join(filter(None, (place, said)))
    where = f"{place}: " if place else ""
    if said == "Invalid RFC3339 encoded date":
        return f"{where}a day, as 2022-05-17, is expected"
    if found := _UNKNOWN.match(said):
        return f"{where}unknown field '{found[1][:40]}'; {nearest(found[1], _names(wanted))}"
    if found := _MISSING.match(said):
        return f"{where}the field '{found[1]}' is missing"
    if (found := _ENUM.match(said)) and isinstance(wanted, inspect.EnumType | inspect.LiteralType):
        return f"{where}{found[1][:60]} is none of: {_values(wanted)}"
    if (found := _TYPE.match(said)) and (expected := _expected(wanted)):
        return f"{where}{expected} is expected, not {_GOT.get(found[1], found[1])}"
    if found := _LEAST.match(said):
        return f"{where}a whole number from {found[1]} up is expected"
    if found := _LENGTH.match(said):
        return f"{where}a list of {found[1]} is expected, not of {found[2]}"
    return where + said


def steps_of(error: msgspec.MsgspecError) -> tuple[str | int, ...]:
    """The way from the root of the file to the field an error is of: names, and numbers in a list, the first being 0."""
    text = str(error)
    at = _AT.search(text)
    steps = [int(number) if number.isdigit() else name or number for name, number in _STEP.findall(at[1] if at else "")]
    field = _UNKNOWN.match(text) or _FIELD.match(text)
    return (*steps, field[1]) if field else tuple(steps)


def _wanted(kind: inspect.Type, steps: list[tuple[str, str]]) -> inspect.Type:
    """The type of what stands at `steps`, None not counted; of the deepest that is known."""
    if isinstance(kind, inspect.UnionType):
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    if not steps:
        return kind
    (name, number), rest = steps[0], steps[1:]
    if isinstance(kind, inspect.StructType):
        return _wanted(next(field.type for field in kind.fields if field.encode_name == name), rest)
    if isinstance(kind, inspect.VarTupleType):
        return _wanted(kind.item_type, rest)
    if isinstance(kind, inspect.TupleType):
        return _wanted(kind.item_types[int(number)], rest)
    return _wanted(kind.value_type, rest) if isinstance(kind, inspect.DictType) else kind


def _names(kind: inspect.Type) -> list[str]:
    return [field.encode_name for field in kind.fields] if isinstance(kind, inspect.StructType) else []


def _values(kind: inspect.EnumType | inspect.LiteralType) -> str:
    values = [member.value for member in kind.cls] if isinstance(kind, inspect.EnumType) else kind.values
    return ", ".join(str(value) for value in values if value != "")


def _expected(kind: inspect.Type) -> str | None:
    if isinstance(kind, inspect.StructType):
        return f"a block of fields ({', '.join(_names(kind))})"
    if isinstance(kind, inspect.EnumType):
        return f"text ({_values(kind)})"
    known: dict[type[inspect.Type], str] = {
        inspect.StrType: "text (a number in quotes)",
        inspect.IntType: "a whole number",
        inspect.DateType: "a day, as 2022-05-17,",
        inspect.VarTupleType: "a list in [ ]",
        inspect.TupleType: "a list in [ ]",
    }
    return known.get(type(kind))
