"""What an older DTD cannot judge: complaints about things that a later version or a wider tag set may allow."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jatspack.catalog import PUBLISHING, Edition

_KNOWN = (1, 3, 1_000)  # newer.toml says what there is up to this version

# libxml2's sentences about names that a DTD has not, or has elsewhere (its valid.c)
_ELEMENT = re.compile(r"No declaration for element (\S+)")
_ATTRIBUTE = re.compile(r"No declaration for attribute (\S+) (?:of|on) element (\S+)")
_VALUE = re.compile(r'Value "(.*)" for attribute (\S+) (?:of|on) (\S+) is not among the enumerated set', re.DOTALL)
_CHILD = re.compile(r"Element (\S+) is not declared in (\S+) list of possible children")
_CONTENT = re.compile(r"Element (\S+) content does not follow the DTD, expecting .*, got \((.*)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Table:
    """newer.toml."""

    elements: frozenset[str]
    attributes: dict[str, list[str]]
    values: dict[str, list[str]]
    children: dict[str, list[str]]
    repeated: dict[str, list[str]]


@cache
def _table() -> _Table:
    data = tomllib.loads(Path(__file__).with_name("newer.toml").read_text("utf-8"))
    return _Table(frozenset(data.pop("elements")), **data)


def may_be_allowed(message: str, declared: Edition, asked: Edition) -> bool:
    """Whether what the DTD `asked` complains of may be right under `declared`, whose own DTD is not here."""
    if _of_another_vocabulary(message, declared, asked):
        return True
    about_names = _about_names(message)
    if declared.tag_set not in (asked.tag_set, PUBLISHING):
        return about_names is not None
    if not declared.version or declared.order <= asked.order:
        return False
    if declared.order > _KNOWN:
        return about_names is not None
    return bool(about_names)


def _of_another_vocabulary(message: str, declared: Edition, asked: Edition) -> bool:
    """Formulas and tables, where the DTDs are made with another kind of them."""
    formulas = declared.mathml3 != asked.mathml3 and bool(re.search(r"\bmml:", message))
    tables = declared.oasis != asked.oasis and bool(re.search(r"\boasis:", message))
    return formulas or tables


def _about_names(message: str) -> bool | None:
    """None: no complaint about names; else whether newer.toml knows the name there, as one that came later."""
    table = _table()
    if found := _ELEMENT.match(message):
        return found[1] in table.elements
    if found := _ATTRIBUTE.match(message):
        return found[1] in _attributes_of(found[2])
    if found := _VALUE.match(message):
        return found[1] in table.values.get(f"{found[3]} {found[2]}", ())
    if found := _CHILD.match(message):
        return found[1] in table.elements or found[1] in table.children.get(found[2], ())
    if found := _CONTENT.match(message):
        return _content(found[1], Counter(found[2].split()))
    return None


def _attributes_of(element: str) -> set[str]:
    table = _table()
    return {name for name, elements in table.attributes.items() if element in elements or element in table.elements}


def _content(element: str, got: Counter[str]) -> bool:
    table = _table()
    added = table.elements.union(table.children.get(element, ()))
    return any(name in added for name in got) or any(got[name] > 1 for name in table.repeated.get(element, ()))
