"""Changes of layout that keep the meaning: each takes a manuscript, a text or a file's bytes, and gives one.

A `Look` names one of each kind; None leaves what is printed. `lay_out` applies a look to an article.
"""

from __future__ import annotations

import copy
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

from manuscript import Head, Manuscript, Part, Role, bare, plain_text

Write = Callable[[str], str]
MARK = re.compile(r"(\\\*)?[ ]?(?:<sup>([^<]*)</sup>|\^([^^\s]*)\^)(\\\*)?")
GLUED = re.compile(r"()(?<=[^\W\d_])(\d(?:,\d)*)()(\\\*)?(?=[，,\s(（]|$)")
MAIL = re.compile(
    r"\[([^\]\s]+@[^\]\s]+)\]\(mailto:[^)]*\)|<([^<>\s]+@[^<>\s]+)>|(?<![\w.\[/:<`])([\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)
ORCID = re.compile(r"<?(?:https://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])>?")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

# ---------------------------------------------------------------- order
BLOCKS: dict[str, tuple[Role, ...]] = {
    "title first": ("title", "byline", "matter", "abstract", "keywords"),
    "byline first": ("byline", "matter", "title", "abstract", "keywords"),
    "keywords first": ("title", "byline", "matter", "keywords", "abstract"),
}
LANGUAGES: dict[str, Callable[[list[str]], list[str]]] = {
    "reversed": lambda langs: langs[::-1],
    "rotated": lambda langs: langs[1:] + langs[:1],
    "by kind": lambda langs: langs,
}


def _arranged(m: Manuscript, languages: str | None, blocks: str | None) -> None:
    """Put language blocks, and the blocks in them, into another order."""
    if not languages and not blocks:
        return
    known = [p for p in m.front if p.role != "loose"]
    first = m.front.index(known[0])
    head, tail = m.front[:first], [p for p in m.front[first:] if p.role == "loose"]
    langs = LANGUAGES[languages or "by kind"](list(dict.fromkeys(p.lang for p in known)))
    printed = {lang: tuple(dict.fromkeys(p.role for p in known if p.lang == lang)) for lang in langs}
    order = {lang: BLOCKS[blocks] if blocks else printed[lang] for lang in langs}

    def parts(lang: str, *roles: Role) -> Iterator[Part]:
        for role in roles:
            yield from (p for p in known if p.lang == lang and p.role == role)

    if languages == "by kind":
        kinds: list[tuple[Role, ...]] = [("title",), ("byline", "matter"), ("abstract", "keywords")]
        kinds = kinds if blocks != "byline first" else [kinds[1], kinds[0], kinds[2]]
        chosen = [p for kind in kinds for lang in langs for p in parts(lang, *kind)]
    else:
        chosen = [p for lang in langs for p in parts(lang, *order[lang])]
    m.front = [*head, *chosen, *tail]


# ---------------------------------------------------------------- titles and labels
TITLES: dict[str, Write] = {
    "h1": lambda t: f"# {t}",
    "h3 bold": lambda t: f"### **{t}**",
    "h4 italic": lambda t: f"#### *{t}*",
    "bold": lambda t: f"**{t}**",
    "plain": lambda t: t,
    "capitals": lambda t: f"## {t.upper()}",
}


def _spaced(label: str) -> str:
    return "  ".join(" ".join(word) for word in label.split(" "))


LABELS: dict[str, Callable[[str, str], str]] = {
    "heading": lambda label, text: f"### {label}\n\n{text}",
    "bold heading": lambda label, text: f"#### **{label}:**\n\n{text}",
    "bold": lambda label, text: f"**{label}.** {text}",
    "bold paragraph": lambda label, text: f"**{label}**\n\n{text}",
    "italic": lambda label, text: f"*{label}:* {text}",
    "colon": lambda label, text: f"{label}: {text}",
    "dash": lambda label, text: f"**{label}** – {text}",
    "capitals": lambda label, text: f"**{label.upper()}:** {text}",
    "spaced": lambda label, text: f"{_spaced(label)}: {text}",
}


# ---------------------------------------------------------------- sections
def _capital_head(title: str) -> str:
    """Capitals tell a section from its subsections; a script without them needs another sign."""
    return f"**{title.upper()}**" if title.upper() != title.lower() else f"## {title}"


Headline = Callable[[str, str], str]  # number, title
SECTIONS: dict[str, tuple[Headline, Headline, bool]] = {  # section, its subsection, whether text runs in
    "hash": (lambda n, t: f"## {n} {t}".replace("  ", " "), lambda n, t: f"### {n} {t}".replace("  ", " "), False),
    "numbered": (lambda n, t: f"# {n}. {t}", lambda n, t: f"# {n}. {t}", False),
    "numbered bold": (lambda n, t: f"**{n}. {t}**", lambda n, t: f"***{n} {t}***", False),
    "bold": (lambda n, t: f"**{t}**", lambda n, t: f"*{t}*", False),
    "run-in": (lambda n, t: f"**{t}.**", lambda n, t: f"*{t}:*", True),
    "capitals": (lambda n, t: _capital_head(t), lambda n, t: f"**{t}**", False),
}
# ---------------------------------------------------------------- marks, contacts, type
MARKS: dict[str, Callable[[list[str], bool], str]] = {
    "sup": lambda marks, star: "<sup>" + ",".join([*marks, *["\\*"] * star]) + "</sup>",
    "caret": lambda marks, star: "^" + ",".join([*marks, *["\\*"] * star]) + "^",
    "unicode": lambda marks, star: ",".join(m.translate(SUPERSCRIPT) for m in marks) + "\\*" * star,
    "math": lambda marks, star: "$^{" + ",".join([*marks, *["*"] * star]) + "}$",
    "plain": lambda marks, star: ",".join(marks) + "\\*" * star,
}
MAILS: dict[str, Write] = {
    "link": lambda mail: f"[{mail}](mailto:{mail})",
    "angle": lambda mail: f"<{mail}>",
    "bare": lambda mail: mail,
    "code": lambda mail: f"`{mail}`",
}
ORCIDS: dict[str, Write] = {
    "bare": lambda orcid: orcid,
    "address": lambda orcid: f"https://orcid.org/{orcid}",
    "link": lambda orcid: f"[{orcid}](https://orcid.org/{orcid})",
}
TYPES: dict[str, str] = {"italic": "*", "bold": "**", "plain": ""}


def _marked(m: Manuscript, style: str) -> None:
    def put(match: re.Match[str]) -> str:
        star = any("*" in (g or "") for g in match.groups())
        digits = re.findall(r"\d+", "".join(g or "" for g in match.groups()[1:3]))
        written = MARKS[style](digits, star) if digits else match[0]
        return written + " " * (
            style == "plain" and match.end() < len(match.string) and match.string[match.end()].isalpha()
        )

    for part in m.front:
        if part.role == "byline":
            names = re.split(r"(?=[（(])", part.blocks[0], maxsplit=1)
            pattern = MARK if MARK.search(names[0]) else GLUED
            part.blocks[0] = "".join([pattern.sub(put, names[0]), *names[1:]])
        elif part.role == "matter":
            part.blocks = [
                re.sub(rf"^(\**){MARK.pattern}", lambda x: x[1] + put(MARK.match(x[0][len(x[1]) :])), b)
                for b in part.blocks
            ]  # type: ignore[arg-type]


def _contacts(m: Manuscript, mails: str | None, orcids: str | None) -> None:
    for part in m.front:
        if part.role in ("byline", "matter", "loose"):
            if mails:
                part.blocks = [MAIL.sub(lambda x: MAILS[mails](x[1] or x[2] or x[3]), b) for b in part.blocks]
            if orcids:
                part.blocks = [ORCID.sub(lambda x: ORCIDS[orcids](x[1]), b) for b in part.blocks]


def _typed(m: Manuscript, style: str) -> None:
    """Bylines and addresses in one type; a block that mixes types inside is left as it is."""
    mark = TYPES[style]
    for part in m.front:
        if part.role in ("byline", "matter"):
            for n, block in enumerate(part.blocks):
                text = re.sub(r"^(<sup>\d+</sup>)\*(.*)\*$", r"\1\2", bare(block), flags=re.DOTALL)
                if not re.search(r"(?<!\\)\*|`|\$", text):
                    part.blocks[n] = f"{mark}{text}{mark}"


# ---------------------------------------------------------------- lists
NUMBERS: dict[str, Callable[[int], str]] = {
    "1.": lambda n: f"{n}. ",
    "1)": lambda n: f"{n}) ",
    "[1]": lambda n: f"[{n}] ",
    "escaped": lambda n: f"\\[{n}\\] ",
    "1. apart": lambda n: f"{n}. ",
}
ITEM = re.compile(r"^(\d+)[.)]\s+|^\[(\d+)\]\s*", re.MULTILINE)


def _numbered(m: Manuscript, style: str) -> None:
    """The numbers of reference lists (lists after the last section) in one manner; "apart": a blank line between."""
    last = max(i for i, b in enumerate(m.body) if isinstance(b, Head) and b.own)
    for i, block in enumerate(m.body):
        if i > last and isinstance(block, str) and ITEM.match(block):
            text = ITEM.sub(lambda x: NUMBERS[style](int(x[1] or x[2])), block)
            loose = "apart" in style or not style.startswith("1")  # "[1]" after a line end would join the entry before
            m.body[i] = re.sub(r"[ ]*\n(?=\d+[.)] |\\?\[\d)", "\n\n", text) if loose else text


# ---------------------------------------------------------------- text and bytes
def _wrapped(m: Manuscript, width: int) -> None:
    """Running text in lines of so many characters; a line that would read as something else joins the one before."""
    for i, block in enumerate(m.body):
        if plain_text(block):
            m.body[i] = _fill(str(block), width)
    for part in m.front:
        if part.role == "abstract":
            part.blocks = [_fill(b, width) if plain_text(b) else b for b in part.blocks]


def _fill(text: str, width: int) -> str:
    if "$" in text:
        return text
    lines = textwrap.wrap(" ".join(text.split()), width, break_long_words=False, break_on_hyphens=False)
    return re.sub(r"\n(?=[-+*#>|=~:–]|\d+[.)]|\[)", " ", "\n".join(lines))


NOISE: dict[str, Callable[[int], str]] = {
    "rules": lambda page: f"{{{page}}}" + "-" * 48,
    "spans": lambda page: f'<span id="page-{page}-0"></span>',
    "comments": lambda page: f"<!-- page {page} -->",
    "breaks": lambda page: "\\newpage",
    "numbers": str,
    "entities": lambda page: "&nbsp;",
}


def _noisy(m: Manuscript, noise: str, cut: bool) -> None:
    """What an extractor leaves at the ends of pages: between paragraphs, or in the middle of one."""
    out: list[Head | str] = []
    page = 1
    last = max(i for i, b in enumerate(m.body) if isinstance(b, Head) and b.own)  # references are not cut
    for i, block in enumerate(m.body):
        before = m.body[i - 1] if i else ""
        if not cut and plain_text(block) and plain_text(before):
            page += 1
            out.append(NOISE[noise](page))
        middle = _middle(str(block)) if cut and i < last and plain_text(block) else 0
        if middle:
            page += 1
            out += [str(block)[:middle], NOISE[noise](page), str(block)[middle:].lstrip()]
        else:
            out.append(block)
    m.body = out


def _middle(text: str) -> int:
    """A space in the middle of a sentence: letters on both sides, a small one after it; 0 where there is none."""
    half = len(text) // 2
    spots = [x.end() - 1 for x in re.finditer(r"[^\W\d_]{3,}[ ](?=[^\W\d_]{3})", text) if text[x.end()].islower()]
    return min(spots, key=lambda at: abs(at - half), default=0)


CODINGS: dict[str, Callable[[str], bytes]] = {
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "nfd": lambda text: unicodedata.normalize("NFD", text).encode(),
    "bom": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "cr": lambda text: text.replace("\n", "\r").encode(),
}


# ---------------------------------------------------------------- all together
@dataclass(frozen=True)
class Look:
    """One choice of each kind; None is as printed."""

    languages: str | None = None
    blocks: str | None = None
    titles: str | None = None
    labels: str | None = None
    sections: str | None = None
    marks: str | None = None
    mails: str | None = None
    orcids: str | None = None
    types: str | None = None
    numbers: str | None = None
    width: int | None = None
    noise: str | None = None
    cut: bool = False
    coding: str | None = None

    def __str__(self) -> str:
        return ", ".join(f"{f.name}={v}" for f in fields(self) if (v := getattr(self, f.name))) or "as printed"


def lay_out(manuscript: Manuscript, look: Look) -> bytes:
    """The article's file in another look."""
    m = copy.deepcopy(manuscript)
    if look.types:
        _typed(m, look.types)
    if look.marks:
        _marked(m, look.marks)
    _contacts(m, look.mails, look.orcids)
    if look.numbers:
        _numbered(m, look.numbers)
    if look.width:
        _wrapped(m, look.width)
    if look.noise:
        _noisy(m, look.noise, look.cut)
    _arranged(m, look.languages, look.blocks)
    blocks = [*_front(m, look), *_body(m, look)]
    return CODINGS.get(look.coding or "", str.encode)("\n\n".join(blocks) + "\n")


def _front(m: Manuscript, look: Look) -> Iterator[str]:
    for part in m.front:
        if part.role == "title":
            yield TITLES[look.titles](part.blocks[0]) if look.titles else part.printed
        elif part.role in ("abstract", "keywords"):
            text = part.blocks[0]
            yield LABELS[look.labels](part.label, text) if look.labels else part.printed + text
            yield from part.blocks[1:]
        else:
            yield from part.blocks


def _body(m: Manuscript, look: Look) -> Iterator[str]:
    pending = ""  # a heading that the next paragraph runs on from
    major = minor = 0
    for block in m.body:
        if isinstance(block, Head):
            if pending:
                yield pending
            major, minor = (major + 1, 0) if block.level == 1 else (major, minor + 1)
            line, joined = _headline(block, look.sections, (major, minor))
            pending = line if joined else ""
            if not joined:
                yield line
        elif pending and (plain_text(block) or not look.sections):
            yield f"{pending} {block}"
            pending = ""
        else:
            yield from (pending, block) if pending else (block,)
            pending = ""


def _headline(head: Head, style: str | None, at: tuple[int, int]) -> tuple[str, bool]:
    """A heading's line, and whether text may follow in it."""
    if not style:
        return head.printed, head.joined
    section, below, runs_in = SECTIONS[style]
    if not head.own and style != "capitals":
        return (f"**{head.title}**" if style == "bold" else f"## {head.title}"), False
    number = head.number
    if style.startswith("numbered"):
        number = str(at[0]) if head.level == 1 else f"{at[0]}.{at[1]}"
    write = section if head.level == 1 else below
    return write(number, head.title), runs_in and head.own and head.level == 1
