"""What an XML file says before its root element: encoding, DOCTYPE, declarations of its own, the version of its tags.

Read by expat before libxml2 sees the file, so that nothing that a file declares for itself ever takes effect.
Expat expands and fetches nothing here, and stops at the root element.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from xml.parsers import expat

_CHUNK = 1 << 16  # bytes; a prolog is seldom longer
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']""")
_UTF8 = frozenset({"utf-8", "utf-8-sig", "ascii"})
# Character sets of the IANA registry by their names in Python. Nothing that is an escape, a compression or a puzzle.
_CHARACTER_SETS = re.compile(
    r"utf-(16|32)(-[bl]e)?|iso8859-\d+|cp(125\d|437|85\d|866|874|932|936|949|950)|koi8-[rtu]|mac-\w+|gb2312|gbk|gb18030"
    r"|big5(hkscs)?|shift_jis(x0213|_2004)?|euc_(jp|kr|jis_2004)|iso2022_(jp|kr)(_\w+)?|hz|tis-620|kz1048|ptcp154"
)
_MARKS = (  # Unicode, section 23.8, and XML 1.0, appendix F: the first bytes tell the encoding
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    ("<?".encode("utf-16-le"), "utf-16-le"),
    ("<?".encode("utf-16-be"), "utf-16-be"),
)


@dataclass(slots=True)
class Prolog:
    """`public_id` and `system_id` are empty where there is no DOCTYPE; places are line and column, from 1."""

    doctype: str = ""  # the name in it
    public_id: str = ""
    system_id: str = ""
    root: str = ""
    root_at: int = 0  # the byte where it begins
    dtd_version: str = ""  # the root's @dtd-version
    declares: str = ""  # the first thing that the file declares for itself
    declared_at: tuple[int, int] = (1, 1)
    fault: str = ""  # why expat could not come as far as the root element
    fault_at: tuple[int, int] = (1, 1)


class _Reached(Exception):
    """The root element begins."""


def utf8(data: bytes) -> bytes:
    """The same file in UTF-8, whatever encoding it is in, so that both parsers read the same characters.

    The encoding that it declares must then be overruled. Raises ValueError for an encoding that is not known, or
    where the bytes are not in it. What says nothing is UTF-8 and comes back as it is, right or wrong.
    """
    name = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    if not name:
        declared = _DECLARED.match(data)
        name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        known = codecs.lookup(name).name
        if known in _UTF8:
            return data.removeprefix(codecs.BOM_UTF8)
        if not _CHARACTER_SETS.fullmatch(known):
            raise LookupError
        return data.decode(known).removeprefix("\ufeff").encode("utf-8")
    except LookupError:
        raise ValueError(f"the encoding {name} is not known") from None
    except UnicodeError as error:
        raise ValueError(f"its bytes are not {name}, which it says it is in ({_reason(error)})") from None


def _reason(error: UnicodeError) -> str:
    return f"byte {error.start + 1}" if isinstance(error, UnicodeDecodeError) else "a character that there is not"


def read_prolog(text: bytes) -> Prolog:
    """The prolog of a file in UTF-8; never raises for what it holds."""
    found = Prolog()
    parser = expat.ParserCreate("utf-8")

    def place() -> tuple[int, int]:
        return parser.CurrentLineNumber, parser.CurrentColumnNumber + 1

    def doctype(name: str, system_id: str | None, public_id: str | None, _: bool) -> None:
        found.doctype, found.system_id = name, " ".join((system_id or "").split())
        found.public_id = " ".join((public_id or "").split())

    def declares(what: str) -> None:
        if not found.declares:
            found.declares, found.declared_at = what, place()

    def root(name: str, attributes: dict[str, str]) -> None:
        found.root, found.dtd_version = name, attributes.get("dtd-version", "")
        found.root_at = parser.CurrentByteIndex
        raise _Reached

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = lambda name, *_: declares(f"the entity {name}")
    parser.AttlistDeclHandler = lambda element, name, *_: declares(f"the attribute {name} of <{element}>")
    parser.ElementDeclHandler = lambda name, *_: declares(f"the element <{name}>")
    parser.NotationDeclHandler = lambda name, *_: declares(f"the notation {name}")
    parser.StartElementHandler = root
    try:
        for start in range(0, len(text), _CHUNK):
            parser.Parse(text[start : start + _CHUNK], False)
        parser.Parse(b"", True)
    except _Reached:
        pass
    except expat.ExpatError as error:
        found.fault, found.fault_at = expat.ErrorString(error.code), (error.lineno, error.offset + 1)
    return found
