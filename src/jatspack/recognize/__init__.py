"""A Document becomes an Article: evidence for every unit, one decision for the whole, then the fields."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jatspack.article import Article
from jatspack.config import Config, entry
from jatspack.findings import Finding, finding
from jatspack.read.document import Document, Lines
from jatspack.recognize.assemble import assemble
from jatspack.recognize.authornotes import open_author_notes
from jatspack.recognize.body import link_mentions
from jatspack.recognize.citations import link_citations
from jatspack.recognize.completeness import completeness
from jatspack.recognize.consistency import consistency, offered
from jatspack.recognize.corrections import (
    Ledger,
    accept,
    answered,
    apply_front_matter,
    assign_roles,
    correct,
    correct_notes,
)
from jatspack.recognize.decoder import Decision, decide
from jatspack.recognize.endnotes import lift_endnotes
from jatspack.recognize.evidence import collect
from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.units import cut
from jatspack.recognize.words import read_words

DOUBT = 1.0  # a smaller margin is reported
QUOTED = 60  # characters by which a correction finds its place


@dataclass(frozen=True, slots=True)
class BlockRole:
    """What one unit of the document was taken for, and why; for the report and for `jatspack explain`."""

    lines: Lines
    role: str
    margin: float
    runner_up: str
    evidence: tuple[tuple[str, float, str], ...]
    text: str


Recognized = tuple[Article, list[Finding], list[BlockRole]]


def recognize(document: Document, config: Config) -> Recognized:
    """The article in a document, the doubts, and the role of every unit.

    Nothing is made up: what neither the text nor the configuration says is absent from the Article. Where article.toml
    accepts corrections that findings offer, the findings are looked for first, and all is read anew with these.
    """
    if not config.article.accept:
        return _recognize(document, config)
    config, quiet, unused = accept(config, _recognize(document, config)[1], document.source.text)
    article, findings, roles = _recognize(document, config)
    told = [replace(f, silenced=quiet.get((f.code, f.message), "")) for f in findings]
    return article, [*told, *unused], roles


def _recognize(document: Document, config: Config) -> Recognized:
    words = lexicon()
    ledger = Ledger(Article(), config.places, words)
    document = replace(document, blocks=open_author_notes(document.blocks, words))
    units, given = assign_roles(cut(document.blocks, words), config.article.roles, ledger)
    evidence = [[*found, *more] for found, more in zip(collect(units, words), given, strict=True)]
    decisions = decide(units, evidence)
    article, findings = assemble(document, decisions, config, words)
    ledger.article = article
    apply_front_matter(ledger, document.metadata)
    correct(ledger, config.article)
    lifted = lift_endnotes(article, words)
    findings = [*correct_notes(ledger, config.article, findings), *lifted]
    findings += link_citations(article)
    findings += link_mentions(article, words)
    doubts = consistency(document, article, read_words(document), words, findings)
    findings += [f for f in doubts if not answered(f, config)]
    findings += completeness(article, config)
    findings += [_doubt(d) for d in decisions if d.margin < DOUBT and d.unit.text.plain]
    return article, [offered(f) for f in findings], [_block_role(d) for d in decisions]


def _doubt(decision: Decision) -> Finding:
    text, line = decision.unit.text.plain, decision.unit.lines[0]
    quoted = text if len(text) <= QUOTED else text[:QUOTED].rpartition(" ")[0] or text[:QUOTED]
    named = any(c.isalnum() for c in quoted)  # a formula or an image alone has no words to be found by
    return finding(
        "role-doubtful",
        decision.unit.lines,
        correction=entry("roles", find=quoted, lines=str(line), role=decision.runner_up) if named else "",
        role=decision.role,
        runner_up=decision.runner_up,
        margin=f"{decision.margin:.1f}",
    )


def _block_role(decision: Decision) -> BlockRole:
    evidence = tuple((e.role, round(e.weight, 2), e.why) for e in decision.evidence)
    unit = decision.unit
    return BlockRole(unit.lines, decision.role, decision.margin, decision.runner_up, evidence, unit.text.plain[:80])
