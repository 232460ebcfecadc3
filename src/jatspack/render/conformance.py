"""PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) in one file, with the JATS in it as its source.

WeasyPrint makes the one or the other. Here it makes neither, and `conform` adds to its PDF what both ask for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from jatspack.jats.read import read_jats
from jatspack.render.xmp import packet

OPTIONS = {"pdf_version": "1.7", "pdf_tags": True, "output_intent": "srgb"}  # what WeasyPrint must be asked for
_PRINTED = 4  # ISO 32000-1, table 165: an annotation that is printed


@dataclass(frozen=True, slots=True)
class Source:
    """The JATS that a PDF is made from, as it lies in the archive under `name`."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class File:
    """A file in a PDF; `relationship` is what it is to that which it belongs to (ISO 32000-2, table 43)."""

    name: str
    data: bytes
    media_type: str
    relationship: Literal["Source", "Supplement"]
    description: str


def conform(
    document: Any, pdf: Any, source: Source | None, created: datetime | None, faults: Collection[str]
) -> list[str]:
    """Finish WeasyPrint's PDF: metadata, the JATS as associated file, what else both standards ask for.

    `document` and `pdf` are what WeasyPrint gives to its finisher; `created` is the date of the file, without which
    nothing is embedded, because a file in a PDF has a date; `faults` are reasons why the PDF cannot keep the standards.
    Returns these and those found here. A PDF with faults does not claim to keep them.
    """
    found = [*faults, *_settle_objects(pdf)]
    pdf.catalog["OutputIntents"][0]["S"] = "/GTS_PDFA1"
    claims = {"pdfuaid": {"part": "1"}, "pdfaid": {"part": "3", "conformance": "A"}} if not found else {}
    if source is not None and created is not None:
        meaning = "The article as JATS XML, from which this document was made"
        jats = embed(pdf, File(source.name, source.data, "application/xml", "Source", meaning), created)
        pdf.catalog["AF"] = _array(jats.reference)
        names = pdf.catalog.setdefault("Names", _dictionary({}))
        names["EmbeddedFiles"] = _dictionary({"Names": _array(jats["F"], jats.reference)})
    tree = read_jats(source.data) if source is not None else None
    stamp = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if created else ""
    _describe(pdf, packet(tree, document.metadata, pdf.info["Producer"].string, stamp, claims))
    return found


def embed(pdf: Any, file: File, created: datetime) -> Any:
    """A file within the PDF (ISO 32000-1, 7.11.4; ISO 19005-3, 6.8); returns its file specification, an object."""
    import pydyf

    date = pydyf.String(created.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ"))
    details = {
        "Type": "/EmbeddedFile",
        "Subtype": "/" + file.media_type.replace("/", "#2f").replace("+", "#2b"),
        "Params": _dictionary({"Size": len(file.data), "ModDate": date}),
    }
    stream = pydyf.Stream([file.data], _dictionary(details), compress=True)
    pdf.add_object(stream)
    specification = _dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(file.name),
            "UF": pydyf.String(file.name),
            "EF": _dictionary({"F": stream.reference, "UF": stream.reference}),
            "AFRelationship": f"/{file.relationship}",
            "Desc": pydyf.String(file.description),
        }
    )
    pdf.add_object(specification)
    return specification


def _settle_objects(pdf: Any) -> list[str]:
    """Put right what is not allowed and can be; returns what cannot."""
    cmyk = False
    for thing in pdf.objects:
        extra = getattr(thing, "extra", None) or {}
        if extra.get("Interpolate") == "true":  # ISO 19005-3, 6.2.8.1
            extra["Interpolate"] = "false"
        cmyk = cmyk or extra.get("ColorSpace") == "/DeviceCMYK"  # means nothing beside an sRGB output intent
        if isinstance(thing, dict) and thing.get("Type") == "/Annot":
            thing["F"] = _PRINTED
    return ["an image in CMYK colours"] if cmyk else []


def _describe(pdf: Any, metadata: bytes) -> None:
    import pydyf

    stream = pydyf.Stream([metadata], _dictionary({"Type": "/Metadata", "Subtype": "/XML"}))
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def _array(*values: Any) -> Any:
    import pydyf

    return pydyf.Array(values)


def _dictionary(values: dict[str, Any]) -> Any:
    import pydyf

    return pydyf.Dictionary(values)
