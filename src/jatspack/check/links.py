"""Links inside an article: every id once, every rid there and of the right kind.

libxml2's RELAX NG takes an empty IDREF, and no DTD knows that ref-type="fig" wants a figure.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from jatspack.check.fault import Fault, fault

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


def check_links(tree: etree._ElementTree) -> Iterator[Fault]:
    """Ids that stand twice, links to nothing, and links to the wrong kind of thing."""
    ids: dict[str, str] = {}
    linking: list[etree._Element] = []
    for element in tree.getroot().iter(etree.Element):
        ident, rid = element.get("id"), element.get("rid")
        if ident is not None:
            if ident in ids:
                yield fault("id-repeated", element, id=ident)
            ids[ident] = str(element.tag)
        if rid is not None:
            linking.append(element)
    for element in linking:
        yield from _link(element, ids)


def _link(element: etree._Element, ids: dict[str, str]) -> Iterator[Fault]:
    tag, kind, targets = str(element.tag), element.get("ref-type", ""), (element.get("rid") or "").split()
    if not targets:
        yield fault("link-broken", element, attribute="rid", target="", tag=tag)
    for target in targets:
        found = ids.get(target)
        if found is None:
            yield fault("link-broken", element, attribute="rid", target=target, tag=tag)
        elif tag == "xref" and kind in _TARGETS and found not in _TARGETS[kind]:
            yield fault("link-kind", element, kind=kind, target=target, tag=found)
