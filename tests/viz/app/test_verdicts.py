"""Verdicts, shares and charts: the words and the drawing say what the numbers are."""

import math
import re
from collections.abc import Sequence

import numpy as np
import pytest

from cocreate.experiments.analysis.contrast import Verdict
from cocreate.experiments.presets import preset_names
from cocreate.experiments.study.tasks import KEPT_OUTCOMES
from cocreate.model.interventions import Intervention
from cocreate.model.parameters import LEVERS, Value
from cocreate.viz.app.chance import Counts
from cocreate.viz.app.charts import Side, chart, scale_of
from cocreate.viz.app.controls.rows import headline_row
from cocreate.viz.app.headlines import END, HEADLINES, Headline
from cocreate.viz.app.played import DRAWN, EVERY, Played
from cocreate.viz.app.shares import (
    LATER,
    MOST,
    REST,
    Part,
    corners,
    key_of,
    parts_between,
    second_world,
    share_out,
    with_parts,
)
from cocreate.viz.app.state import Setting
from cocreate.viz.app.verdicts import OFFERED, compared, left_out, number_text, on_chance, sentence, typical
from cocreate.viz.app.words import LANGUAGES, Words

WORDS = Words("en", strict=True)


def ensemble(trust: Sequence[float], times: int = 8) -> list[Played]:
    return [
        Played(
            seed,
            {**dict.fromkeys(KEPT_OUTCOMES, 0.5), "trust": value},
            np.full((times, len(DRAWN)), value, np.float32),
        )
        for seed, value in enumerate(trust, 1)
    ]


def test_the_sentence_counts_the_worlds() -> None:
    found = compared(ensemble([0.4] * 20), ensemble([0.5] * 16 + [0.3] * 4), "trust")
    assert re.search(r"higher in 16 of 20 worlds, lower in 4", sentence(WORDS, found))
    found = compared(ensemble([0.4] * 20), ensemble([0.3] * 18 + [0.4] * 2), "trust")
    assert re.search(r"lower in 18 of 20 worlds, higher in 0", sentence(WORDS, found))
    assert "same in all 20" in sentence(WORDS, compared(ensemble([0.4] * 20), ensemble([0.4] * 20), "trust"))
    nothing = compared(ensemble([math.nan] * 3), ensemble([0.4] * 3), "trust")
    assert "nothing to measure" in sentence(WORDS, nothing)


