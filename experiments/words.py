"""Words for codes: sectors, roles and months as people say them."""

SECTORS = ("health", "social care", "employment", "education")
"""Names of the first sectors; further ones are numbered."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def sector_name(sector: int) -> str:
    """Return what a sector is called.

    >>> sector_name(1), sector_name(4)
    ('social care', 'sector 5')
    """
    return SECTORS[sector] if sector < len(SECTORS) else f"sector {sector + 1}"


def sectors_in(mask: int) -> list[int]:
    """Return the sectors that a bit mask stands for.

    >>> sectors_in(0b101)
    [0, 2]
    """
    return [sector for sector in range(mask.bit_length()) if mask >> sector & 1]


def month_name(month: int) -> str:
    """Return the month of the year; month 0 is a January.

    >>> month_name(13)
    'February'
    """
    return MONTHS[month % 12]


def listed(parts: list[str]) -> str:
    """Return parts as a list in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(parts) < 2:  # noqa: PLR2004 - one or none
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def counted(count: int, one: str, many: str = "", *, digits: bool = False) -> str:
    """Return a number with its noun; numbers up to twelve in words.

    Args:
        count: The number, 0 or larger.
        one: The noun for one of it.
        many: The noun for several; with an s behind it when empty.
        digits: Whether small numbers are digits, too, as in tables and figures.

    >>> counted(1, "citizen"), counted(1300, "citizen"), counted(3, "person", "people")
    ('one citizen', '1,300 citizens', 'three people')
    >>> counted(1, "region", digits=True)
    '1 region'
    """
    noun = one if count == 1 else many or f"{one}s"
    return f"{count:,} {noun}" if digits else f"{in_words(count)} {noun}"


def some_of(count: int, total: int, what: str, verb: str) -> str:
    """Return how many of several things do something, with the verb in the right number.

    Args:
        count: How many do.
        total: How many there are.
        what: What they are, in the plural.
        verb: What they do, in the plural.

    >>> some_of(1, 10, "differences", "hold"), some_of(0, 10, "differences", "hold")
    ('1 of 10 differences holds', '0 of 10 differences hold')
    """
    return f"{count} of {total} {what} {verb}{'s' if count == 1 else ''}"


def drawn_from(draws: int, replicates: int) -> str:
    """Return which draws of uncertain levers replicates start from, one draw each as long as there are any.

    >>> drawn_from(128, 18), drawn_from(128, 200)
    ('the first 18 of 128 draws of uncertain levers', '128 draws of uncertain levers')
    """
    used = f"the first {replicates:,} of {draws:,}" if replicates < draws else f"{draws:,}"
    return f"{used} draws of uncertain levers"


def in_words(count: int) -> str:
    """Return a number in words up to twelve, in digits above.

    >>> in_words(0), in_words(12), in_words(1300)
    ('no', 'twelve', '1,300')
    """
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else f"{count:,}"
