"""An open font as a package: its files are put beside the style sheet, where pages find them.

The package comes from npm in the layout of Fontsource (`400.css`, `700.css`, `files/*.woff2`, `LICENSE`);
only Arabic and Latin in two weights are taken. Without it, pages use what the reader's machine has. Chosen
over (a) font files in the repository, which are others' work and age there, and (b) a link to a font
service, which would learn who reads.
"""

from __future__ import annotations

import re
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from musnad.errors import ProjectError
from musnad.site.npm import replace_folder, run_npm

SHEET: Final = "fonts.css"
DEFAULT: Final = "@fontsource/noto-naskh-arabic@^5"
_LICENCE: Final = "LICENSE"
_WEIGHTS: Final = ("400", "700")
_FACE: Final = re.compile(r"/\* (?P<name>[\w-]+) \*/\s*(?P<rule>@font-face\s*\{[^}]*\})")
_WANTED: Final = re.compile(r"-(?:arabic|latin|latin-ext)-(?:400|700)-normal\Z")
_FAMILY: Final = re.compile(r"font-family:\s*('[\w -]+')")
_FALLBACK: Final = "'Noto Naskh Arabic', 'Geeza Pro', serif"  # of the Arabic text of style.css
_SOURCE: Final = re.compile(r"src:[^;]*;")
_LARGEST: Final = 2_000_000  # bytes of one file
_REMEDY: Final = "name a package of Fontsource; without a font, pages use the reader's own"


def install_fonts(package: str, folder: Path) -> list[Path]:
    """Put the font of an npm package into a folder; return its files, the style sheet last.

    `package` is a name with a version (`@fontsource/amiri@^5`), or the path of a packed one. What the folder
    held is replaced. Raises ProjectError where npm is missing or fails, or the package is no such font.
    """
    with tempfile.TemporaryDirectory() as scratch:
        asked = ["pack", "--pack-destination", scratch, "--", package]
        run_npm(asked, Path.cwd(), package, _REMEDY)
        packed = sorted(Path(scratch).glob("*.tgz"))
        if not packed:
            raise ProjectError(package, "npm brought no package", _REMEDY)
        files = _read(packed[0], package)
    return replace_folder(folder, files)


def _read(packed: Path, package: str) -> dict[str, bytes]:
    """Return the files of a packed font that pages need, by name."""
    with tarfile.open(packed) as archive:
        sheets = (_member(archive, f"{weight}.css") for weight in _WEIGHTS)
        faces = [face for sheet in sheets for face in _faces((sheet or b"").decode("utf-8"))]
        files = {f"{name}.woff2": _member(archive, f"files/{name}.woff2") for name, _ in faces}
        licence = _member(archive, _LICENCE)
    found = {name: body for name, body in files.items() if body is not None}
    if not found or len(found) < len(files) or licence is None:
        raise ProjectError(
            package, "is no font with Arabic or Latin, its files and its licence", "see docs/pages.md"
        )
    rules = "\n".join(rule for _, rule in faces)
    family = _FAMILY.search(rules)
    first = f"--naskh: {family[1]}, " if family else "--naskh: "
    sheet = f"{rules}\n:root {{ {first}{_FALLBACK}; }}\n"
    return {_LICENCE: licence, **found, SHEET: sheet.encode("utf-8")}


def _faces(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each face that is wanted, and its rule with the file beside it as its only source."""
    for face in _FACE.finditer(sheet):
        if _WANTED.search(face["name"]):
            source = f"src: url({face['name']}.woff2) format('woff2');"
            yield face["name"], _SOURCE.sub(source, face["rule"])


def _member(archive: tarfile.TarFile, name: str) -> bytes | None:
    """Return the bytes of a file of a package; None where it has none, or one that is too large."""
    try:
        told = archive.getmember(f"package/{name}")
    except KeyError:
        return None
    file = archive.extractfile(told) if told.isfile() and told.size <= _LARGEST else None
    return file.read() if file else None
