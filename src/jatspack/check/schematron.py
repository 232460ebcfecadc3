"""The rules of schemas/jatspack.sch, run on a tree for one target.

lxml's ISO Schematron makes an XSLT of them, once per target and process. Where a rule is broken, that XSLT would
tell the path of the element, which takes the longer the more siblings an element has. Here it tells the element's
generate-id(), and at the end those of all elements in their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

from jatspack.check.fault import Fault, fault
from jatspack.check.rules import SCH, known_target, rules, schematron

_FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"
_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_LOCATING = ("schematron-select-full-path", "schematron-get-full-path")
_TOLD = frozenset({"id", "location"})
_ELEMENTS = "elements"
_LONGEST = 300  # characters of a message; a name or an address in it may be of any length


def check_rules(tree: etree._ElementTree, target: str = "default") -> Iterator[Fault]:
    """Rules that are broken: rule-error, rule-warning or rule-info, with the rule's remedy.

    `target` is a key of rules.targets(): who is to accept the file. UsageError where there is no such target.
    """
    known = {rule.id: rule for rule in rules()}
    report = _compiled(known_target(target))(tree).getroot()
    elements = _elements(tree, report, {failed.get("location") for failed in report.iter(_FAILED)})
    for failed in report.iter(_FAILED):
        rule = known[failed.get("id", "")]
        code, message = f"rule-{rule.severities[target]}", _plain(failed[0])
        yield fault(code, elements[failed.get("location")], message=message, rule=rule.id, remedy=rule.remedy)


def _elements(
    tree: etree._ElementTree, report: etree._Element, wanted: set[str | None]
) -> dict[str | None, etree._Element]:
    """generate-id() -> element: the n-th of the report is that of the n-th element."""
    if not wanted:
        return {}
    idents = (report.findtext(_ELEMENTS) or "").split()
    every = zip(idents, tree.getroot().iter(etree.Element), strict=True)
    return {ident: element for ident, element in every if ident in wanted}


@cache
def _compiled(target: str) -> etree.XSLT:
    """The rules that are on for a target, as a stylesheet that reports the broken ones."""
    from lxml import isoschematron  # type: ignore[attr-defined]

    tree = schematron()
    on = {rule.id for rule in rules() if target in rule.severities}
    for test in list(tree.iter(SCH + "assert")):
        test.attrib.pop("diagnostics")  # the remedies are at hand
        if test.get("id") not in on:
            test.getparent().remove(test)  # type: ignore[union-attr]
    for element in list(tree.iter(SCH + "rule", SCH + "diagnostics")):
        if element.find(SCH + "assert") is None:
            element.getparent().remove(element)  # type: ignore[union-attr]
    quiet = {"generate-fired-rule": "'false'", "attributes": "'false'", "only-child-elements": "'true'"}
    xslt = isoschematron.iso_svrl_for_xslt1(tree, **quiet)
    for template in xslt.iter(_XSL + "template"):
        if template.get("mode") in _LOCATING and template.get("match") == "*":
            del template[:]
            etree.SubElement(template, _XSL + "value-of", select="generate-id()")
        elif template.get("match") == "/" and template.get("mode") is None:
            each = etree.SubElement(etree.SubElement(template[0], _ELEMENTS), _XSL + "for-each", select="//*")
            etree.SubElement(each, _XSL + "value-of", select="concat(generate-id(), ' ')")
    for failed in xslt.iter(_FAILED):  # its test, severity and source are known
        for attribute in list(failed.iterchildren(_XSL + "attribute")):
            if attribute.get("name") not in _TOLD:
                failed.remove(attribute)
        for name in set(failed.attrib) - _TOLD:
            del failed.attrib[name]
    return etree.XSLT(xslt, access_control=etree.XSLTAccessControl.DENY_ALL)  # type: ignore[attr-defined]


def _plain(element: etree._Element) -> str:
    text = " ".join("".join(map(str, element.itertext())).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
