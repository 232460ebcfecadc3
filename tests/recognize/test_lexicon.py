import tomllib
import unicodedata
from pathlib import Path

import pytest

from jatspack.recognize.lexicon import Lexicon, lexicon
from jatspack.recognize.lexicon.fold import fold
from jatspack.recognize.lexicon.load import FOLDER, read

FILES = sorted(FOLDER.glob("*.toml"))
ROLES = {
    "abstract",
    "keywords",
    "references",
    "sources",
    "email",
    "orcid",
    "phone",
    "address",
    "received",
    "revised",
    "accepted",
    "published",
    "corresponding-author",
    "authors",
    "title",
    "running-title",
    "article-number",
    "affiliation",
    "supervisor",
    "translator",
    "reviewer",
    "editor",
    "figure",
    "table",
    "formula",
    "scheme",
    "chart",
    "section-mark",
    "page",
    "acknowledgements",
    "funding",
    "conflict-of-interest",
    "data-availability",
    "author-contributions",
    "ethics",
    "appendix",
    "about-authors",
    "supplementary",
    "citation",
    "copyright",
    "licence",
    "doi",
    "udc",
    "irsti",
    "jel",
    "clc",
    "document-code",
    "bbk",
    "issn",
    "article-type",
    "article-info",
    "note",
    "continued",
}
BLOCKS = {
    "Cyrl": "CYRILLIC",
    "Grek": "GREEK",
    "Armn": "ARMENIAN",
    "Geor": "GEORGIAN",
    "Hebr": "HEBREW",
    "Arab": "ARABIC",
}


def one(text: str, role: str, start: int = 0):
    return next(m for m in lexicon().label_at(text, start) if m.role == role)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_file_is_toml_and_the_short_way_of_reading_agrees(path):
    raw = tomllib.loads(path.read_text("utf-8"))
    tables = {"": {k: v for k, v in raw.items() if not isinstance(v, dict)}}
    tables |= {k: v for k, v in raw.items() if isinstance(v, dict)}
    assert {t: words.keys() for t, words in read(path).items()} == {t: words.keys() for t, words in tables.items()}
    assert all(
        words == tables[t][key]
        for t, found in read(path).items()
        for key, words in found.items()
        if "{" not in tables[t][key]
    )
    assert raw["language"] == path.stem
    assert set(raw["labels"]) <= ROLES
    assert not any("'" in v or v != v.strip() for t in tables.values() for v in t.values())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_words_have_no_letters_of_another_script(path):
    tables = read(path)
    block = BLOCKS.get(tables[""]["script"])
    for table in ("labels", "sections", "months", "people", "places"):
        for value in tables.get(table, {}).values():
            for word in value.replace("|", " ").replace("-", " ").replace("/", " ").split():
                blocks = {unicodedata.name(c).split()[0] for c in word if c.isalpha()}
                assert len(blocks) <= 1 or block is None, word
                assert unicodedata.normalize("NFC", word) == word


def test_lists_and_other_forms_of_toml_are_read_too(tmp_path):
    path = tmp_path / "xx.toml"
    path.write_text('language = "xx"\nscript = "Latn"\n[labels]\nabstract = ["One", "Two"]\n')
    assert read(path) == {"": {"language": "xx", "script": "Latn"}, "labels": {"abstract": "One | Two"}}
    path.write_text("language = \n")
    with pytest.raises(ValueError, match=r"xx\.toml"):
        read(path)


def test_at_least_the_languages_promised():
    promised = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv ru uk be kk ky uz-Latn uz-Cyrl"
    promised += " tg az tr ka hy sr-Cyrl sr-Latn ar fa he hi zh-Hans zh-Hant ja ko vi id gl ms ca mn"
    assert set(promised.split()) <= set(lexicon().languages)
    for lang in promised.split():
        for role in ("abstract", "keywords", "references", "figure", "table"):
            assert lexicon().table(lang, "labels", role), (lang, role)


