"""A raw article taken apart by its labels, so that it can be laid out anew with the same meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from labels import Labels, labels_of

from facts import key

Role = Literal["loose", "title", "byline", "matter", "abstract", "keywords"]
HEADING = re.compile(r"(#{1,6})\s+(.*)", re.DOTALL)
RUN_IN = re.compile(r"\*\*([^*\n]+)\*\*[ ]*(.*)", re.DOTALL)
ITALIC_HEAD = re.compile(r"\*([^*\n]+?)\*")
NUMBER = re.compile(r"(?:\d+(?:\\?[.．]\d+)*\\?[.．]?\s*)?")


@dataclass
class Part:
    """A piece of the front matter.

    `label` is the printed word of an abstract or of keywords; `printed` is a title's block as it was, or all that
    stands before the text of an abstract or of keywords.
    """

    role: Role
    lang: str
    blocks: list[str]
    label: str = ""
    printed: str = ""


@dataclass
class Head:
    """A section's heading in the body; `own` tells those that the labels name from the back matter's.

    `printed` is as it was; text followed it in the same paragraph where `joined`.
    """

    level: int
    title: str
    number: str = ""
    own: bool = True
    printed: str = ""
    joined: bool = False


@dataclass
class Manuscript:
    """Front matter in parts, and the body: headings and other blocks in turn."""

    front: list[Part]
    body: list[Head | str]
    labels: Labels
    folder: Path


def bare(text: str) -> str:
    """Without the marks of headings and of bold and italic type around the whole."""
    text = re.sub(r"^#+\s*", "", text.strip())
    while (m := re.fullmatch(r"(\*{1,3})(?=[^\s*])(.*[^\s*\\])\1", text, re.DOTALL)) and m[1] not in m[2].replace(
        "\\*", ""
    ):
        text = m[2]
    return text


def load(folder: Path) -> Manuscript:
    """The article of a folder and its labels."""
    return parse((folder / "article.md").read_text("utf-8"), labels_of(folder), folder)


def parse(text: str, labels: Labels, folder: Path) -> Manuscript:
    """Take an article apart; ValueError where the labels do not fit it."""
    blocks = [b.strip("\n") for b in re.split(r"\n[ \t]*\n", text.strip())]
    front, end = _front([b for b in blocks if b.strip()], labels)
    rest = [b for b in blocks if b.strip()][end:]
    return Manuscript(front, _body(rest, labels), labels, folder)


def _surnames(labels: Labels) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {labels["language"]: [a["surname"] for a in labels["authors"]]}
    for author in labels["authors"]:
        for lang, name in author.get("names", {}).items():
            if lang != labels["language"]:
                out.setdefault(lang, []).append(name[0] if isinstance(name, list) else name)
    return out


def _front(blocks: list[str], labels: Labels) -> tuple[list[Part], int]:
    """The parts of the front matter, and the number of blocks that they take."""
    roles: dict[int, Part] = {}
    for lang, title in labels["titles"].items():
        n = next(i for i, b in enumerate(blocks) if key(bare(b)) == key(title))
        roles[n] = Part("title", lang, [bare(blocks[n])], printed=blocks[n])
    for lang, abstract in labels["abstracts"].items():
        _abstract(blocks, roles, lang, key(abstract["starts"]), key(abstract["ends"]))
    for lang, keywords in labels["keywords"].items():
        n = next(i for i, b in enumerate(blocks) if i not in roles and all(key(k) in key(b) for k in keywords))
        start = re.search(re.escape(keywords[0]), blocks[n])
        at = start.start() if start else 0
        at -= len(blocks[n][:at]) - len(blocks[n][:at].rstrip("*_"))  # a keyword in italics keeps its mark
        at = start.start() if start and at and blocks[n][at:].startswith("**") else at
        roles[n] = Part("keywords", lang, [blocks[n][at:].strip()], _word(blocks[n][:at]), blocks[n][:at])
    for lang, surnames in _surnames(labels).items():
        n = next(i for i, b in enumerate(blocks) if i not in roles and all(key(s) in key(b) for s in surnames))
        roles[n] = Part("byline", lang, [blocks[n]])
    first = key(labels["sections"][0])
    end = next(i for i in range(max(roles) + 1, len(blocks)) if re.match(rf"\d*{re.escape(first)}", key(blocks[i])))
    return _in_order(blocks[:end], roles), end


def _abstract(blocks: list[str], roles: dict[int, Part], lang: str, start: str, end: str) -> None:
    first = next(i for i, b in enumerate(blocks) if start in key(b))
    last = next(i for i in range(first, len(blocks)) if end in key(blocks[i]))
    text = blocks[first]
    if key(text).startswith(start):
        label, printed = _word(blocks[first - 1]), blocks[first - 1] + "\n\n"
        roles[first - 1] = Part("abstract", lang, [], label)  # the label's block; taken together below
        at = 0
    else:
        at = next(i for i in range(len(text)) if key(text[i:]).startswith(start) and text[i].isalnum())
        label, printed = _word(text[:at]), text[:at]
    roles[first] = Part("abstract", lang, [text[at:], *blocks[first + 1 : last + 1]], label, printed)
    for i in range(first + 1, last + 1):
        roles[i] = Part("abstract", lang, [])


def _word(text: str) -> str:
    """A label without marks and punctuation."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", text)


def _in_order(blocks: list[str], roles: dict[int, Part]) -> list[Part]:
    parts: list[Part] = []
    lang = ""
    for i, block in enumerate(blocks):
        part = roles.get(i)
        if part is None:
            if parts and parts[-1].role in ("byline", "matter"):
                part = Part("matter", parts[-1].lang, [block])
            else:
                part = Part("loose", lang, [block])
            if parts and parts[-1].role == part.role == "matter":
                parts[-1].blocks.append(block)
                continue
        elif not part.blocks:
            continue
        parts.append(part)
        lang = part.lang
    return parts


def _body(blocks: list[str], labels: Labels) -> list[Head | str]:
    own = {key(t): 1 for t in labels["sections"]}
    own |= {key(t): 2 for titles in labels.get("subsections", {}).values() for t in titles}
    out: list[Head | str] = []
    for block in blocks:
        head, rest = _head(block, own)
        out += [head, *([rest] if rest else [])] if head else [block]
    return out


def _head(block: str, own: dict[str, int]) -> tuple[Head | None, str]:
    for pattern in (HEADING, RUN_IN, ITALIC_HEAD):
        m = pattern.fullmatch(block)
        if not m:
            continue
        title, rest = (bare(m[2]), "") if pattern is HEADING else (m[1], m[2] if pattern is RUN_IN else "")
        number = NUMBER.match(title)
        at = number.end() if number else 0
        words = title[at:].strip().rstrip(".:")
        if key(words) in own:
            printed = block[: len(block) - len(rest)].rstrip()
            return Head(own[key(words)], words, title[:at].strip(), True, printed, bool(rest)), rest
        if pattern is HEADING and len(m[1]) <= 2 and own:
            return Head(1, title, own=False, printed=block), rest
    return None, ""


def plain_text(block: Head | str) -> bool:
    """Whether a block is a paragraph of running text, which may be wrapped or cut."""
    marks = r"[#|<!>$\[✓]|\d+[.)]\s|[-*+]\s|\*\*|\*[^*]+:\*$|\*?Note|Nota:|Table|Tabla|表|图|図|جدول|Fig"
    return isinstance(block, str) and len(block) > 200 and not re.match(marks, block) and "  \n" not in block
