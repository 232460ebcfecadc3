"""journal.toml and article.toml: what the text does not say, and corrections to what it does.

Both are checked by pydantic models, from which the JSON Schemas in schemas/ are made. A value that neither
file gives stays absent from the output: nothing is made up.
"""

from __future__ import annotations

from jatspack.config.article import ArticleConfig
from jatspack.config.base import Date, Issn, Lang, Model
from jatspack.config.journal import Bag, Deposit, Journal, JournalConfig, Licence, Output
from jatspack.config.load import beside, discover, load, read_toml
from jatspack.config.run import Config, Places
from jatspack.config.targets import Target
from jatspack.config.theme import Theme, ThemeFile
from jatspack.config.toml import entry

__all__ = [
    "ArticleConfig", "Bag", "Config", "Date", "Deposit", "Issn", "Journal", "JournalConfig", "Lang", "Licence", "Model",
    "Output", "Places", "Target", "Theme", "ThemeFile", "beside", "discover", "entry", "load", "read_toml",
]  # fmt: skip