@pytest.mark.parametrize(
    ("text", "role", "lang", "delimiter"),
    [
        ("Abstract: We show", "abstract", "en", ":"),
        ("ABSTRACT—We show", "abstract", "en", "—"),
        ("Abstract. We", "abstract", "en", "."),
        ("Abstract.— We", "abstract", "en", ".—"),
        ("Abstract - We", "abstract", "en", "-"),
        ("AbstractWe show", "abstract", "en", ""),
        ("Abstract\nWe show", "abstract", "en", "\n"),
        ("А н н о т а ц и я. В работе", "abstract", "ru", "."),
        ("АННОТАЦИЯ", "abstract", "ru", ""),
        ("Аңдатпа. Мақалада", "abstract", "kk", "."),
        ("摘 要：本文", "abstract", "zh-Hans", "："),
        ("摘要】本文", "abstract", "zh-Hans", "】"),
        ("[摘要] 本文"[1:], "abstract", "zh-Hans", "]"),
        ("Özet: Bu", "abstract", "tr", ":"),
        ("ÖZET", "abstract", "tr", ""),
        ("Resumé: El", "abstract", "fr", ":"),
        ("RESUMO: Este", "abstract", "pt", ":"),
        ("Key-words: a", "keywords", "en", ":"),
        ("KEY WORDS a", "keywords", "en", ""),
        ("Ключе-\nвые слова: а", "keywords", "ru", ":"),
        ("Клю чевые слова: а", "keywords", "ru", ":"),
        ("关键词 河流", "keywords", "zh-Hans", ""),
        ("キーワード：川", "keywords", "ja", "："),
        ("الكلمات المفتاحية: نهر", "keywords", "ar", ":"),
        ("Λέξεις-κλειδιά: α", "keywords", "el", ":"),
        ("Fig. 2 Map", "figure", "en", ""),
        ("Рис.1. Карта", "figure", "ru", ""),
        ("Fig.2", "figure", "en", ""),
        ("图1 河流", "figure", "zh-Hans", ""),
        ("DOI 10.1000/1", "doi", "en", ""),
        ("УДК 94(574)", "udc", "ru", ""),
        ("ҒТАМР 03.20", "irsti", "kk", ""),
    ],
)
def test_label_at_a_place(text, role, lang, delimiter):
    match = one(text, role)
    assert lang in match.langs
    assert match.delimiter == delimiter
    assert match.start == 0
    assert text[match.end : match.end + 1].strip() or match.end == len(text)


@pytest.mark.parametrize("text", ["Abstraction is", "Do I know", "In formation: x", "Summaryx: a", "Рисунки1а"[:4]])
def test_no_label(text):
    assert not [m for m in lexicon().label_at(text) if m.role != "figure" or m.delimiter]


def test_longest_label_comes_first_and_roles_are_a_filter():
    found = lexicon().label_at("Түйін сөздер: а")
    assert [m.role for m in found] == ["keywords", "abstract"]
    assert [m.role for m in lexicon().label_at("Түйін сөздер: а", roles=["abstract"])] == ["abstract"]


def test_a_label_of_several_languages_names_them_all_but_accents_decide_where_they_stand():
    assert {"ru", "kk"} <= set(one("Аннотация.", "abstract").langs)
    assert one("Résumé:", "abstract").langs == one("Résumé:", "abstract").langs
    assert "fr" in one("Résumé:", "abstract").langs
    assert "uk" not in one("Литература", "references").langs


@pytest.mark.parametrize(
    "text", ["Abstract", "[Abstract]", "**Abstract**:", "ABSTRACT.", "【摘要】", " Резюме —", "A b s t r a c t"]
)
def test_whole_label(text):
    assert "abstract" in {m.role for m in lexicon().label_whole(text)}


def test_not_whole():
    assert lexicon().label_whole("Abstract art in the twentieth century") == []


def test_labels_inside_a_text_need_a_delimiter():
    text = "First things. Keywords: a, b. The abstract is short. УДК: 94"
    found = lexicon().labels_in(text, ("keywords", "abstract", "udc"))
    assert [(m.role, m.text) for m in found] == [("keywords", "Keywords"), ("udc", "УДК")]
    cjk = "本文论述河流。关键词：河流"
    assert [m.role for m in lexicon().labels_in(cjk, ("keywords",))] == ["keywords"]


