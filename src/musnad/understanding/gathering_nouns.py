"""Spell the nouns of gatherings as they stand alone: a folded word has lost what its name is printed with."""

from __future__ import annotations

from typing import Final

from musnad.folding import fold_name
from musnad.understanding.particles import ARTICLE

_BOTH: Final = "هما"  # of both
_PRONOUNS: Final = ("", "ا", _BOTH, "ها", "هم", "ه")  # case ending; of both, her, their, his
_SPELT: Final = (  # visits, meetings, talks, rounds, calls, battles, agreements
    *("زيارة", "زيارات", "اجتماع", "اجتماعات", "لقاء", "لقاءات", "جلسة", "جلسات", "محادثات", "مباحثات"),
    *("مفاوضات", "مشاورات", "مناقشات", "جولة", "اتصال", "اتصالات", "استقبال", "معارك", "معركة", "اشتباكات"),
    *("مواجهات", "حوار", "دورة", "اتفاق", "اتفاقية", "معاهدة", "مذكرة", "تفاهم", "هدنة"),
)
_BY_FOLDED: Final = {fold_name(word): word for word in _SPELT}


def spelt_alone(word: str) -> str:
    """Return the noun of a gathering as it is printed alone.

    >>> spelt_alone("لقايه"), spelt_alone("الزياره"), spelt_alone("زيارتها")
    ('لقاء', 'زيارة', 'زيارة')
    """
    plain = word.removeprefix(ARTICLE)
    for ending in _PRONOUNS:
        stem = plain.removesuffix(ending)
        for folded in (stem, f"{stem[:-1]}ه", f"{stem[:-1]}ء"):  # «زيارت», «لقاي»
            if folded in _BY_FOLDED:
                return _BY_FOLDED[folded]
    return plain
