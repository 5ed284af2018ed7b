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


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun; numbers up to twelve in words.

    >>> counted(1, "citizen"), counted(13, "citizen"), counted(3, "person", "people")
    ('one citizen', '13 citizens', 'three people')
    """
    noun = one if count == 1 else many or f"{one}s"
    return f"{in_words(count)} {noun}"


def in_words(count: int) -> str:
    """Return a number in words up to twelve, in digits above.

    >>> in_words(0), in_words(12), in_words(13)
    ('no', 'twelve', '13')
    """
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)
