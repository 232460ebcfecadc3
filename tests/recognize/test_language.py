import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from jatspack.recognize.language import identify, script_of

TEXTS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "short_texts.toml").read_text("utf-8"))
PAIRS = [("kk", "ky", "ru"), ("uk", "ru", "be"), ("es", "pt", "gl"), ("id", "ms"), ("zh-Hans", "zh-Hant", "ja"),
         ("sr-Latn", "hr"), ("cs", "sk"), ("az", "tr"), ("bg", "ru")]  # fmt: skip


@pytest.mark.parametrize("lang", TEXTS)
def test_short_texts(lang):
    wrong = [(t, g) for t in TEXTS[lang] if (g := identify(t)).lang != lang]
    assert len(wrong) <= len(TEXTS[lang]) * 0.1, wrong


@pytest.mark.parametrize("langs", PAIRS, ids="-".join)
def test_close_languages_once_they_are_expected(langs):
    wrong = [(lang, t) for lang in langs for t in TEXTS[lang] if identify(t, langs).lang != lang]
    assert len(wrong) <= 0.07 * sum(len(TEXTS[lang]) for lang in langs), wrong


def test_confidence_is_about_how_often_it_is_right():
    rows = defaultdict(list)
    for lang, texts in TEXTS.items():
        for text in texts:
            guess = identify(text)
            assert 0 <= guess.confidence <= 1
            rows["high" if guess.confidence >= 0.9 else "low"].append(guess.lang == lang)
    assert sum(rows["high"]) / len(rows["high"]) > 0.97
    assert sum(rows["low"]) / len(rows["low"]) > 0.75


@pytest.mark.parametrize("text", ["", "1234 – 5678", "[12]", "***"])
def test_nothing_to_say(text):
    assert identify(text) == identify("")
    assert identify(text).lang == "und"


def test_names_and_abbreviations_are_no_certainty():
    assert identify("YOLO, SAM 2, R-CNN").confidence < 0.6
    assert identify("A. B. Smith").confidence < 0.8


def test_candidates_are_no_bound():
    assert identify("Бұл мақалада қала тарихы қарастырылады және талданады.", ["ru", "en"]).lang == "kk"


def test_quotations_in_another_script_do_no_harm():
    assert identify("Модель YOLOv8 и Mask R-CNN для распознавания деревьев в городе").lang == "ru"
    assert identify("基于 Mask R-CNN 的城市树木识别方法研究").lang == "zh-Hans"


@pytest.mark.parametrize(
    ("text", "script"),
    [("Abstract", "Latn"), ("Аннотация", "Cyrl"), ("摘要", "Hani"), ("要旨の例", "Jpan"), ("초록", "Kore"),
     ("ملخص", "Arab"),     ("Περίληψη", "Grek"), ("12", "Zyyy")],
)  # fmt: skip
def test_script(text, script):
    assert script_of(text) == script


def test_titles_and_abstracts_of_real_articles(shared):
    import json

    wrong, count = [], 0
    for path in sorted((shared / "dev").glob("*/gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        texts = list(gold.get("titles", {}).items())
        texts += [(lang, a["starts"]) for lang, a in gold.get("abstracts", {}).items()]
        for lang, text in texts:
            count += 1
            if text and identify(text).lang.split("-")[0] != lang.split("-")[0]:
                wrong.append((path.parent.name, lang, text))
    assert count
    assert not wrong
