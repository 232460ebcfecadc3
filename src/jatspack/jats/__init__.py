"""The Article written as JATS Publishing XML, and JATS read back.

JATS: Journal Article Tag Suite, ANSI/NISO Z39.96. Tagging follows the JATS4R recommendations. Only what
version 1.1 has is used, whichever version is declared. Element names in comments are JATS's own.
"""

from __future__ import annotations

from lxml import etree

from jatspack.article import Article
from jatspack.config import Config
from jatspack.jats.back import back_matter
from jatspack.jats.body import Blocks
from jatspack.jats.front import ALI, front_matter
from jatspack.jats.inline import XLINK, XML, MathML, Writer
from jatspack.jats.mathml import MML
from jatspack.jats.serialize import serialize

__all__ = ["MathML", "build", "serialize"]

_NAMESPACES = {"xlink": XLINK[1:-1], "mml": MML, "ali": ALI[1:-1]}


def build(article: Article, config: Config, mathml: MathML | None = None) -> etree._ElementTree:
    """The JATS tree of an article.

    `mathml` makes MathML of all formulas' TeX at once, None for what it cannot; without it TeX stands alone.
    """
    writer = Writer(article.media)
    root = etree.Element("article", nsmap=_NAMESPACES)
    root.set("article-type", config.article.article_type)
    root.set("dtd-version", config.journal.output.jats_version)
    root.set(XML + "lang", article.language or "und")  # always: the DTD's default is English
    blocks = Blocks(writer, article.language)
    root.append(front_matter(article, config, writer, blocks))
    if article.body:
        blocks.fill(etree.SubElement(root, "body"), article.body)
    back = back_matter(article, writer, blocks)
    if len(back):
        root.append(back)
    writer.finish(mathml)
    etree.cleanup_namespaces(root)
    return root.getroottree()