def test_middles_and_spread_are_of_the_pairs_that_could_be_measured_in_both_worlds() -> None:
    found = compared(ensemble([0.1, 0.2, 0.6, 0.1]), ensemble([math.nan, 0.4, 0.7, math.nan, 0.1]), "trust")
    assert (found.counts.pairs, found.counts.dropped) == (2, 2)
    assert (found.before, found.now) == pytest.approx((0.4, 0.55))
    assert found.spread == pytest.approx(0.4 / math.sqrt(2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_worlds_with_nothing_to_measure_are_counted(language: str) -> None:
    words = Words(language, strict=True)
    for missing in (1, 3, 8):
        now = [0.5] * 4 + [0.3] * (16 - missing) + [math.nan] * missing
        found = compared(ensemble([0.4] * 20), ensemble(now), "trust")
        assert found.counts.dropped == missing
        left = words("verdict.left_out", count=missing)
        assert sentence(words, found).endswith(f" {left}")
        assert (
            typical(words, found).partition(":")[0]
            != words("verdict.typical", before="", now="").partition(":")[0]
        )
    all_known = compared(ensemble([0.4] * 20), ensemble([0.5] * 20), "trust")
    assert left_out(words, all_known) == ""


def test_worlds_that_are_alike_where_they_can_be_measured_are_not_called_all() -> None:
    found = compared(ensemble([0.4] * 12 + [math.nan] * 8), ensemble([0.4] * 20), "trust")
    assert sentence(WORDS, found).endswith(
        "the same in all 12 worlds. In 8 other worlds there was nothing to measure."
    )
    assert typical(WORDS, found) == "Middle of the worlds measured: 40% before, 40% now."


@pytest.mark.parametrize(
    ("more", "less", "said"),
    [
        (14, 3, "clear"),
        (13, 6, "noise"),
        (15, 5, "clear"),
        (14, 5, "noise"),
        (6, 0, "clear"),
        (5, 0, "noise"),
    ],
)  # fmt: skip
def test_the_word_on_chance_follows_from_the_counts_that_are_printed(more: int, less: int, said: str) -> None:
    # Gaps of all sizes: a few large ones against many small ones turn no word round.
    gaps = [0.001] * more + [-0.3] * less + [0.0] * (20 - more - less)
    found = compared(ensemble([0.4] * 20), ensemble([0.4 + gap for gap in gaps]), "trust")
    assert f"higher in {more} of 20 worlds, lower in {less}." in sentence(WORDS, found)
    assert on_chance(WORDS, found) == WORDS(f"verdict.{said}")


@pytest.mark.parametrize(
    ("more", "less", "p"),
    [
        (0, 0, 1), (1, 0, 1), (10, 10, 1), (0, 20, 2 / 2**20), (14, 3, 2 * (1 + 17 + 136 + 680) / 2**17),
        (3, 14, 2 * (1 + 17 + 136 + 680) / 2**17),
        (6, 13, 2 * (1 + 19 + 171 + 969 + 3876 + 11628 + 27132) / 2**19),
    ],
)  # fmt: skip
def test_counts_have_the_p_of_the_exact_sign_test(more: int, less: int, p: float) -> None:
    assert Counts(more, less, 20).p == pytest.approx(p)


def test_outcomes_looked_at_together_give_a_hint_where_one_alone_would_be_clear() -> None:
    counts = Counts(15, 5, 20)
    assert counts.verdict() is Verdict.MORE
    assert counts.verdict(11 * counts.p) is Verdict.PERHAPS_MORE
    assert Counts(5, 15, 20).verdict(11 * counts.p) is Verdict.PERHAPS_LESS


def test_few_known_pairs_are_no_verdict() -> None:
    found = compared(ensemble([0.4] * 5 + [math.nan] * 15), ensemble([0.5] * 20), "trust")
    assert on_chance(WORDS, found) == WORDS("verdict.too_few")
    assert math.isnan(found.counts.p)  # and it is no test in a family of them
    same = compared(ensemble([0.4] * 5), ensemble([0.4] * 5), "trust")
    assert on_chance(WORDS, same) == WORDS("verdict.same")


def test_a_gap_inside_the_noise_is_called_so() -> None:
    rng = np.random.default_rng(1)
    same = rng.normal(0.5, 0.1, (2, 20))
    noise = compared(ensemble(same[0].tolist()), ensemble(same[1].tolist()), "trust")
    assert on_chance(WORDS, noise) == WORDS("verdict.noise")
    clear = compared(
        ensemble(same[0].tolist()), ensemble((same[0] + rng.normal(0.2, 0.05, 20)).tolist()), "trust"
    )
    assert on_chance(WORDS, clear) == WORDS("verdict.clear")


def test_a_gap_between_equals_is_called_clear_in_few_of_many_trials() -> None:
    # 200 trials at 5 %: more than 20 happen once in 600 by chance; the seed is fixed.
    rng = np.random.default_rng(7)
    words = []
    for _ in range(200):
        one, two = rng.normal(0.5, 0.1, (2, 20)).tolist()
        words.append(on_chance(WORDS, compared(ensemble(one), ensemble(two), "trust")))
    assert words.count(WORDS("verdict.clear")) <= 20


@pytest.mark.parametrize(
    ("outcome", "value", "text"),
    [
        ("trust", 0.256, "26%"), ("trust", 0.034, "3.4%"), ("effectiveness_gap", 0.0312, "3.1 points"),
        ("structural_per_region", 1.26, "1.3"), ("structural_per_region", 2.0, "2"),
        ("structural_per_region", 0.25, "0.25"), ("structural_per_region", 0.75, "0.75"),
        ("structural_per_region", (0.1 + 0.2) / 2, "0.15"), ("structural_per_region", 0.1 + 0.2, "0.3"),
        ("structural_per_region", 0.04, "0.04"), ("trust", 0.125, "13%"),
        ("trust", math.nan, WORDS("verdict.none")),
    ],
)  # fmt: skip
def test_numbers_are_written_in_their_unit(outcome: str, value: float, text: str) -> None:
    assert number_text(WORDS, outcome, value) == text


def test_a_small_gap_is_not_written_as_two_equal_numbers() -> None:
    found = compared(ensemble([0.512] * 6), ensemble([0.514] * 6), "trust")
    assert "51.2% before, 51.4% now" in typical(WORDS, found)
    found = compared(ensemble([0.5] * 6), ensemble([0.5] * 6), "trust")
    assert "50% before, 50% now" in typical(WORDS, found)


@pytest.mark.parametrize("outcome", OFFERED)
def test_every_outcome_on_offer_has_words_and_a_chart(outcome: str) -> None:
    assert WORDS(f"outcome.{outcome}.label")
    assert WORDS(f"outcome.{outcome}.meaning")
    sides = [Side("a", ensemble([0.2, 0.3]), 2, "before"), Side("b", ensemble([0.4, 0.6]), 2, "now")]
    drawn = chart(WORDS, sides, outcome, "what it says")
    assert drawn.count('class="thin"') in (4, 2)  # a line a world, or one from one setting to the other
    assert 'aria-label="what it says"' in drawn


def test_the_middle_line_of_a_chart_is_the_median() -> None:
    sides = [Side("a", ensemble([0.0, 0.2, 1.0]), 1, "before"), Side("b", ensemble([0.5] * 3), 1, "now")]
    drawn = chart(WORDS, sides, "trust", "")
    middle = re.search(r'<g class="before">.*?class="middle" points="([^"]*)"', drawn)
    assert middle is not None
    assert {point.split(",")[1] for point in middle[1].split()} == {"800"}  # 0.2 of the way up from 1000


def test_a_headline_slider_stands_where_it_was_put() -> None:
    for headline in HEADLINES:
        for position in (-END, -3, 0, 4, END):
            world = Setting.of("village", headline.levers(Setting.of("village"), position))
            assert headline.position(world) == position
        assert (
            headline.position(Setting.of(levers={next(iter(headline.opened)): odd(headline.opened)})) is None
        )


@pytest.mark.parametrize("preset", ["", *preset_names()])
@pytest.mark.parametrize("headline", HEADLINES, ids=lambda one: one.name)
def test_every_position_of_a_headline_slider_is_another_world_in_every_preset(
    preset: str, headline: Headline
) -> None:
    start = Setting.of(preset)
    for position in range(-END, END + 1):
        assert headline.position(start.with_levers(headline.levers(start, position))) == position


def test_a_headline_slider_goes_on_where_a_preset_is_beyond_its_end_and_never_turns_back() -> None:
    start = Setting.of(
        "consulting_committee"
    )  # with more support than the end of this slider, and fewer silos
    ends: dict[str, Value] = {
        "support_infrastructure": 0.5,
        "sector_silo": 0.6,
        "inclusion": "consulted",
        "group_size": 30,
    }
    other: dict[str, Value] = {
        "support_infrastructure": 0.1,
        "sector_silo": 0.9,
        "inclusion": "throughout",
        "group_size": 10,
    }
    for headline, sign in ((Headline("a", other, ends), 1), (Headline("a", ends, other), -1)):
        places = [headline.levers(start, sign * step) for step in range(END + 1)]
        support, silo, inclusion, size = ([place[name] for place in places] for name in ends)
        assert (support[0], support[5], support[-1]) == (0.8, 0.9, 1.0)
        assert (silo[0], silo[5], silo[-1]) == (0.4, 0.2, 0.0)
        assert (inclusion[0], inclusion[-1]) == ("design", "consulted")
        assert (size[0], size[5], size[-1]) == (24, 27, 30)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slider_of_compare_points_at_no_settings_below_it(language: str) -> None:
    words = Words(language, strict=True)
    world = Setting.of(levers={"sector_silo": 0.123})
    explore, compare = (headline_row(words, HEADLINES[0], world, slot).own for slot in ("", "1"))
    assert (explore, compare) == (words("headline.own"), words("headline.own_apart"))
    assert explore != compare


def odd(levers: object) -> float | int:
    assert isinstance(levers, dict)
    return 77 if LEVERS[next(iter(levers))].whole else 0.123


def test_headline_sliders_move_levers_of_their_own_only() -> None:
    moved = [name for one in HEADLINES for name in one.opened]
    assert len(moved) == len(set(moved))


def test_the_changes_between_two_worlds_turn_one_into_the_other() -> None:
    second = Setting.of(
        levers={"sector_silo": 0.1, "support_infrastructure": 0.9, "training": 0.5}, months=60
    )
    first = Setting.of(months=60)
    later = second.changed_later(12, {"mandate": 0.5})
    parts = parts_between(first, later)
    assert [part.name for part in parts] == ["silos", "support", "training", LATER]
    assert corners(first, parts)[-1].key() == later.key()
    assert corners(first, parts)[0].key() == first.key()


@pytest.mark.parametrize("preset", ["", "probation_reversal"])
def test_the_changes_during_the_run_of_the_first_world_stay_in_every_world_between(preset: str) -> None:
    first = Setting.of(preset, {"training": 0.3}, seed=4, months=60).changed_later(12, {"mandate": 0.5})
    second = first.with_levers({"sector_silo": 0.1, "award": 0.9}).changed_later(24, {"friends": 3})
    parts = parts_between(first, second)
    assert [part.name for part in parts] == ["silos", "award", LATER]
    worlds = corners(first, parts)
    assert (worlds[0].key(), worlds[-1].key()) == (first.key(), second.key())
    assert all(Intervention(12, "mandate", 0.5) in one.interventions for one in worlds)
    for place, left in ((0, {"sector_silo": 0.1}), (1, {"award": 0.9})):  # as "without this" plays it
        without = with_parts(first, [one for number, one in enumerate(parts) if number != place])
        assert without.with_levers(left).key() == second.key()


def test_many_changes_are_gathered_in_one() -> None:
    names = ["training", "mandate", "guidance", "award", "storytellers", "asset_based", "ecosystem"]
    parts = parts_between(Setting(), Setting.of(levers=dict.fromkeys(names, 0.45)))
    assert len(parts) <= MOST
    assert parts[-1].name == REST


def test_changes_of_the_first_world_alone_cannot_be_shared_out() -> None:
    first = Setting().changed_later(12, {"mandate": 0.5})
    assert parts_between(first, Setting.of(levers={"training": 0.4})) == ()


def test_the_second_world_has_the_luck_and_the_months_of_the_first() -> None:
    second = second_world(Setting.of(seed=9, months=48), Setting.of("probation_reversal", seed=2))
    assert (second.seed, second.horizon) == (9, 48)
    assert [one.month for one in second.all_interventions] == [18] * 5


def test_shares_sum_to_the_gap_and_one_change_alone_has_it_all() -> None:
    first = Setting.of(levers={"regions": 2, "citizens_per_region": 30}, months=48)
    parts = (Part("silos", {"communication_channels": 0.9}), Part("support", {"support_infrastructure": 0.9}))
    *_, found = share_out(first, parts, "trust", lambda: False, 3)
    assert not isinstance(found, Exception)
    assert sum(one.value for one in found.parts) == pytest.approx(found.total.value)
    *_, alone = share_out(first, parts[:1], "trust", lambda: False, 3)
    assert not isinstance(alone, Exception)
    assert alone.parts[0].value == alone.total.value


def test_changes_that_do_not_go_together_are_told() -> None:
    parts = (Part("a", {"eu_funding_end": 10}), Part("b", {"eu_funding_start": 5}))
    assert isinstance(next(share_out(Setting(), parts, "trust", lambda: False)), Exception)


def test_shares_of_worlds_that_change_in_other_ways_later_are_worked_out_anew() -> None:
    first, second = Setting.of(months=60), Setting.of(levers={"training": 0.5}, months=60)
    keys = [
        key_of(one, parts_between(one, other), outcome)
        for one, other, outcome in [
            (first, second.changed_later(12, {"mandate": 0.5}), "trust"),
            (first, second.changed_later(12, {"mandate": 0.9}), "trust"),
            (first, second.changed_later(24, {"mandate": 0.5}), "trust"),
            (first, second.changed_later(12, {"mandate": 0.5}), "councils"),
            (Setting.of(months=48), second.changed_later(12, {"mandate": 0.5}), "trust"),
        ]
    ]
    assert len(set(keys)) == len(keys)
    assert keys[0] == key_of(first, parts_between(first, second.changed_later(12, {"mandate": 0.5})), "trust")


def test_interventions_of_a_part_are_kept() -> None:
    change = Intervention(12, "mandate", 0.4)
    assert corners(Setting(), [Part(LATER, interventions=(change,))])[1].interventions == (change,)


def written(drawn: str) -> list[tuple[float, str]]:
    """Return where each value along the left edge of a chart stands, in parts from below, and its text."""
    found = re.findall(r'class="cc-value" style="top:([\d.]+)%"><b>([^<]*)<', drawn)
    return [(1 - float(top) / 100, text) for top, text in found]


@pytest.mark.parametrize("ends", [(0.462, 0.561), (0.46, 0.49), (0.03, 0.98), (0.31, 0.5201), (0.0, 1e-4)])
def test_values_of_an_axis_stand_where_they_belong_and_differ_by_one_step(ends: tuple[float, float]) -> None:
    sides = [Side("a", ensemble(ends), 1, "before"), Side("b", ensemble(ends), 1, "now")]
    drawn = chart(WORDS, sides, "trust", "")
    values = [float(text.rstrip("%")) / 100 for _, text in written(drawn)]
    steps = np.diff(values)
    assert 3 <= len(steps) <= 6
    assert steps == pytest.approx(steps[0], rel=1e-9)
    heights = {
        float(height)
        for points in re.findall(r'<g class="before">.*?</g>', drawn)
        for height in re.findall(r"\d+,(-?\d+)", points)
    }
    low, high = values[0], values[-1]
    expected = [1000 * (1 - (one - low) / (high - low)) for one in (*ends, sum(ends) / 2)]
    assert sorted(heights) == pytest.approx(sorted(expected), abs=1)
    assert [place for place, _ in written(drawn)] == pytest.approx(
        [(one - low) / (high - low) for one in values], abs=1e-3
    )


def test_an_even_axis_of_two_and_a_half_points_is_not_written_unevenly() -> None:
    scale = scale_of([np.array([[0.462, 0.561]])], "trust")
    assert scale.texts(WORDS, "trust") == ["45.0%", "47.5%", "50.0%", "52.5%", "55.0%", "57.5%"]
    assert scale_of([np.array([[0.0, 1.0]])], "trust").texts(WORDS, "trust") == [
        "0%",
        "25%",
        "50%",
        "75%",
        "100%",
    ]
    assert scale_of([np.array([[0.0, 8.0]])], "structural_per_region").texts(
        WORDS, "structural_per_region"
    ) == [
        "0",
        "2",
        "4",
        "6",
        "8",
    ]


def test_values_of_an_axis_have_room_beside_it_as_its_name_has_their_unit() -> None:
    ends = scale_of([np.array([[-0.01, 0.01]])], "effectiveness_gap").texts(WORDS, "effectiveness_gap")
    assert (ends[0], ends[-1]) == ("-1.0", "1.0")
    side = Side("a", ensemble([0.2, 0.3]), 1, "before")
    assert "Upwards: Gap for the rarely reached (points)." in chart(WORDS, [side], "effectiveness_gap", "")


@pytest.mark.parametrize(
    ("outcome", "value", "low", "high"),
    [
        ("trust", 0.0, 0, 0.1),
        ("trust", 1.0, 0.9, 1),
        ("trust", 0.5, 0.4, 0.6),
        ("effectiveness_gap", 0.0, -0.1, 0.1),
        ("structural_per_region", 0.0, 0, 1),
        ("structural_per_region", 3.0, 2, 4),
    ],
)
def test_an_axis_of_one_value_goes_nowhere_it_cannot_be(
    outcome: str, value: float, low: float, high: float
) -> None:
    scale = scale_of([np.full((2, 3), value)], outcome)
    assert (scale.low, scale.high) == pytest.approx((low, high))


@pytest.mark.parametrize("months", [1, 2, 3, 11, 12])
@pytest.mark.parametrize("outcome", ["trust", "share_lasting"])
def test_a_short_run_has_a_chart(months: int, outcome: str) -> None:
    worlds = ensemble([0.4, 0.5], times=months // EVERY)
    drawn = chart(WORDS, [Side("a", worlds, 1, "before"), Side("b", worlds, 1, "now")], outcome, "said")
    assert 'aria-label="said"' in drawn
    assert written(drawn)
    nothing = outcome == "trust" and months < EVERY
    assert ("<polyline" in drawn) is not nothing


def test_a_chart_begins_at_the_start_of_the_run_and_its_lines_where_they_begin() -> None:
    worlds = ensemble([0.4, 0.5], times=20)  # five years
    drawn = chart(WORDS, [Side("a", worlds, 1, "before"), Side("b", worlds, 1, "now")], "trust", "")
    marks = dict(re.findall(r'class="cc-time" style="left:([\d.]+)%">(\d+)<', drawn))
    assert marks == {"0.0": "0", "20.0": "1", "40.0": "2", "60.0": "3", "80.0": "4", "100.0": "5"}
    places = [float(point.split(",")[0]) for point in re.findall(r'points="([^"]*)"', drawn)[0].split()]
    assert places == pytest.approx([1000 * EVERY * place / 60 for place in range(1, 21)])
