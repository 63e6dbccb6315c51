"""Measure reading and understanding: `python bench/reading.py [--documents 20000]`.

Prints kB of text per CPU second and the peak memory of `musnad tables` (no RDF) over pages that a seeded
grammar of our own sentences writes, 1 to 10 kB each: medians of runs in processes of their own, over a
quarter of the documents and over all, because what a stream holds does not grow with their number. Rejected:
one page read again and again (its names would be in every cache), and wall time (the machine is shared).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from musnad.build import Stages
from musnad.project import Project

ROOT: Final = Path(__file__).parents[1]
SEED: Final = 20_170_309
SIZES: Final = (1_000, 10_000)  # bytes of a page
_FIRST: Final = (
    "فلان",
    "علان",
    "سامر",
    "نبيل",
    "رهف",
    "عماد",
    "جمانة",
    "وائل",
    "لمياء",
    "خليل",
)  # names
_LAST: Final = ("الفلاني", "العلاني", "المثالي", "السهلي", "الوادي", "البستاني", "المرجاني", "الصفصافي")
_BODIES: Final = (
    "هيئة المثال",
    "مجلس السهل",
    "لجنة البستان",
    "تجمع الوادي",
    "اتحاد القرى",
)  # bodies
_PLACES: Final = ("دمشق", "حلب", "إسطنبول", "جنيف", "القاهرة", "أنقرة", "عمان", "موسكو", "حمص", "درعا")
_MONTHS: Final = ("كانون الثاني", "آذار", "نيسان", "حزيران", "أيلول", "تشرين الأول")  # January … October
_WHAT: Final = ("أسعار القمح", "إصلاح الطريق", "رسوم السوق", "مياه الشرب", "كتب المدارس", "موسم القطاف")
# said that; announced; met; demanded; denied; was appointed; heads; resigned; will meet; took part; founded.
_SENTENCES: Final = (
    "وقال {role} {body} {person} إن الهيئة ستبحث {what} في {place} يوم {day} {month} {year}.",
    "وأعلنت {body} أنها اتفقت مع {other} على {what} قبل نهاية الموسم.",
    "والتقى {person} في {place} {role} {other} {rival}، وبحث الجانبان {what}.",
    "وطالبت {body} البلدية بالنظر في {what}، مضيفة أن القرى «لا تستطيع الانتظار طويلا».",
    "ونفى {person} أن تكون {body} قد رفضت دعوة {other} إلى لقاء {place}.",
    "وعُيّن {person} {role} ل{body} في {month} {year} خلفا ل{rival}.",
    "ويترأس {person} وفد {body} الذي يضم {rival} و{third}.",
    "واستقال {rival} من {other} احتجاجا على تأجيل {what}.",
    "ومن المقرر أن يعقد الطرفان اجتماعا ثانيا في {place} لمناقشة {what}.",
    "وشارك في اللقاء {number} مندوبا من {body} و{other}، وغاب عنه {third}.",
    "وتأسست {body} عام {year} في {place} على يد {person}.",
)
_ROLES: Final = (
    "رئيس",
    "الناطق باسم",
    "أمين عام",
    "عضو",
    "نائب رئيس",
)  # head …
_TAIL: Final = "\n\nشارك المقال\nفيسبوك\nتويتر\n\nجميع الحقوق محفوظة © موقع المثال 2020\n"  # share, rights


def page(number: int) -> str:
    """Return the page of a number: the same number gives the same page."""
    draw = random.Random(SEED + number)
    size = draw.randint(*SIZES)

    def sentence() -> str:
        names = [f"{draw.choice(_FIRST)} {draw.choice(_LAST)}" for _ in range(3)]
        body, other = draw.sample(_BODIES, 2)
        return draw.choice(_SENTENCES).format(
            person=names[0], rival=names[1], third=names[2], body=body, other=other,
            role=draw.choice(_ROLES), place=draw.choice(_PLACES), what=draw.choice(_WHAT),
            day=draw.randint(1, 28), month=draw.choice(_MONTHS), year=draw.randint(2011, 2024),
            number=draw.randint(3, 90),
        )  # fmt: skip

    head = f"{draw.choice(_BODIES)} تبحث {draw.choice(_WHAT)} ({number})\n\n"  # … looks into …
    head += f"نشر في: {draw.randint(1, 28)} {draw.choice(_MONTHS)} {draw.randint(2011, 2024)}\n\n"
    parts, length = [head], len(head.encode()) + len(_TAIL.encode())
    while length < size:
        parts.append(" ".join(sentence() for _ in range(draw.randint(1, 4))) + "\n\n")
        length += len(parts[-1].encode())
    return "".join(parts).rstrip() + _TAIL


def write_pages(folder: Path, documents: int) -> int:
    """Write so many pages, a thousand to a folder; return their size in bytes."""
    size = 0
    for number in range(documents):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(page(number).encode())
    return size


def run(folder: Path, documents: int) -> dict[str, float]:
    """Return CPU seconds, claims and peak MiB of one run over the first documents of a folder."""
    stages = Stages.of(Project(ROOT))
    files = [(path, path.name) for path in sorted(folder.rglob("*.txt"))[:documents]]
    with tempfile.TemporaryDirectory() as out:
        start = time.process_time()
        counts, refused = stages.tables(files, Path(out))
        spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(path.stat().st_size for path, _ in files)
    return {
        "seconds": spent, "kB": size / 1000, "peak": peak,
        "claims": counts["claims"], "refused": len(refused),
    }  # fmt: skip


def main() -> None:
    """Write the pages, read them in processes of their own, and print the medians."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--documents", type=int, default=400)
    reader.add_argument("--runs", type=int, default=3)
    reader.add_argument("--folder", type=Path, help="read this folder once and print JSON")
    given = reader.parse_args()
    if given.folder:
        print(json.dumps(run(given.folder, given.documents)))
        return
    with tempfile.TemporaryDirectory() as folder:
        write_pages(Path(folder), given.documents)
        print(f"{'documents':>10}{'kB':>10}{'CPU s':>9}{'kB per CPU s':>14}{'claims':>9}{'peak MiB':>10}")
        for documents in (max(1, given.documents // 4), given.documents):
            command = [sys.executable, __file__, "--folder", folder, "--documents", str(documents)]
            runs = [
                json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
                for _ in range(given.runs)
            ]
            middle = {key: statistics.median(each[key] for each in runs) for key in runs[0]}
            speed = statistics.median(each["kB"] / each["seconds"] for each in runs)
            print(
                f"{documents:>10}{middle['kB']:>10.0f}{middle['seconds']:>9.1f}{speed:>14.0f}"
                f"{middle['claims']:>9.0f}{middle['peak']:>10.0f}"
            )


if __name__ == "__main__":
    main()
