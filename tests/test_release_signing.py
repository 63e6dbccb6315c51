"""What a receiver can check of a release: its files, its canonical form, who signed it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from musnad.cli import main
from musnad.config import Site
from musnad.errors import DataError, ProjectError
from musnad.release import ReleaseInfo, check_release, sign_release, write_release
from musnad.release.sums import SUMS, sums_text, verify_release
from musnad.store import file_digest

SAMPLE = Path(__file__).parent / "data" / "sample.nq"
INFO = ReleaseInfo("2026-01-31", Site(), "0.1.0")
ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
minisign = pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return write_release(SAMPLE, tmp_path / "release", INFO).folder


def ssh_key(folder: Path, name: str = "key") -> Path:
    key = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "example", "-f", key], check=True)
    return key


def list_again(folder: Path) -> None:
    """Write the checksums anew, as somebody would who hides a change."""
    names = [name for name in os.listdir(folder) if not name.startswith(SUMS)]
    (folder / SUMS).write_text(sums_text({name: file_digest(folder / name) for name in names}))


def test_a_release_is_checked_without_a_signature(made: Path) -> None:
    assert dict(check_release(made))["signature"] == "none"


@ssh
def test_a_signature_of_ssh_keygen_is_verified(made: Path) -> None:
    key = ssh_key(made.parent)
    assert sign_release(made, key).name == "SHA256SUMS.sig"
    assert verify_release(made)
    assert "not verified" in dict(check_release(made))["signature"]
    assert "is by the key" in dict(check_release(made, key.with_suffix(".pub")))["signature"]


@ssh
def test_a_release_is_signed_a_second_time_in_the_same_bytes(made: Path) -> None:
    key = ssh_key(made.parent)
    first = sign_release(made, key).read_bytes()
    assert sign_release(made, key).read_bytes() == first


@minisign
def test_a_signature_of_minisign_is_verified(made: Path) -> None:
    key, public = made.parent / "minisign.key", made.parent / "minisign.pub"
    subprocess.run(["minisign", "-G", "-W", "-s", key, "-p", public], check=True, capture_output=True)
    assert sign_release(made, key).name == "SHA256SUMS.minisig"
    assert "is by the key" in dict(check_release(made, public))["signature"]
    (made / "void.ttl").write_text("")
    list_again(made)
    with pytest.raises(DataError, match="minisign refuses"):
        dict(check_release(made, public))


@ssh
def test_a_signature_by_another_key_or_of_other_files_is_refused(made: Path) -> None:
    key, other = ssh_key(made.parent), ssh_key(made.parent, "other")
    sign_release(made, key)
    with pytest.raises(DataError, match="ssh-keygen refuses"):
        dict(check_release(made, other.with_suffix(".pub")))
    (made / "void.ttl").write_text("")
    list_again(made)
    with pytest.raises(DataError, match="ssh-keygen refuses"):
        dict(check_release(made, key.with_suffix(".pub")))


@ssh
def test_a_release_that_nobody_signed_is_refused_where_a_signer_is_asked_for(made: Path) -> None:
    with pytest.raises(DataError, match=r"SHA256SUMS\.sig is missing"):
        dict(check_release(made, ssh_key(made.parent).with_suffix(".pub")))


def test_a_file_that_is_no_key_is_refused(made: Path) -> None:
    with pytest.raises(ProjectError, match="no secret key"):
        sign_release(made, made / "graphs.csv")
    with pytest.raises(ProjectError, match="no file of a key"):
        sign_release(made, made / "missing")


def test_a_program_that_is_not_installed_is_named(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = made.parent / "key"
    key.write_text("untrusted comment: minisign encrypted secret key\n")
    monkeypatch.setenv("PATH", str(made))
    with pytest.raises(ProjectError, match="minisign: is not installed"):
        sign_release(made, key)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda lines: lines[::-1], r"musnad\.nq:2: the quads are not sorted"),
        (lambda lines: [*lines, lines[-1]], "the quads are not sorted"),
        (lambda lines: lines[1:], "is not what graphs.csv tells"),
        (lambda lines: [*lines, b"~\n"], "is no quad in canonical form"),
    ],
)
def test_quads_that_are_not_what_was_told_are_refused(made: Path, change, problem: str) -> None:  # type: ignore[no-untyped-def]
    lines = (made / "musnad.nq").read_bytes().splitlines(keepends=True)
    (made / "musnad.nq").write_bytes(b"".join(change(lines)))
    list_again(made)
    with pytest.raises(DataError, match=problem):
        dict(check_release(made))


def test_a_release_of_an_older_engine_is_told_as_such(made: Path) -> None:
    (made / "graphs.csv").unlink()
    list_again(made)
    with pytest.raises(DataError, match="the release is of an older engine"):
        dict(check_release(made))


@ssh
def test_the_verbs_sign_and_check(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = ssh_key(made.parent)
    assert main(["sign", str(made), "--key", str(key)]) == 0
    assert capsys.readouterr().out == f"{made / 'SHA256SUMS.sig'}\n"
    assert main(["check", "--release", str(made), "--signer", f"{key}.pub"]) == 0
    (made / "musnad.ttl").write_text("changed")
    assert main(["check", "--release", str(made)]) == 1
    assert "musnad.ttl: changed" in " ".join(capsys.readouterr().err.split())
