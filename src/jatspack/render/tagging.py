"""The structure tree written into WeasyPrint's PDF, and what is drawn marked as text or as artifact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from jatspack.render.conformance import File, embed
from jatspack.render.structure import Mark, Node, Target, Tree, describe_figures, is_artifact, tidy


def install() -> None:
    """Put our tags in place of WeasyPrint's, once."""
    import pydyf
    import weasyprint.document
    import weasyprint.pdf
    from weasyprint.pdf.stream import Stream

    if getattr(weasyprint.pdf.add_tags, "mended", False):
        return
    draw_page, marked = weasyprint.document.draw_page, Stream.marked

    def draw(page: Any, stream: Any) -> None:
        if stream._tags is not None:
            _mark_artifacts(page, stream)
        draw_page(page, stream)

    @contextmanager
    def marked_or_artifact(stream: Any, box: Any, tag: str) -> Iterator[None]:
        if stream._tags is None or not is_artifact(box):
            with marked(stream, box, tag):
                yield
            return
        stream.begin_marked_content("Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
        try:
            yield
        finally:
            stream.end_marked_content()

    add_tags.mended = True  # type: ignore[attr-defined]
    weasyprint.document.draw_page = draw
    Stream.marked = marked_or_artifact
    weasyprint.pdf.add_tags = add_tags


def _mark_artifacts(page: Any, stream: Any) -> None:
    """Running heads, and heads and feet of tables that stood on an earlier page."""
    document = stream._resources  # one for all pages of a document
    seen = document.__dict__.setdefault("table_parts", set())
    for box in _walk(page):
        repeated = False
        if getattr(box, "is_header", False) or getattr(box, "is_footer", False):
            repeated = id(box.element) in seen
            seen.add(id(box.element))
        if repeated or is_artifact(box):
            for inner in _walk(box):
                inner.artifact = True


def _walk(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _walk(child)


def add_tags(pdf: Any, document: Any, _pdf_version: Any, page_streams: list[Any]) -> None:
    """Write the structure tree (in place of ``weasyprint.pdf.tags.add_tags``, with its parameters)."""
    tree = Tree()
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        tree.add_page(number, page._page_box, stream._tags)
    tidy(tree.root, document.metadata.lang or "")
    document.undescribed_figures = describe_figures(tree.root)
    _Writer(pdf, document.metadata.created, [len(stream._tags) for stream in page_streams]).write(tree.root)


class _Writer:
    """Nodes as objects of a PDF."""

    def __init__(self, pdf: Any, created: str | None, marks: list[int]) -> None:
        import pydyf

        self.pdf, self.pydyf, self.pages = pdf, pydyf, pdf.page_references
        self.parents: list[list[str]] = [["null"] * count for count in marks]  # by page and marked content
        self.annotations: list[str] = []
        self.identified: list[tuple[str, str]] = []
        self.created = datetime.fromisoformat(created) if created else None
        self.formulas = 0

    def write(self, root: Node) -> None:
        """The tree and what belongs to it: the way back from content to elements, and the identifiers."""
        array, dictionary = self.pydyf.Array, self.pydyf.Dictionary
        parent_tree, top = dictionary({}), dictionary({"Type": "/StructTreeRoot"})
        self.pdf.add_object(parent_tree)
        self.pdf.add_object(top)
        top["K"] = array([self._element(root, top.reference)])
        numbers = array()
        for number, owners in enumerate(self.parents):
            numbers.extend([number, array(owners)])
        for number, owner in enumerate(self.annotations, len(self.parents)):
            numbers.extend([number, owner])
        parent_tree["Nums"] = numbers
        top["ParentTree"] = parent_tree.reference
        top["ParentTreeNextKey"] = len(self.parents) + len(self.annotations)
        if self.identified:
            names = array()
            for name, reference in sorted(self.identified):
                names.extend([self.pydyf.String(name), reference])
            top["IDTree"] = dictionary({"Names": names})
        self.pdf.catalog["StructTreeRoot"] = top.reference
        self.pdf.catalog["ViewerPreferences"] = dictionary({"DisplayDocTitle": "true"})
        self.pdf.catalog["MarkInfo"] = dictionary({"Marked": "true"})

    def _element(self, node: Node, parent: str) -> str:
        string = self.pydyf.String
        element = self.pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        self.pdf.add_object(element)
        reference: str = element.reference
        page = next((kid.page for kid in node.kids if isinstance(kid, Mark)), None)
        if page is not None:
            element["Pg"] = self.pages[page]
        if node.language:
            element["Lang"] = string(node.language)
        if node.alternative:
            element["Alt"] = string(node.alternative)
        if node.role == "Note":
            name = f"note-{len(self.identified) + 1:04}"
            element["ID"] = string(name)
            self.identified.append((name, reference))
        for owner, values in node.attributes.items():
            if values:
                plain = {k: self.pydyf.Array(v) if isinstance(v, tuple) else v for k, v in values.items()}
                element["A"] = self.pydyf.Dictionary({"O": f"/{owner}", **plain})
        if node.role == "Formula" and node.source is not None:
            self._mathml(element, node.source.get("data-mathml") or "")
        element["K"] = self.pydyf.Array(list(self._kids(node, reference, page)))
        return reference

    def _mathml(self, element: Any, mathml: str) -> None:
        """A formula's MathML is its associated file."""
        if mathml and self.created:
            self.formulas += 1
            name, meaning = f"formula-{self.formulas}.mml", "The formula as MathML"
            file = File(name, mathml.encode(), "application/mathml+xml", "Supplement", meaning)
            element["AF"] = self.pydyf.Array([embed(self.pdf, file, self.created).reference])

    def _kids(self, node: Node, reference: str, page: int | None) -> Iterator[Any]:
        for kid in node.kids:
            if isinstance(kid, Node):
                yield self._element(kid, reference)
            elif isinstance(kid, Mark):
                self.parents[kid.page][kid.mcid] = reference
                yield kid.mcid if kid.page == page else self._dictionary("MCR", kid.page, "MCID", kid.mcid)
            else:
                yield self._target(kid, node, reference)

    def _target(self, kid: Target, node: Node, reference: str) -> Any:
        kid.annotation["StructParent"] = len(self.parents) + len(self.annotations)
        self.annotations.append(reference)
        if node.source is not None and (text := _said(node.source)):
            kid.annotation["Contents"] = self.pydyf.String(text)
        return self._dictionary("OBJR", kid.page, "Obj", kid.annotation.reference)

    def _dictionary(self, kind: str, page: int, key: str, value: Any) -> Any:
        return self.pydyf.Dictionary({"Type": f"/{kind}", "Pg": self.pages[page], key: value})


def _said(element: Any) -> str:
    """What a link says: its title, or its text, or where it leads."""
    text = element.get("title") or " ".join("".join(element.itertext()).split())
    return text or element.get("href") or ""
