from __future__ import annotations

from body_makers import MORE, TEXT, body, h, ol, p, rich, ul

from jatspack.article import Figure
from jatspack.read.document import ListBlock, Paragraph, Rule
from jatspack.richtext import OBJECT, Note, Rich, Run


def texts(block: ListBlock) -> list[str]:
    return [" ".join(inner.text.plain for inner in item) for item in block.items]


def test_ticks_become_one_list():
    result = body(p("Two things are good:"), p("✓ **Rain:** it falls."), p("✓ **Snow:** it melts."), p(TEXT))
    lists = [block for block in result.blocks if isinstance(block, ListBlock)]
    assert [texts(block) for block in lists] == [["Rain: it falls.", "Snow: it melts."]]
    assert [(row.text, row.reason) for row in result.accounted] == [("✓", "list-mark")] * 2


def test_dashes_after_a_colon_in_one_paragraph():
    result = body(p("We had three aims: - to measure the rain; - to weigh the sheep; - to write it down."))
    intro, listed = result.blocks
    assert intro.text.plain == "We had three aims:"
    assert texts(listed) == ["to measure the rain;", "to weigh the sheep;", "to write it down."]


def test_numbers_inside_a_sentence_stay_text():
    result = body(p("We (1) measured the rain, (2) weighed the sheep and (3) wrote it down."))
    assert [type(block) for block in result.blocks] == [Paragraph]


def test_numbered_list_cut_by_a_page_is_one():
    result = body(ol(1, "What fell?", "When did it fall?"), Rule((9, 9)), ol(3, "Who saw it?", "Who wrote it down?"))
    (listed,) = result.blocks
    assert len(listed.items) == 4
    assert len(body(ol(1, "What fell?", "And when?"), ol(1, "Who saw it?", "Who else?")).blocks) == 2


def test_numbered_paragraphs_in_a_row_are_a_list():
    result = body(
        h(2, "Conclusions"),
        p("(1) The rain fell in May."),
        p("(2) The river rose in June."),
        p("(3) All was dry in July."),
    )
    (listed,) = result.blocks[0].blocks
    assert (listed.ordered, listed.delimiter, len(listed.items)) == (True, "(1)", 3)


def test_paragraph_cut_by_an_image_is_joined():
    result = body(
        p("The villagers moved all their sheep to the"),
        p("![](a.png)"),
        p("**Figure 1.** Sheep."),
        p("hills, where the grass was dry."),
    )
    joined, figure = result.blocks
    assert joined.text.plain == "The villagers moved all their sheep to the hills, where the grass was dry."
    assert isinstance(figure, Figure)


def test_paragraphs_that_end_are_not_joined():
    assert len(body(p(TEXT), p("and so on it went for days.")).blocks) == 2
    assert len(body(p("The villagers moved all their sheep to these places:"), p("hills and woods.")).blocks) == 2


def test_a_list_item_goes_on_behind_the_page():
    result = body(ul("The rain fell for three days and", "The"), p("x"))
    assert len(result.blocks) == 2
    result = body(
        ol(1, "What fell from the sky in May", "Who moved the sheep to the"), p("hills in the month of June?")
    )
    assert len(result.blocks) == 1


def test_notes_become_footnotes():
    note = Note((p("Seen from the bridge."),), "1")
    text = Rich((Run("It rose", line=1), Run(OBJECT, object=note, line=1), Run(" again.", line=1)))
    result = body(Paragraph(text, (1, 1)))
    (footnote,) = result.footnotes
    assert (footnote.id, footnote.label) == ("fn-1", "1")
    assert footnote.blocks[0].text.plain == "Seen from the bridge."
    mark = result.blocks[0].text.runs[1]
    assert (mark.text, mark.xref.rid, "sup" in mark.style) == ("1", "fn-1", True)


def test_note_paragraph_at_the_page_end():
    result = body(p("The river rose^1^ again in the second week."), p(MORE), p("^1^ Seen from the bridge."), p(TEXT))
    (footnote,) = result.footnotes
    assert footnote.blocks[0].text.plain == "Seen from the bridge."
    assert result.blocks[0].text.runs[1].xref.rid == footnote.id
    assert len(result.blocks) == 3


def test_superscripts_without_a_note_stay():
    result = body(p("An area of 3 m^2^ was dug."), p(rich("x").text + "^3^ is a cube and no note."))
    assert result.footnotes == []


def test_a_cut_paragraph_without_capitals_or_spaces():
    first = (
        "连续三天下雨，河水上涨了两米，村民们把羊群赶到山上，因为那里的草还是干的，而"
        "且山谷里的道路已经被水淹没，谁也不知道这场雨什么时候会停，大家只能在山上等待并且"
    )
    assert len(body(p(first), p("把这些事情都记录下来。")).blocks) == 1
    assert len(body(p(first + "记录。"), p("把这些事情都记录下来。")).blocks) == 2
