"""What an article is made from: its configuration, and digests that tell whether anything of it has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from jatspack.batch.task import Options, Source
from jatspack.config import ArticleConfig, Config, JournalConfig, beside, load, read_toml
from jatspack.findings import Stop
from jatspack.read.document import Document
from jatspack.read.media import take

FACTS = "facts.json"  # what a list says of an article, as the bag keeps it


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """SHA-256 of the source, empty where it cannot be read, and of all that is configured for it."""

    source: str
    configuration: str


def configuration(source: Source, options: Options) -> Config:
    """What is configured for an article: the files beside it, those that a list names, facts of the list, options.

    Raises UsageError with file, line and remedy for what is wrong.
    """
    config = load(*configuration_files(source, options))
    if source.facts:
        config = _with_facts(config, source)
    journal = config.journal
    if options.serialize:
        output = journal.output.model_copy(update={"serialize": options.serialize})
        journal = journal.model_copy(update={"output": output})
    if options.theme:
        journal = journal.model_copy(update={"theme": journal.theme.model_copy(update={"name": options.theme})})
    return config.model_copy(update={"journal": journal, "folder": config.folder or source.path.parent})


def configuration_files(source: Source, options: Options) -> tuple[Path | None, Path | None]:
    """The journal.toml and article.toml of an article; None for one that it has not."""
    journal, article = beside(source.path, source.journal or options.journal)
    return journal, source.article or article


def _with_facts(config: Config, source: Source) -> Config:
    """The facts of a list in the article's configuration; where it is a table by language, language by language."""
    given = config.article.model_dump(exclude_unset=True)
    for key, value in source.facts.items():
        old = given.get(key)
        given[key] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
    files = {**config.files, FACTS: json.dumps(source.facts, ensure_ascii=False, sort_keys=True, indent=1).encode()}
    return config.model_copy(update={"article": ArticleConfig.model_validate(given), "files": files})


class Fingerprints:
    """Takes fingerprints of articles as they lie there now. Reads no more of them than their bytes, and a journal's
    theme once."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._themes: dict[Path, str] = {}

    def of(self, source: Source) -> Fingerprint:
        """The digests of one article."""
        options = self._options
        journal, article = configuration_files(source, options)
        said = [options.digest, _digest(journal), _digest(article), json.dumps(source.facts, sort_keys=True)]
        if journal and "pdf" in options.only:
            if journal not in self._themes:
                self._themes[journal] = _theme(journal, options.theme)
            said.append(self._themes[journal])
        return Fingerprint(_digest(source.path), sha256("\n".join(said).encode()).hexdigest())


def images(source: Path, names: Iterable[str]) -> dict[str, str]:
    """SHA-256 of the images that an article names, by the name that it has for them; empty where there is none."""
    wanted = list(dict.fromkeys(names))
    media, _ = take({name: [] for name in wanted}, source.parent)
    return {name: sha256(media[name].data).hexdigest() if name in media else "" for name in wanted}


def named_images(document: Document) -> dict[str, str]:
    """As `images`, of all that a text names: those that were taken, and those that could not be."""
    refused = [f.data["src"] for f in document.findings if f.code.startswith("image-") and "src" in f.data]
    names = (name for name in [*document.media, *refused] if not name.startswith("data:"))
    return images(document.source.path, names)


def _digest(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _theme(journal: Path, name: str | None) -> str:
    """The digest of the look that a journal.toml asks for: style sheets, logo, fonts. Empty where it is not right."""
    from jatspack.render.theme import open_theme

    try:
        look = read_toml(journal, JournalConfig)[0].theme
        theme = open_theme(look.model_copy(update={"name": name}) if name else look, journal.parent)
    except Stop:
        return ""
    return sha256(repr(theme).encode()).hexdigest()
