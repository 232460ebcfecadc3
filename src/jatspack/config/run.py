"""Everything that is configured for one run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path as File

from pydantic import Field

from jatspack.config.article import ArticleConfig
from jatspack.config.base import Model
from jatspack.config.journal import JournalConfig
from jatspack.config.toml import Path, line_of


@dataclass(frozen=True, slots=True)
class Places:
    """Where each key of article.toml stands, so that every correction can name its line."""

    name: str = "article.toml"
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, *path: str | int) -> int:
        """The line of a key; 0 where the configuration comes from no file."""
        return line_of(self.lines, path) if self.lines else 0

    def rule(self, *path: str | int) -> str:
        """``article.toml:12``."""
        line = self.line(*path)
        return f"{self.name}:{line}" if line else self.name


class Config(Model):
    """The configuration of one run. `folder` is the journal's: its themes, logo and fonts lie there."""

    journal: JournalConfig = JournalConfig()
    article: ArticleConfig = ArticleConfig()
    places: Places = Field(default=Places(), exclude=True, repr=False)
    files: dict[str, bytes] = Field(default={}, exclude=True, repr=False)  # journal.toml and article.toml as read
    folder: File | None = Field(default=None, exclude=True, repr=False)
