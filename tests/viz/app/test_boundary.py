"""The boundary: a page that breaks says so in plain words, and the rest of it is for the log."""

import logging

import pytest

solara = pytest.importorskip("solara", reason='The app is not installed: pip install "cocreate[app]"')

from cocreate.viz.app.boundary import guarded  # noqa: E402 - after the skip
from cocreate.viz.app.parts import tag  # noqa: E402
from cocreate.viz.app.words import Words  # noqa: E402


def texts(box: object) -> list[str]:
    """Return all texts in a tree of elements."""
    children = getattr(box, "children", [])
    own = [one for one in children if isinstance(one, str)]
    return own + [text for one in children if not isinstance(one, str) for text in texts(one)]


def test_a_page_that_breaks_is_told_in_plain_words_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    @solara.component
    def Broken() -> None:  # noqa: N802 - a component
        raise ValueError("secret detail")

    with caplog.at_level(logging.ERROR, "cocreate.app"):
        box, context = solara.render(guarded(Broken)(), handle_error=False)
    shown = " ".join(texts(box))
    assert Words("en")("common.broken") in shown
    assert "secret detail" not in shown
    assert any(one.exc_info and "secret detail" in str(one.exc_info[1]) for one in caplog.records)
    context.close()


def test_a_page_in_order_is_shown_as_it_is() -> None:
    @solara.component
    def Fine(how: str) -> None:  # noqa: N802 - a component
        tag("p", f"all is {how}")

    box, context = solara.render(guarded(Fine)("well"), handle_error=False)
    assert texts(box) == ["all is well"]
    context.close()
