"""Links inside an article: every id once, every rid there and of the right kind.

libxml2's RELAX NG takes an empty IDREF, and no DTD knows that ref-type="fig" wants a figure.
"""

from __future__ import annotations

from lxml import etree

from jatspack.findings import Finding, finding

# xref/@ref-type: the elements that it may name. Types that are not here may name anything.
_TARGETS = {
    "aff": frozenset({"aff", "aff-alternatives"}),
    "app": frozenset({"app"}),
    "bibr": frozenset({"ref", "element-citation", "mixed-citation", "nlm-citation", "citation-alternatives", "note"}),
    "corresp": frozenset({"corresp"}),
    "disp-formula": frozenset({"disp-formula", "disp-formula-group"}),
    "fig": frozenset({"fig", "fig-group"}),
    "fn": frozenset({"fn", "note"}),
    "sec": frozenset({"sec"}),
    "table": frozenset({"table-wrap", "table-wrap-group", "table"}),
    "table-fn": frozenset({"fn", "p"}),
}


def check_links(tree: etree._ElementTree) -> list[Finding]:
    """Ids that stand twice, links to nothing, and links to the wrong kind of thing."""
    ids: dict[str, str] = {}
    out: list[Finding] = []
    linking: list[etree._Element] = []
    for element in tree.getroot().iter(etree.Element):
        ident, rid = element.get("id"), element.get("rid")
        if ident is not None:
            if ident in ids:
                out.append(finding("id-repeated", _line(element), id=ident))
            ids[ident] = str(element.tag)
        if rid is not None:
            linking.append(element)
    for element in linking:
        out += _link(element, ids)
    return out


def _link(element: etree._Element, ids: dict[str, str]) -> list[Finding]:
    tag, kind, targets = str(element.tag), element.get("ref-type", ""), (element.get("rid") or "").split()
    if not targets:
        return [finding("link-broken", _line(element), attribute="rid", target="", tag=tag)]
    out = []
    for target in targets:
        found = ids.get(target)
        if found is None:
            out.append(finding("link-broken", _line(element), attribute="rid", target=target, tag=tag))
        elif tag == "xref" and kind in _TARGETS and found not in _TARGETS[kind]:
            out.append(finding("link-kind", _line(element), kind=kind, target=target, tag=found))
    return out


def _line(element: etree._Element) -> tuple[int, int]:
    line = int(str(element.sourceline or 0))
    return line, line
