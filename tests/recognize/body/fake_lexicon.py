"""A small lexicon with the API of the real one, so that these tests say all the words that they lean on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LABELS: dict[str, dict[str, tuple[str, ...]]] = {
    "figure": {
        "figure": ("en", "fr"), "fig": ("en", "fr", "es", "pt"), "figs": ("en",), "рис": ("ru",), "рисунок": ("ru",),
        "сурет": ("kk",), "图": ("zh",), "gambar": ("id",), "figura": ("es", "pt"), "abbildung": ("de",),
    },
    "table": {
        "table": ("en", "fr"), "таблица": ("ru",), "табл": ("ru",), "кесте": ("kk",), "表": ("zh",), "tabel": ("id",),
        "tabla": ("es",), "tabela": ("pt",), "tab": ("en", "de"),
    },
    "scheme": {"scheme": ("en",), "схема": ("ru",)},
    "chart": {"chart": ("en",)},
    "formula": {"eq": ("en",), "equation": ("en",), "формула": ("ru",)},
    "section-mark": {"section": ("en",), "раздел": ("ru",), "§": ()},
    "note": {"note": ("en",), "примечание": ("ru",), "nota": ("es", "pt"), "注": ("zh",)},
    "sources": {"source": ("en",), "источник": ("ru",), "fuente": ("es",), "fonte": ("pt",)},
    "keywords": {"keywords": ("en",)},
}  # fmt: skip
SECTIONS: dict[str, tuple[str, ...]] = {
    "intro": ("introduction", "введение", "кіріспе", "引言", "前言", "introdução", "introducción", "pendahuluan"),
    "methods": ("methods", "methodology", "metode", "procedimentos metodológicos", "method"),
    "materials": ("materials",),
    "materials|methods": (
        "materials and methods", "methods and materials", "材料与方法", "материалы и методы", "material e métodos",
        "materiais e métodos", "资料和方法", "资料与方法", "data and methods", "dados e metodologia",
    ),
    "results": ("results", "результаты", "结果", "resultados", "results and discussion", "resultados e discussão",
                "hasil dan pembahasan", "results and discussions"),
    "discussion": ("discussion", "讨论", "обсуждение", "discusión"),
    "conclusions": ("conclusion", "conclusions", "заключение", "қорытынды", "结论", "conclusão", "simpulan",
                    "结束语", "conclusión", "consideraciones finales", "comentarios finales"),
}  # fmt: skip
_TAIL = re.compile(r"(?P<gap>\s*)(?P<mark>[.:：|]|[-–—]+(?=\s))?\s*")


@dataclass(frozen=True)
class LabelMatch:
    role: str
    langs: tuple[str, ...]
    start: int
    end: int
    text: str
    delimiter: str


class FakeLexicon:
    def label_at(self, text: str, start: int = 0, roles: Sequence[str] | None = None) -> list[LabelMatch]:
        out = []
        while start < len(text) and text[start].isspace():
            start += 1
        for role in roles or LABELS:
            for word, langs in LABELS.get(role, {}).items():
                stop = start + len(word)
                if text[start:stop].casefold() != word:
                    continue
                if word.isalpha() and not re.match(r"[\u3400-\u9fff]", word) and text[stop : stop + 1].isalpha():
                    continue
                tail = _TAIL.match(text, stop)
                out.append(LabelMatch(role, langs, start, tail.end(), text[start:stop], tail["mark"] or ""))
        return sorted(out, key=lambda match: -len(match.text))

    def words(self, kind: str) -> dict[str, tuple[str, ...]]:
        return dict(LABELS.get(kind.removesuffix("-label"), {}))

    def label_whole(self, text: str, roles: Sequence[str] | None = None) -> list[LabelMatch]:
        return [match for match in self.label_at(text.strip(), 0, roles) if match.end >= len(text.strip())]

    def section_type(self, title: str) -> tuple[str, tuple[str, ...]]:
        plain = title.strip().casefold().rstrip(".:")
        return next(((kind, ()) for kind, titles in SECTIONS.items() if plain in titles), ("", ()))
