"""The month: the list of phases, in their order."""

from collections.abc import Callable

from cocreate.model.adoption import take_up_principles
from cocreate.model.council import move_councils
from cocreate.model.drift import drift_needs, hand_out_money
from cocreate.model.elections import hold_elections
from cocreate.model.everyday import live_everyday
from cocreate.model.life import live_on
from cocreate.model.proposals import propose
from cocreate.model.recruitment import recruit
from cocreate.model.sessions import hold_sessions
from cocreate.model.staff import keep_up_support, turn_over_staff
from cocreate.model.transfer import transfer
from cocreate.model.world import World

PHASES: dict[str, Callable[[World], None]] = {
    "needs drift": drift_needs,
    "money": hand_out_money,
    "elections": hold_elections,
    "staff": turn_over_staff,
    "standing support": keep_up_support,
    "proposals": propose,
    "recruitment": recruit,
    "sessions": hold_sessions,
    "life of initiatives": live_on,
    "everyday life": live_everyday,
    "councils": move_councils,
    "adoption": take_up_principles,
    "transfer": transfer,
}
"""The phases of a month by name. After the last one, the month is measured."""
