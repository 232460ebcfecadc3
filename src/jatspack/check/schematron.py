"""The rules of schemas/jatspack.sch.

lxml's ISO Schematron makes an XSLT of the rules once (7 ms); running it costs 2-5 ms on an article, so that a
stylesheet made beforehand would save nothing worth the second file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree

from jatspack.check.fault import Fault
from jatspack.check.schemas import schema

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@cache
def rules() -> Any:
    """The compiled rules."""
    from lxml import isoschematron  # type: ignore[attr-defined]

    return isoschematron.Schematron(etree.parse(str(schema("jatspack.sch"))), store_report=True, validate_schema=False)


def check_rules(tree: etree._ElementTree) -> Iterator[Fault]:
    """Rules that are broken: rule-error, rule-warning or rule-info, with the rule's remedy."""
    compiled = rules()
    compiled.validate(tree)
    for failed in compiled.validation_report.getroot().iter(_SVRL + "failed-assert", _SVRL + "successful-report"):
        remedy = failed.find(_SVRL + "diagnostic-reference")
        code = f"rule-{failed.get('role', 'error')}"
        message = _plain(failed.find(_SVRL + "text"))
        data = {"message": message, "rule": failed.get("id", ""), "remedy": _plain(remedy)}
        yield Fault(code, None, data, path=failed.get("location", "/*"))


def _plain(element: etree._Element | None) -> str:
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""
