"""Seeds of runs."""

from cocreate.experiments.study.seeds import replicate_seed


def test_a_seed_depends_on_the_study_and_the_number_alone_and_hardly_ever_repeats() -> None:
    assert replicate_seed(7, 3) == replicate_seed(7, 3)
    seeds = {replicate_seed(study, number) for study in range(20) for number in range(200)}
    assert len(seeds) == 4_000  # 48 bits: a chance of 1 in 35 million that two agree
    assert all(0 <= seed < 2**48 for seed in seeds)
