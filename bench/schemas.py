"""Write the JSON Schemas of journal.toml, article.toml and report.json into schemas/, from the models.

python bench/schemas.py
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from jatspack.config import ArticleConfig, JournalConfig
from jatspack.report import Report

FOLDER = Path(__file__).resolve().parents[1] / "schemas"
MODELS: dict[str, type[BaseModel]] = {"journal": JournalConfig, "article": ArticleConfig, "report": Report}


def schemas() -> dict[str, str]:
    """File name -> JSON Schema (draft 2020-12)."""
    out = {}
    for name, model in MODELS.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        out[f"{name}.schema.json"] = json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
    return out


if __name__ == "__main__":
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, "utf-8")
        print(FOLDER / name)
