"""The rules of schemas/jatspack.sch, run on a tree for one target.

lxml's ISO Schematron makes an XSLT of them, once per target and process. It would go through the whole tree twice for
each theme, and tell the path of each element that breaks a rule, which takes the longer the more siblings an element
has. Here each theme is given all elements in their order, and tells the number of the one that breaks a rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

from lxml import etree

from jatspack.check.fault import Fault, fault
from jatspack.check.rules import SCH, known_target, rules, schematron

_FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"
_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_ACTIVE = "{http://purl.oclc.org/dsdl/svrl}active-pattern"
_LOCATION = "location"
_TOLD = frozenset({"id", _LOCATION})
_EVERY = "every"  # variable: all elements
_LONGEST = 300  # characters of a message; a name or an address in it may be of any length


def check_rules(tree: etree._ElementTree, target: str = "default") -> Iterator[Fault]:
    """Rules that are broken: rule-error, rule-warning or rule-info, with the rule's remedy.

    `target` is a key of rules.targets(): who is to accept the file. UsageError where there is no such target.
    """
    known = {rule.id: rule for rule in rules()}
    report = _compiled(known_target(target))(tree).getroot()
    failures = list(report.iter(_FAILED))
    elements = _elements(tree, {int(failed.get(_LOCATION, "0")) for failed in failures})
    for failed in failures:
        rule = known[failed.get("id", "")]
        code, message = f"rule-{rule.severities[target]}", _plain(failed[0])
        yield fault(code, elements[int(failed.get(_LOCATION, "0"))], message=message, rule=rule.id, remedy=rule.remedy)


def _elements(tree: etree._ElementTree, wanted: set[int]) -> dict[int, etree._Element]:
    """The elements with these numbers; the first is 1."""
    every = islice(enumerate(tree.getroot().iter(etree.Element), 1), max(wanted, default=0))
    return {number: element for number, element in every if number in wanted}


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
        if template.get("match") == "/" and template.get("mode") is None:
            _give_every(template)
        elif template.get("mode", "").startswith("M"):  # of a theme: it need not go on to the children
            for descent in list(template.iterchildren(_XSL + "apply-templates")):
                template.remove(descent)
    for failed in xslt.iter(_FAILED):  # its test, severity and source are known
        for attribute in list(failed.iterchildren(_XSL + "attribute")):
            if attribute.get("name") == _LOCATION:
                del attribute[:]
                etree.SubElement(attribute, _XSL + "value-of", select="position()")
            elif attribute.get("name") not in _TOLD:
                failed.remove(attribute)
        for name in set(failed.attrib) - _TOLD:
            del failed.attrib[name]
    return etree.XSLT(xslt, access_control=etree.XSLTAccessControl.DENY_ALL)  # type: ignore[attr-defined]


def _give_every(template: etree._Element) -> None:
    """Let the root's template hand all elements to each theme, instead of the root; else it does nothing."""
    for active in list(template.iter(_ACTIVE)):
        active.getparent().remove(active)  # type: ignore[union-attr]
    for theme in template.iter(_XSL + "apply-templates"):
        theme.set("select", f"${_EVERY}")
    template.insert(0, etree.Element(_XSL + "variable", name=_EVERY, select="//*"))


def _plain(element: etree._Element) -> str:
    text = " ".join("".join(map(str, element.itertext())).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
