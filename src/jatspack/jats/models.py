"""What may stand in what: the content models of JATS Publishing 1.1, as far as we write them. Data, no code.

1.1 is the oldest version that may be declared; 1.2 and 1.3 allow all that it allows.
"""

from __future__ import annotations

from typing import Literal

Holds = Literal["style", "raised", "link", "xref", "formula", "display", "image", "note", "break"]

_RAISED: frozenset[Holds] = frozenset({"raised"})
STYLED: frozenset[Holds] = frozenset({"style", "raised"})
_LINKED: frozenset[Holds] = STYLED | {"link"}
_LABEL: frozenset[Holds] = STYLED | {"formula", "image"}
_FULL: frozenset[Holds] = STYLED | {"link", "xref", "formula", "image", "note"}


def names(text: str) -> frozenset[str]:
    """A set of element or attribute names, written one after another."""
    return frozenset(text.split())


PLAIN: frozenset[Holds] = frozenset()  # of every element that is not named here: characters alone

INLINE: dict[str, frozenset[Holds]] = {
    "p": _FULL | {"display"},
    **dict.fromkeys(("td", "th"), _FULL | {"display", "break"}),
    "term": _FULL | {"display"},
    **dict.fromkeys(("title", "article-title", "trans-title", "subtitle", "trans-subtitle"), _FULL | {"break"}),
    **dict.fromkeys(("comment", "license-p", "named-content"), _FULL),
    "aff": _LINKED | {"break"},
    "collab": _LINKED | {"formula", "image"},
    "mixed-citation": _LINKED | {"formula", "image"},
    **dict.fromkeys(("corresp", "copyright-statement"), _LINKED),
    **dict.fromkeys(("source", "chapter-title", "part-title", "data-title", "trans-source"), _LINKED),
    "subject": _LABEL,
    **dict.fromkeys(("kwd", "role", "series", "gov", "std", "xref", "ext-link", "addr-line"), STYLED),
    **dict.fromkeys(("institution", "edition", "version"), _RAISED),
}

BLOCKS = frozenset({"p", "list", "def-list", "disp-quote", "code", "fig", "table-wrap", "disp-formula"})
# Elements that hold other blocks than BLOCKS; what they do not hold goes into a p of theirs.
HOLDS_BLOCKS: dict[str, frozenset[str]] = {
    "list-item": frozenset({"p", "list", "def-list"}),
    **dict.fromkeys(("td", "th"), frozenset({"p", "list", "def-list", "code", "disp-formula"})),
    **dict.fromkeys(("abstract", "trans-abstract", "ack", "fn", "def", "caption", "table-wrap-foot"), frozenset({"p"})),
}
HOLDS_SECTIONS = frozenset({"body", "sec", "abstract", "trans-abstract", "ack", "app", "bio", "notes"})

_ADDRESS = names("institution addr-line city state country postal-code phone fax email uri ext-link")
# Elements that may be tagged inside printed text.
PARTS: dict[str, frozenset[str]] = {
    "aff": _ADDRESS,
    "addr-line": frozenset({"institution", "city", "state", "country", "postal-code", "phone", "fax"}),
    "publisher-loc": _ADDRESS,
    "collab": frozenset({"institution"}),
    "string-name": frozenset({"surname", "given-names", "prefix", "suffix", "degrees"}),
    "name": frozenset({"surname", "given-names"}),
    "person-group": frozenset({"name", "string-name", "collab", "etal", "role"}),
    **dict.fromkeys(("date-in-citation", "string-date"), frozenset({"day", "month", "season", "year", "era"})),
    "std": frozenset({"day", "month", "year", "pub-id", "source"}),
    "mixed-citation": names(
        "article-title chapter-title collab comment conf-date conf-loc conf-name conf-sponsor data-title "
        "date-in-citation day edition elocation-id email etal ext-link fpage gov institution isbn issn issue "
        "issue-title lpage month page-range part-title patent person-group pub-id publisher-loc publisher-name role "
        "season series source std string-date string-name supplement trans-source trans-title uri version volume year"
    ),
}

# Elements that hold elements only; white space in them says nothing.
ELEMENT_ONLY = names(
    "article front journal-meta journal-title-group publisher article-meta article-categories subj-group "
    "title-group trans-title-group contrib-group contrib name-alternatives name aff-alternatives author-notes "
    "pub-date history date permissions license abstract trans-abstract kwd-group funding-group award-group "
    "counts custom-meta-group custom-meta body sec back ack app-group app fn-group fn notes bio glossary ref-list "
    "ref citation-alternatives fig fig-group table-wrap table-wrap-group table-wrap-foot caption table "
    "thead tbody tfoot tr colgroup list list-item def-list def-item def disp-quote floats-group sub-article "
    "front-stub boxed-text supplementary-material graphic inline-graphic"
)
