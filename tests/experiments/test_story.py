"""Stories: reports that tell what the log holds, in words."""

import dataclasses
import re

import pytest

from cocreate.agents.initiative import TRANSITIONS, Reason, State
from cocreate.experiments.errors import StoryError
from cocreate.experiments.runs import Names, Run
from cocreate.experiments.story import WIDTH, report, tell
from cocreate.experiments.story_teller import English
from cocreate.experiments.story_words import state_in_words
from cocreate.experiments.words import MONTHS
from cocreate.model.diary import Kind


def persons_with(run: Run, kind: Kind) -> list[int]:
    """Return the persons whom an event of a kind concerns."""
    return sorted(set(run.events.loc[run.events["kind"] == int(kind), "person"].tolist()))


def words_of(text: str) -> str:
    """Return a text with its line breaks taken out."""
    return " ".join(text.split())


def test_every_report_says_first_that_it_is_simulated(told_run: Run) -> None:
    for text in (tell(told_run, person="0"), tell(told_run, initiative=0)):
        assert text.startswith("SIMULATED COMMUNITY REPORT")
        assert "Nobody in this report is real" in words_of(text)


def test_every_person_and_every_initiative_can_be_told(told_run: Run) -> None:
    texts = [tell(told_run, person=str(index)) for index in range(len(told_run.people))]
    texts += [tell(told_run, initiative=number) for number in range(len(told_run.initiatives))]
    assert len(texts) > 250
    for text in texts:
        assert max(len(line) for line in text.splitlines()) <= WIDTH
        assert "nan" not in text.split()
        assert "_" not in text.replace("facilitation", "")


def test_a_report_is_grouped_by_year_and_names_months(told_run: Run) -> None:
    person = persons_with(told_run, Kind.JOINED)[0]
    joined = told_run.events[
        (told_run.events["person"] == person) & (told_run.events["kind"] == int(Kind.JOINED))
    ]
    text = tell(told_run, person=str(person))
    assert f"Year {int(joined['month'].iloc[0]) // 12 + 1}\n" in text
    assert "and came along" in words_of(text)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.HEARD, "they were heard"),
        (Kind.DECLINED, "stayed away"),
        (Kind.PROMISE_KEPT, "being put into practice"),
        (Kind.LEFT, "they left the table"),
        (Kind.TRAINED, "trained in working together with citizens"),
        (Kind.SUCCEEDED, "somebody new took over the post"),
        (Kind.LOST_SEAT, "lost the seat in the election"),
        (Kind.PROPOSED, "they proposed initiative"),
        (Kind.SPONSORED, "stood up for initiative"),
        (Kind.LEARNED, "about what people need"),
        (Kind.GREW_CLOSE, "they grew close to"),
    ],
)
def test_what_happened_to_a_person_is_in_the_report(told_run: Run, kind: Kind, words: str) -> None:
    persons = persons_with(told_run, kind)
    assert persons, "the run is too short for this event: make it longer"
    assert words in words_of(tell(told_run, person=str(persons[-1]))).lower()


def test_a_report_of_an_initiative_tells_how_it_ended_and_why(told_run: Run) -> None:
    ended = told_run.initiatives[told_run.initiatives["state"] == int(State.ENDED)]
    assert len(ended)
    for number, row in zip(ended.index, ended.to_dict("records"), strict=True):
        text = words_of(tell(told_run, initiative=int(number))).lower()
        assert state_in_words(English(), State.ENDED, Reason(row["reason"])) in text
        assert "who proposed" not in text
        assert "proposed" in text


def test_a_report_of_an_initiative_tells_each_year_in_the_order_of_its_months(told_run: Run) -> None:
    named = re.compile(rf"(?<![^ ])(?:In|From) ({'|'.join(MONTHS)})\b")
    joined_and_ended = 0
    for number in told_run.initiatives.index:
        for _, year in report(told_run, English(), initiative=int(number)).years:
            months = [MONTHS.index(name) for name in named.findall(year)]
            assert months == sorted(months), year
            ends = [year.find(state_in_words(English(), State.ENDED, why)[1:]) for why in Reason]
            if max(ends) >= 0 and "joined the table" in year:
                joined_and_ended += 1
                assert year.rindex("joined the table") < max(ends), year
    assert joined_and_ended


def test_a_change_of_conditions_is_told(told_run: Run) -> None:
    alive = told_run.initiatives.query("proposed < 24 and (finished > 24 or finished < 0)")
    assert len(alive)
    text = words_of(tell(told_run, initiative=int(alive.index[0])))
    assert "conditions changed for everybody: facilitation was set to 0.9" in text


def test_every_state_and_reason_has_words() -> None:
    told = {state_in_words(English(), state, Reason.NONE) for state in TRANSITIONS}
    assert len(told) == len(TRANSITIONS)
    copied, agreed = (state_in_words(English(), State.DECIDED, why) for why in (Reason.COPIED, Reason.AGREED))
    assert copied != agreed
    ends = [Reason(code) for code in range(int(Reason.LAPSED), int(Reason.ELECTION) + 1)]
    assert len({state_in_words(English(), State.ENDED, why) for why in ends}) == len(ends)


def test_a_person_is_found_by_the_id_of_the_own_file(told_run: Run) -> None:
    ids = tuple(f"p{index}" for index in range(len(told_run.people)))
    own = dataclasses.replace(
        told_run, people=told_run.people.assign(id=list(ids)), names=Names(ids, ("North", "South"))
    )
    assert "Citizen p0, region North" in tell(own, person="p0")
    with pytest.raises(StoryError, match="Did you mean p"):
        tell(own, person="q0")


def test_a_run_without_diaries_tells_initiatives_but_no_persons(told_run: Run) -> None:
    bare = dataclasses.replace(told_run, diaries=False)
    assert "proposed something new" in words_of(tell(bare, initiative=0))
    with pytest.raises(StoryError, match="--diaries"):
        tell(bare, person="0")


def test_who_or_what_is_not_there_is_told_with_what_is(told_run: Run) -> None:
    with pytest.raises(StoryError, match="persons 0 to 249"):
        tell(told_run, person="250")
    with pytest.raises(StoryError, match="initiatives 0 to"):
        tell(told_run, initiative=-1)
    with pytest.raises(StoryError, match="either"):
        tell(told_run)
    with pytest.raises(StoryError, match="either"):
        tell(told_run, person="0", initiative=0)
