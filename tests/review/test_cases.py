"""Typical cases in the report: the same figures in sentence, drawing and table; what cannot be told is left out."""

from review.report import render
from review.report.cases import told
from review.report.language import EN, VI
from review.report.summary import Run
from tests.review import summaries
from tests.review.pages import read


def cases(**changes: object):
    return Run.model_validate(summaries.published() | changes).cases


def test_a_case_is_told_in_a_sentence_of_each_language():
    page = read(render(summaries.published(), None))
    assert "Trùng họ tên, cả dấu (1/2.500); cùng xã, phường sau sáp nhập; nhưng khác ngày sinh." in page.text("vi")
    assert "The same name, accents included (1 in 2,500)" in page.text("en")


def test_every_figure_of_the_table_stands_in_the_drawing():
    for lang in (VI, EN):
        for case in told(cases(), lang):
            assert all(figures.replace(">", "&gt;") in case.drawing for _, figures in case.steps)


def test_evidence_of_another_model_is_left_out_and_the_report_still_printed():
    strange = {**summaries.published()["cases"][0], "evidence": '{"nose":["long",3.0]}'}
    assert told(cases(cases=[strange]), VI) == ()
    assert "There are no cases to tell" in read(render(summaries.published() | {"cases": [strange]}, None)).text("en")


def test_a_run_without_cases_says_so():
    assert "There are no cases to tell" in read(render(summaries.published() | {"cases": []}, None)).text("en")
