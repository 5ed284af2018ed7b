"""Saving figures: formats, equal bytes, and what a file says of itself."""

from pathlib import Path

import pytest
from matplotlib.figure import Figure

from cocreate.viz.saving import METADATA, FigureFormatError, rendered, save, save_all
from cocreate.viz.theme import new_figure, styled


def drawn() -> Figure:
    with styled():
        figure = new_figure(3, 2)
        figure.subplots().bar([0, 1], [1, 2], hatch="//")
    return figure


STARTS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.mark.parametrize("kind", METADATA)
def test_equal_figures_become_equal_bytes_of_the_right_kind_without_a_date(kind: str) -> None:
    content = rendered(drawn(), kind)
    assert content == rendered(drawn(), kind)
    assert content.startswith(STARTS[kind])
    assert b"Date" not in content
    assert b"cocreate 0." in content


def test_the_ending_says_the_format_and_dots_the_size(tmp_path: Path) -> None:
    assert save(drawn(), tmp_path / "one.PNG").read_bytes().startswith(STARTS["png"])
    assert len(rendered(drawn(), "png", 300)) > len(rendered(drawn(), "png", 50))
    paths = save_all(drawn(), tmp_path, "two", ("pdf", "svg"))
    assert [path.name for path in paths] == ["two.pdf", "two.svg"]
    assert all(path.read_bytes().startswith(STARTS[path.suffix[1:]]) for path in paths)


def test_a_pdf_embeds_its_font_as_truetype() -> None:
    content = rendered(drawn(), "pdf")
    assert b"/Subtype /Type0" in content
    assert b"/FontFile2" in content
    assert b"/Type3" not in content


def test_an_svg_has_outlines_of_letters_or_text_where_asked_for(tmp_path: Path) -> None:
    figure = drawn()
    figure.suptitle("Trust rises")
    assert b">Trust rises</text>" not in rendered(figure, "svg")
    assert b">Trust rises</text>" in rendered(figure, "svg", text=True)
    (path,) = save_all(figure, tmp_path, "one", ("svg",), text=True)
    assert path.read_bytes() == save(figure, tmp_path / "two.svg", text=True).read_bytes()
    assert path.read_bytes() == rendered(figure, "svg", text=True)


@pytest.mark.parametrize(("name", "hint"), [("one.pgn", "Did you mean png"), ("one", "without an ending")])
def test_another_ending_is_an_error_that_names_the_formats(tmp_path: Path, name: str, hint: str) -> None:
    with pytest.raises(FigureFormatError, match=hint) as raised:
        save(drawn(), tmp_path / name)
    assert "svg, png, pdf" in str(raised.value)
    assert not list(tmp_path.iterdir())


def test_the_settings_of_the_user_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib as mpl  # noqa: PLC0415 - the user's own

    before = rendered(drawn(), "svg")
    monkeypatch.setitem(mpl.rcParams, "font.size", 30.0)
    monkeypatch.setitem(mpl.rcParams, "hatch.linewidth", 9.0)
    assert rendered(drawn(), "svg") == before