@pytest.mark.parametrize(
    ("title", "kind", "lang"),
    [
        ("Introduction", "intro", "en"),
        ("Материалы и методы исследования.", "materials|methods", "ru"),
        ("НӘТИЖЕЛЕР МЕН ТАЛҚЫЛАУ", "results|discussion", "kk"),
        ("Sonuç", "conclusions", "tr"),
        ("结论", "conclusions", "zh-Hans"),
        ("Considerações finais", "conclusions", "pt"),
        ("Rivers of the north", "", ""),
    ],
)
def test_section_type(title, kind, lang):
    found, langs = lexicon().section_type(title)
    assert found == kind
    assert not lang or lang in langs


@pytest.mark.parametrize(
    ("word", "number"),
    [("July", 7), ("марта", 3), ("Sept.", 9), ("sept", 9), ("қаңтар", 1), ("AĞUSTOS", 8), ("März", 3),
     ("MÄRZ", 3),     ("十二月", 12), ("listopada", None), ("river", None)],
)  # fmt: skip
def test_month(word, number):
    assert lexicon().month(word) == number


def test_month_that_languages_count_differently():
    assert lexicon().month("listopada", ["hr"]) == 10
    assert lexicon().month("listopada", ["pl"]) == 11


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("institution", "Институт истории, Казахский национальный университет", ["Институт", "университет"]),
        ("institution", "Gazi ÜNİVERSİTESİ", ["ÜNİVERSİTESİ"]),
        ("institution", "Städtisches Universitätsklinikum", ["Universitätsklinikum"]),
        ("institution", "北京大学", ["大学"]),
        ("department", "Кафедрой всеобщей истории", ["Кафедрой"]),
        (
            "degree",
            "к. и. н., Ph. D., кандидат исторических наук",
            ["к. и. н.", "Ph. D.", "кандидат исторических наук"],
        ),
        ("pages", "с. 5; с другом", ["с."]),
        ("et-al", "Smith et al. (2018)", ["et al."]),
        ("patronymic", "Иван Петрович", ["Петрович"]),
    ],
)
def test_words_in_text(kind, text, found):
    assert lexicon().pattern(kind).findall(text) == found


def test_what_is_found_reads_like_a_match():
    found = lexicon().pattern("institution").search("at the University of X", 3)
    assert found is not None
    assert (found.start(), found.end(), found.span(), found.group(), found[0]) == (
        7,
        17,
        (7, 17),
        "University",
        "University",
    )
    assert lexicon().pattern("institution").fullmatch("University")
    assert lexicon().pattern("institution").match("the University") is None
    assert not lexicon().pattern("no-such-kind")


def test_words_by_kind():
    assert "en" in lexicon().words("conjunction")["and"]
    assert "kk" in lexicon().words("stopword")["және"]
    assert lexicon().script("kk") == "Cyrl"
    assert lexicon().script("xx") == ""


def test_a_lexicon_is_made_of_any_tables():
    small = Lexicon({"xx": {"": {"language": "xx", "script": "Latn"}, "labels": {"abstract": "Foo | Bar baz"}}})
    assert small.label_at("BAR  BAZ: x")[0].langs == ("xx",)


def test_folding():
    assert fold("Ключевые\u00ad слова") == "ключевыеслова"
    assert fold("Аннота́ция") == fold("АННОТАЦИЯ")
    assert fold("İŞİ") == "isi"


def test_braces_stand_for_every_phrase_that_they_can_be_read_as(tmp_path: Path) -> None:
    fast, slow = tmp_path / "fast.toml", tmp_path / "slow.toml"
    fast.write_text("language = 'xx'\n[people]\ndegree = 'sage | {old,new} {house,barn} keeper'\n", "utf-8")
    slow.write_text('language = "xx"\n[people]\ndegree = ["sage", "{old,new} {house,barn} keeper"]\n', "utf-8")
    spelled = "sage | old house keeper | old barn keeper | new house keeper | new barn keeper"
    assert read(fast)["people"]["degree"] == read(slow)["people"]["degree"] == spelled
