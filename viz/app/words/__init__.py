"""Every text that the app shows, in ten languages, with plural forms, numbers and dates of each."""

from cocreate.viz.app.words.catalogue import LANGUAGES, PSEUDO, LanguageError, texts_of
from cocreate.viz.app.words.words import MissingTextError, Words, preferred

__all__ = ["LANGUAGES", "PSEUDO", "LanguageError", "MissingTextError", "Words", "preferred", "texts_of"]
