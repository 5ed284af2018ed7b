"""Texts that every report needs: what the model is, what it leaves out, how to read numbers."""

from __future__ import annotations

import cocreate

WHAT_IT_IS = (
    "These numbers come from a simulation, not from any place. Simulated citizens, professionals and"
    " politicians of several regions propose initiatives, meet, are heard or not, agree or not, and run"
    " pilots. Councils keep them or drop them. Some pilots become lasting services, and their principles"
    " spread or lapse.",
    "The simulation shows what follows from its rules. It can show how a mechanism works, and that a"
    " plausible story does not follow. It cannot predict what will happen in a town, and it is no evidence"
    " that a policy works there.",
    "All rules, levers and their sources are described in the file docs/odd.md of the program's source.",
)

LIMITS = (
    "The model illustrates mechanisms and predicts no place.",
    "Most coefficients are assumptions that were tuned together to weak patterns; directions are better"
    " founded than sizes. 'cocreate explain LEVER' names the source of each lever.",
    "How far each lever moves is a choice of this study, so sizes of effects of different levers cannot be"
    " compared without regard to these choices.",
    "Intervals tell the uncertainty from chance within the model. They do not tell how wrong the model may"
    " be.",
    "The quality of a service is its nearness to needs. Money is a share and a date. Rights, safety, cost for"
    " each case and the media are left out.",
)

READING = (
    "An interval of 95 % is made such that 95 of 100 such intervals hold the true value of the model.",
    "World number i has the same seed in every setting: both worlds share each random draw that both make,"
    " and differ because of the levers. Comparing such pairs needs far fewer runs than comparing"
    " strangers.",
    "Where many comparisons are made, some look clear by chance alone. Corrected numbers allow for that.",
)


def ending() -> str:
    """Return the last line of a report."""
    return (
        f"Made with cocreate {cocreate.__version__}. A simulation that illustrates mechanisms; it predicts no"
        " place. This file needs no network."
    )
