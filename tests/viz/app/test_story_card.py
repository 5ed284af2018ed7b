"""Story cards: the same person in two worlds, in the language of the visitor."""

import pytest

from cocreate.experiments.errors import StoryError
from cocreate.experiments.runs import run_of
from cocreate.experiments.story import report
from cocreate.experiments.story_teller import English, _texts
from cocreate.model.model import CoCreationModel
from cocreate.viz.app.state import Setting
from cocreate.viz.app.story_card import WordsTeller, stories_html, told, twin_of
from cocreate.viz.app.words import Words
from cocreate.viz.app.words.pseudo import CLOSING, OPENING

MINE = Setting.of(levers={"regions": 2, "proposal_rate": 1.0}, months=60)
OTHER = Setting.of(levers={"regions": 2, "proposal_rate": 1.0, "power_imbalance": 0.0}, months=60)
WORDS = Words("en", strict=True)


def finished(setting: Setting) -> CoCreationModel:
    """Return the finished run of a setting."""
    model = CoCreationModel(setting.parameters, rng=setting.seed, diaries=True)
    model.run()
    return model


def test_a_person_is_told_in_both_worlds() -> None:
    model = finished(MINE)
    sat = int(model.event_rows["person"][model.event_rows["kind"] == 2][0])
    html = stories_html(WORDS, MINE, OTHER, {"kind": "person", "index": sat})
    assert html.count("<article>") == 2
    assert "Nobody in this report is real" in html
    assert "they were asked to join initiative" in html


def test_one_world_alone_is_told_alone() -> None:
    for other in (None, MINE):
        assert "<article>" not in stories_html(WORDS, MINE, other, {"kind": "person", "index": 0})


def test_the_twin_of_an_initiative_has_the_same_proposal() -> None:
    mine, other = finished(MINE), finished(OTHER)
    pairs = [(k, twin_of({"kind": "initiative", "index": k}, mine, other)) for k in range(20)]
    found = [(k, twin["index"]) for k, twin in pairs if twin]
    assert found, "the worlds part at once: choose a gentler lever"
    for one, two in found:
        for column in ("region", "champion", "proposed", "lead_sector"):
            assert mine.initiative_rows[column][one] == other.initiative_rows[column][two]


def test_an_initiative_that_is_not_in_the_other_world_is_said_not_to_be() -> None:
    mine, other = finished(MINE), finished(OTHER)
    alone = [
        k for k in range(len(mine.initiative_rows))
        if twin_of({"kind": "initiative", "index": k}, mine, other) is None
    ]  # fmt: skip
    html = stories_html(WORDS, MINE, OTHER, {"kind": "initiative", "index": alone[0]})
    assert "was never proposed" in html


def test_every_story_can_be_told_from_the_texts_of_the_app() -> None:
    model = finished(MINE)
    run = run_of(model, MINE.parameters)
    for index in range(0, len(run.people), 3):
        assert report(run, WordsTeller(WORDS), person=index).text
    for index in range(len(run.initiatives)):
        assert report(run, WordsTeller(WORDS), initiative=index).text


def test_no_word_of_a_story_comes_from_elsewhere_than_the_texts() -> None:
    model = finished(MINE)
    found = told(model, MINE, {"kind": "initiative", "index": 0}, Words("xx", strict=True))
    for text in (found.head, found.title, found.notice, found.opening):
        assert text.startswith(OPENING)
        assert text.endswith(CLOSING)


def test_the_app_and_the_command_line_know_the_same_stories() -> None:
    teller = WordsTeller(WORDS)
    assert all(teller.knows(key) and English().knows(key) for key in _texts())
    assert not any(one.knows("ended.no_such_reason") for one in (teller, English()))
    assert teller.sector(2) == English().sector(2)
    assert teller.sector(7).endswith("8")


def test_somebody_who_is_not_there_is_refused() -> None:
    with pytest.raises(StoryError, match="initiatives 0 to"):
        stories_html(WORDS, MINE, None, {"kind": "initiative", "index": 9999})
