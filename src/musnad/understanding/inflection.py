"""Derive the forms of a listed word: of a verb by person and number, of a noun by whose it is.

Chosen over (a) every form in the lists, ten times as long and never complete, and (b) stems that any ending
may follow, which take other words with them.
"""

from __future__ import annotations

from typing import Final

from musnad.folding import fold
from musnad.understanding.particles import FEMININE, FEMININE_PAST, PRONOUNS, TO_A, US, WITH

_HAMZA: Final = "أ"  # is no weak letter, but folded into one


def inflect(verb: str) -> list[str]:
    """Return the forms of a verb in the third person, from «past» or «past present».

    >>> inflect("قال يقول")
    ['قال', 'قالت', 'قالوا', 'قالا', 'قالتا', 'يقول', 'تقول', 'يقولون', 'يقولان', 'تقولان']
    >>> inflect("بدأ")[:3]
    ['بدا', 'بدات', 'بداوا']
    """
    past, *present = fold(verb).text.split()
    weak = past.endswith(("ي", "ا")) and not verb.split(maxsplit=1)[0].endswith(_HAMZA)
    stem = past[:-1] if weak else past
    forms = [past, f"{stem}ت", f"{stem}وا", f"{past}ا", f"{stem}تا"]
    for form in present:
        stem = form[:-1] if form.endswith(("ي", "و")) else form
        forms += [form, f"ت{form[1:]}", f"{stem}ون", f"{form}ان", f"ت{form[1:]}ان"]
    return forms


_WRITTEN_ON: Final = ("", WITH, TO_A)


def owned(noun: str) -> list[str]:
    """Return the forms of a noun with the pronoun of whose it is, with «by» and «to» too.

    >>> owned("محاربة")[:4], owned("دعم")[-1]
    (['محاربته', 'بمحاربته', 'لمحاربته', 'محاربتها'], 'لدعمنا')
    """
    word = fold(noun).text
    stem = word[:-1] + FEMININE_PAST if word.endswith(FEMININE) else word
    return [before + stem + pronoun for pronoun in (*PRONOUNS, US) for before in _WRITTEN_ON]
