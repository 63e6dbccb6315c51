"""The names of the pages that stand, kept beside a build so that the next one begins with them.

A page that stands has one file and a name in each build. When a build has taken the place of another, the
site of that one is not removed whole: it keeps the names of those files that both have, as `.mine.pages`, and
the next build takes this folder as its own and changes only what changed. Nothing is in it that the build
does not publish. It is used where its `SHA256SUMS` is that of the build, by its inode, and each file of it
where the system says what was noted of that of the build (`noted`). Chosen over (a) a new link for every
page and its removal at every build, 21 µs each, and (b) changing the site that is served, which no crash
would forgive.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from musnad.build.folder import Folder
from musnad.release.folders import remove
from musnad.site.folder import MARK, SUMS, other_files


def spare_of(out: Path) -> Path:
    """Return where the names of pages are kept for the build after the one in a folder."""
    return out.with_name(f".{out.name}.pages")


def begin_with(last: Folder, site: Path) -> bool:
    """Make what is kept beside the last build the folder of a site; tell whether there was anything.

    It has then no sums: what its files hold is yet to be compared with what was noted of them.
    """
    spare = spare_of(last.root)
    if not _is_of(spare, last):
        return False
    (spare / SUMS).unlink()
    spare.rename(site)
    return True


def keep_names(old: Folder, out: Path) -> None:
    """Keep what the site of a replaced build shares with that of the build in its place, or nothing.

    The link to the sums comes last: where a run broke off before, nothing is used of it.
    """
    spare, now = spare_of(out), Folder(out)
    remove(spare)
    with contextlib.suppress(OSError):
        for name in other_files(old.site, now.site):
            _unlink(os.fspath(old.site), name)
        for name in (MARK, SUMS):
            (old.site / name).unlink(missing_ok=True)
        old.site.rename(spare)
        os.link(now.site / SUMS, spare / SUMS)


def drop_other(out: Path) -> None:
    """Remove what is kept, unless it is kept for the build after the one in a folder."""
    spare = spare_of(out)
    if spare.exists() and not _is_of(spare, Folder(out)):
        remove(spare)


def _is_of(spare: Path, build: Folder) -> bool:
    """Tell whether what is kept has the sums of a build as a second name of theirs."""
    try:
        return os.path.samefile(spare / SUMS, build.site / SUMS)
    except OSError:
        return False


def _unlink(site: str, name: str) -> None:
    """Remove a file, and its folder where it was the last one there."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(f"{site}/{name}")
    folder = name.rpartition("/")[0]
    with contextlib.suppress(OSError):
        if folder:
            os.removedirs(f"{site}/{folder}")
