import pytest

from jatspack.recognize.dates import find_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Received: July 12, 2024; Accepted 3 Sept. 2024", [("received", "2024-07-12"), ("accepted", "2024-09-03")]),
        ("收稿日期：2018-03-02 修回日期：2018-05-01", [("received", "2018-03-02"), ("rev-recd", "2018-05-01")]),
        ("收稿日期: 2018年3月2日", [("received", "2018-03-02")]),
        ("2020年3月2日受付，2020年5月1日受理", [("received", "2020-03-02"), ("accepted", "2020-05-01")]),
        ("접수일: 2020년 3월 2일", [("received", "2020-03-02")]),
        ("Поступила в редакцию 12.03.2023", [("received", "2023-03-12")]),
        ("Принята в печать «12» марта 2020 г.", [("accepted", "2020-03-12")]),
        ("Мақала редакцияға түсті: 12.03.2023 ж. Қабылданды: 5 сәуір 2023 ж.",
         [("received", "2023-03-12"), ("accepted", "2023-04-05")]),
        ("Received 2 January 2020; received in revised form 5 May 2020; accepted 7 June 2020; published 9 June 2020",
         [("received", "2020-01-02"), ("rev-recd", "2020-05-05"), ("accepted", "2020-06-07"), ("pub", "2020-06-09")]),
        ("Geliş / Kabul: 01.02.2020 / 03.04.2020", [("received", "2020-02-01"), ("accepted", "2020-04-03")]),
        ("Recibido: 5 de marzo de 2020. Aceptado: abril 7 de 2020",
         [("received", "2020-03-05"), ("accepted", "2020-04-07")]),
        ("Ngày nhận bài: 5 tháng 3 năm 2020", [("received", "2020-03-05")]),
        ("Beérkezett: 2020. március 5.", [("received", "2020-03-05")]),
        ("Iesniegts 2020. gada 5. martā", [("received", "2020-03-05")]),
        ("Received: 12th of May, 2021", [("received", "2021-05-12")]),
        ("تاريخ الاستلام: ١٢ مارس ٢٠٢٠", [("received", "2020-03-12")]),
        ("Primljeno: 5. listopada 2020.", [("received", "2020-10-05")]),
        ("Otrzymano 5 listopada 2020", [("received", "2020-11-05")]),
        ("Received: 13/02/2021, Accepted: 02/13/2021", [("received", "2021-02-13"), ("accepted", "2021-02-13")]),
        ("Received: 03/02/2021", [("received", "2021-02-03")]),
        ("Submitted: May 2021", [("received", "2021-05")]),
        ("Received: 2020", [("received", "2020")]),
        ("Dikirim: 1 Mei 2020, Diterima: 2 Juni 2020", [("received", "2020-05-01"), ("accepted", "2020-06-02")]),
        ("Diterima: 1 Mei 2020, Disetujui: 2 Juni 2020", [("received", "2020-05-01"), ("accepted", "2020-06-02")]),
        ("12 May 2020", [("", "2020-05-12")]),
        ("Received: date Accepted: 12.03.2024", [("accepted", "2024-03-12")]),
    ],
)  # fmt: skip
def test_dates(text, expected):
    assert [(d.date_type, d.iso) for d in find_dates(text)] == expected


@pytest.mark.parametrize(
    "text",
    ["Received: date", "Accepted: XX.XX.2024", "Received: -", "Received: June 31, 2020", "32.01.2020",
     "Received: __.__.2024",     "Vol. 12, No. 3", "10.1234/2020.05.06.12", "Дата поступления: дд.мм.гггг"],
)  # fmt: skip
def test_no_dates(text):
    assert find_dates(text) == []


def test_offsets():
    text = "Received: July 12, 2024; Accepted «3» марта 2025 г."
    assert [text[d.start : d.end] for d in find_dates(text)] == ["July 12, 2024", "3» марта 2025"]
    assert [d.label_start for d in find_dates(text)] == [0, 25]
