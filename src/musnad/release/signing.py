"""Signatures of a release: one file beside `SHA256SUMS`, made and verified by a program that is installed.

The kind of the key decides: keys of OpenSSH by `ssh-keygen` (SSHSIG, with a namespace of its own), keys of
minisign by `minisign`. Signing is a step of its own, so that the key need not be where the release is built.
Chosen over (a) cryptography in the engine, which would have to be trusted too, and (b) Sigstore, which
publishes the address of whoever signs and needs the network to verify.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from musnad.errors import DataError, MusnadError, ProjectError
from musnad.release.sums import SIGNATURES, SUMS

_NAMESPACE: Final = "musnad-release"
_SSH, _MINISIGN = SIGNATURES
_MINISIGN_KEY: Final = "untrusted comment: minisign"
_SECONDS: Final = 120  # long enough to type a passphrase


@dataclass(frozen=True, slots=True)
class _Program:
    """A program that signs or verifies; where it fails, what is wrong is `where`."""

    name: str
    where: Path
    error: type[MusnadError] = ProjectError

    def run(self, *words: str, data: Path | None = None) -> bytes:
        """Return what the program prints, given a file as its standard input."""
        if shutil.which(self.name) is None:
            raise ProjectError(self.name, "is not installed", "install it, or use a key of another kind")
        given = data.read_bytes() if data else None
        try:
            done = subprocess.run(
                [self.name, *words], input=given, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise ProjectError(self.where, f"{self.name} did not end within {_SECONDS} s") from None
        if done.returncode:
            said = " ".join((done.stderr or done.stdout).decode("utf-8", "replace").split())
            raise self.error(self.where, f"{self.name} refuses: {said}")
        return done.stdout


def sign_release(folder: Path, key: Path) -> Path:
    """Sign the checksums of a release with a secret key and return the file of the signature."""
    text, sums = _read(key), folder / SUMS
    if not sums.is_file():
        raise DataError(folder, f"{SUMS} is missing", "sign a release that was written whole")
    if text.startswith(_MINISIGN_KEY):
        with TemporaryDirectory() as place:
            made = Path(place) / "signature"
            words = ["-S", "-s", str(key), "-m", str(sums), "-x", str(made), "-t", _NAMESPACE]
            _Program("minisign", key).run(*words)
            return _put(folder / _MINISIGN, made.read_bytes())
    if "PRIVATE KEY" in text or text.startswith("ssh-"):  # the latter: of a key that an agent holds
        words = ["-Y", "sign", "-f", str(key), "-n", _NAMESPACE]
        return _put(folder / _SSH, _Program("ssh-keygen", key).run(*words, data=sums))
    remedy = "make one with `ssh-keygen -t ed25519` or `minisign -G`"
    raise ProjectError(key, "is no secret key of ssh-keygen or minisign", remedy)


def verify_signature(folder: Path, signer: Path) -> str:
    """Return the name of the signature that a public key verifies, or raise DataError."""
    text, sums = _read(signer), folder / SUMS
    minisign = text.startswith(_MINISIGN_KEY)
    signature = folder / (_MINISIGN if minisign else _SSH)
    if not signature.is_file():
        raise DataError(folder, f"{signature.name} is missing", "the release was not signed with such a key")
    if minisign:
        words = ["-V", "-q", "-p", str(signer), "-m", str(sums), "-x", str(signature)]
        _Program("minisign", signature, DataError).run(*words)
        return signature.name
    with TemporaryDirectory() as place:
        allowed = Path(place) / "allowed"
        allowed.write_text(f'signer namespaces="{_NAMESPACE}" {text.strip()}\n', encoding="utf-8")
        words = ["-Y", "verify", "-f", str(allowed), "-I", "signer", "-n", _NAMESPACE, "-s", str(signature)]
        _Program("ssh-keygen", signature, DataError).run(*words, data=sums)
    return signature.name


def _read(key: Path) -> str:
    try:
        return key.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise ProjectError(key, "is no file of a key that can be read") from None


def _put(path: Path, signature: bytes) -> Path:
    """Write a signature so that nobody sees half of it."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(signature)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
    return path
