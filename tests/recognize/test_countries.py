import pytest

from jatspack.recognize.countries import country_in


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kazakhstan", "KZ"), ("Republic of Kazakhstan", "KZ"), ("Республика Казахстан", "KZ"), ("Қазақстан", "KZ"),
        ("Қазақстан Республикасы", "KZ"), ("РК", "KZ"), ("Россия", "RU"), ("Российская Федерация", "RU"), ("РФ", "RU"),
        ("Russian Federation", "RU"), ("Rusia", "RU"), ("俄罗斯", "RU"), ("USA", "US"), ("U.S.A.", "US"), ("США", "US"),
        ("АҚШ", "US"), ("ABD", "US"), ("EE. UU.", "US"), ("UK", "GB"), ("United Kingdom", "GB"), ("Ұлыбритания", "GB"),
        ("P.R. China", "CN"), ("PR China", "CN"), ("People’s Republic of China", "CN"),
        ("People's Republic of China", "CN"),
        ("中国", "CN"), ("Китай", "CN"), ("Türkiye", "TR"), ("TÜRKİYE", "TR"), ("Turkey", "TR"), ("Turkiye", "TR"),
        ("República de Corea", "KR"), ("Republic of Korea", "KR"), ("Deutschland", "DE"), ("Brasil", "BR"),
        ("España", "ES"), ("Oʻzbekiston", "UZ"), ("O'zbekiston", "UZ"), ("Кыргызская Республика", "KG"), ("Iran", "IR"),
        ("ایران", "IR"), ("مصر", "EG"), ("日本", "JP"), ("대한민국", "KR"), ("საქართველო", "GE"), ("Ελλάδα", "GR"),
        ("Việt Nam", "VN"), ("The Netherlands", "NL"), ("Україна", "UA"), ("Indonesia", "ID"), ("Czech Republic", "CZ"),
    ],
)  # fmt: skip
def test_a_name(text, code):
    found = country_in(text)
    assert [c for _, _, c in found] == [code]
    start, end, _ = found[0]
    assert end == len(text)
    assert start == 0 or text[:start].lower() == "the "


def test_several_with_their_offsets():
    text = "Алматы, Республика Казахстан; Ankara, Türkiye; Boston, USA"
    assert [(text[a:b], c) for a, b, c in country_in(text)] == [
        ("Республика Казахстан", "KZ"), ("Türkiye", "TR"), ("USA", "US"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["they told us", "a wild turkey", "the Romans", "Chinatown", "chile peppers", "Indianapolis"]
)
def test_no_country(text):
    assert country_in(text) == []
