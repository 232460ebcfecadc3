"""Articles made by hand and by chance, for the tests of what comes after recognition."""

from __future__ import annotations

from jatspack.article import (
    Abstract,
    Affiliation,
    Article,
    BackSection,
    Caption,
    Citation,
    Contributor,
    Figure,
    Footnote,
    Formula,
    HistoryDate,
    Identifier,
    KeywordGroup,
    Name,
    Origin,
    Part,
    Reference,
    ReferenceList,
    Section,
    TableWrap,
    Tagged,
    Title,
)
from jatspack.read.document import Cell, Code, Definitions, ListBlock, Media, Paragraph, Quote, Table
from jatspack.richtext import Math, Rich, Run, Xref

HERE = Origin(((1, 1),), "test")


def rich(*pieces: str | Run) -> Rich:
    """Rich text of strings and runs."""
    return Rich(tuple(Run(p) if isinstance(p, str) else p for p in pieces))


def styled(text: str, *styles: str, **more: object) -> Run:
    return Run(text, frozenset(styles), **more)  # type: ignore[arg-type]


def par(*pieces: str | Run, line: int = 1) -> Paragraph:
    return Paragraph(rich(*pieces), (line, line))


def tagged(text: str, **parts: str) -> Tagged:
    """Text with each part's first occurrence tagged; `_` in a name stands for `-`."""
    found = []
    for tag, value in parts.items():
        start = text.index(value)
        found.append(Part(tag.replace("_", "-"), start, start + len(value)))
    return Tagged(Rich.of(text), tuple(sorted(found, key=lambda p: p.start)))


def reference(ident: str, label: str, *texts: tuple[str, Tagged]) -> Reference:
    return Reference(ident, label, [Citation(lang, text, "journal", HERE) for lang, text in texts])


def full() -> Article:
    """An article that has something of everything."""
    return Article(
        language="en",
        titles=[Title("en", rich("Bees of the steppe"), HERE), Title("kk", rich("Дала аралары"), HERE)],
        contributors=[
            Contributor(
                [Name("en", "Alimova", "A. B."), Name("kk", "Әлімова", "А. Б.", style="eastern")],
                HERE,
                affiliations=["aff-1", "aff-2"],
                emails=["a@example.org"],
                orcid="0000-0002-1825-0097",
                corresponding=True,
                equal_contribution=True,
                degrees=[("en", "PhD")],
                roles=[("en", "Professor")],
                credit_roles=["Writing – review & editing"],
                biographies=[("en", (par("She keeps bees."),))],
            ),
            Contributor([Name("id", "Suharto", style="given-only")], HERE, affiliations=["aff-1"]),
            Contributor([Name("en", "Ivanov", "I.")], HERE, contrib_type="translator"),
        ],
        affiliations=[
            Affiliation(
                "aff-1",
                "1",
                [
                    ("en", tagged("Bee Institute, Almaty, Kazakhstan", institution="Bee Institute", city="Almaty")),
                    ("kk", tagged("Ара институты, Алматы", institution="Ара институты")),
                ],
                HERE,
            ),
            Affiliation("aff-2", "2", [("en", Tagged(rich("Hive House")))], HERE),
        ],
        abstracts=[
            Abstract(
                "en", rich("Abstract"), [par("Bees fly."), Section("", rich("Aims"), [par("To fly.")], HERE)], HERE
            ),
            Abstract("kk", rich("Аңдатпа"), [par("Аралар ұшады.")], HERE),
        ],
        keywords=[KeywordGroup("en", rich("Keywords"), [rich("bee"), rich(styled("Apis", "italic"))], HERE)],
        identifiers=[
            Identifier("udc", "595.7", "UDC 595.7", HERE),
            Identifier("doi", "10.1234/b.1", "10.1234/b.1", HERE),
        ],
        dates=[HistoryDate("received", "2024-02-03", "3 Feb 2024", HERE), HistoryDate("accepted", "2024-05", "", HERE)],
        subjects=[("en", rich("Zoology"))],
        author_notes=[par("The authors thank the bees.")],
        front_notes=[par("Journal of Bees 1 (2024)")],
        correspondence=[par("Write to ", styled("a@example.org", href="mailto:a@example.org"))],
        licence=rich("Open to all under ", Run("CC BY", href="https://creativecommons.org/licenses/by/4.0/")),
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        copyright=rich("© Bees 2024"),
        body=[_introduction(), _results()],
        back=[
            BackSection("ack-1", "ack", rich("Thanks"), [par("To all.")], HERE),
            BackSection("fund-1", "funding", rich("Funding"), [par("The honey fund paid.")], HERE),
            BackSection("app-1", "app", rich("Appendix"), [par("More.")], HERE),
        ],
        reference_lists=[
            ReferenceList(
                "refs-1",
                rich("References"),
                [
                    reference(
                        "ref-1",
                        "1",
                        ("ru", tagged("Иванов И. Пчёлы // Улей. 2001. Т. 3.", year="2001", source="Улей", volume="3")),
                        ("en", tagged("Ivanov I. Bees // Hive. 2001.", year="2001")),
                    ),
                    reference("ref-2", "", ("en", Tagged(rich("A plain one, ", styled("in italics", "italic"))))),
                ],
                HERE,
                "en",
                [("ru", rich("Список литературы"))],
            )
        ],
        footnotes=[Footnote("fn-1", "1", [par("A note.")], HERE)],
        media={"bee.png": Media("bee.png", "bee.png", b"", "image/png")},
    )


def _introduction() -> Section:
    return Section(
        "sec-1",
        rich(styled("Introduction", "bold")),
        [
            par(
                "Bees [",
                Run("1", xref=Xref("bibr", "ref-1")),
                "] are ",
                styled("very", "italic"),
                styled(" ", "italic"),
                styled("small", "italic", "bold"),
                ".",
                styled("1", "sup", xref=Xref("fn", "fn-1")),
                " See ",
                Run("Fig. 1", xref=Xref("fig", "fig-1")),
                " and H",
                styled("2", "sub"),
                "O at\n",
                styled("a site", "italic", href="https://example.org/a?b=1&c=2"),
                ", with ",
                Run("\ufffc", object=Math("x^2")),
                ".",
            ),
            ListBlock(True, ((par("one"),), (par("two"), Code("x = 1", (1, 1)))), (1, 1), start=3, delimiter="1)"),
            Quote((par("Quoted."),), (1, 1)),
            Definitions(((rich("Hive"), (par("A house."),)),), (1, 1)),
        ],
        HERE,
        "1.",
        "intro",
    )


def _results() -> Section:
    cells = (
        (Cell((par("a"),), header=True, colspan=2, align="center"),),
        (Cell((par("b"),)), Cell((par("c"), par("d")))),
    )
    return Section(
        "sec-2",
        rich("Results"),
        [
            Figure(
                "fig-1",
                [Caption("en", "Fig. 1.", rich("A bee")), Caption("ru", "Рис. 1.", rich("Пчела"))],
                ["bee.png"],
                "",
                HERE,
            ),
            TableWrap(
                "tab-1",
                [Caption("en", "Table 1.", rich("Numbers"))],
                Table(cells[:1], cells[1:], (1, 1)),
                HERE,
                [par("Note.")],
            ),
            Formula("eq-1", "a = b", "(1)", HERE),
            Code("print(1)\n  print(2)", (1, 1), "python"),
            Section("sec-2-1", rich("More"), [par("Text.")], HERE, sec_type="results"),
        ],
        HERE,
    )
