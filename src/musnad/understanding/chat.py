"""Ask a chat endpoint that speaks the protocol of OpenAI for an answer in JSON; the answers are kept on disk.

The standard library's client: it follows no redirection and reads no proxy variable, so that the text of a
document goes to the address that the user wrote and nowhere else. Chosen over (a) a vendor's package, which
brings its own retries and telemetry, and (b) httpx, which the engine does not need elsewhere.
Protocol: https://platform.openai.com/docs/api-reference/chat/create
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import ssl
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

import orjson

from musnad.errors import LanguageModelError
from musnad.iri import digest

_URL, _MODEL, _KEY = "MUSNAD_LLM_URL", "MUSNAD_LLM_MODEL", "MUSNAD_LLM_KEY"
_MOST_BYTES: Final = 5_000_000  # of an answer
_LONGEST_WAIT: Final = 60.0  # seconds, whatever Retry-After says
_TRY_AGAIN: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_REMEDIES: Final[dict[int, str]] = {
    401: f"check {_KEY}",
    403: f"check {_KEY}",
    404: f"check {_MODEL}, and that {_URL} ends before /chat/completions",
    413: "the document is too long for this model",
    429: "wait, or ask for a higher limit; the answers so far are kept",
}


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Where a language model is asked, and how patiently."""

    url: str  # up to before /chat/completions
    model: str
    key: str = field(default="", repr=False)
    cache: Path | None = None  # folder of the answers; None keeps none
    seconds: float = 120.0  # for one answer
    tries: int = 4
    pause: float = 1.0  # seconds before the second try; doubled for each further one

    def __post_init__(self) -> None:
        check_address(self.url)
        if not self.model:
            raise LanguageModelError(_MODEL, "no model is named", "set it to a name that the endpoint knows")

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> ModelSettings:
        """Return what MUSNAD_LLM_URL, _MODEL and _KEY say; the answers go below XDG_CACHE_HOME.

        https://specifications.freedesktop.org/basedir-spec/latest/
        """
        if not environment.get(_URL):
            raise LanguageModelError(_URL, "is not set", "for example http://127.0.0.1:11434/v1")
        home = environment.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        cache = Path(home) / "musnad" / "language-model"
        key = environment.get(_KEY, "")
        return cls(environment[_URL], environment.get(_MODEL, ""), key, cache)


def check_address(url: str) -> SplitResult:
    """Return an address in parts, or raise LanguageModelError: https, or http on this machine.

    >>> check_address("http://127.0.0.1:8080/v1").port
    8080
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise LanguageModelError(_URL, f"{url!r} is not an address: {error}") from None
    host = parts.hostname or ""
    if parts.username or parts.password or not host or port == 0 or parts.query or parts.fragment:
        problem = "the address must be scheme, host, port and path, and nothing else"
        raise LanguageModelError(_URL, problem, f"put the key into {_KEY}")
    if not (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))):
        raise LanguageModelError(_URL, f"{host} is reached without encryption", "use https, or 127.0.0.1")
    return parts


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def ask(settings: ModelSettings, instruction: str, text: str, schema: Mapping[str, Any]) -> Any:
    """Return the JSON object that the model answers, from the disk where the same was asked before.

    The key is a digest of model, instruction, schema and text. Raise LanguageModelError if no try gives JSON.
    """
    laid_out = orjson.dumps(schema, option=orjson.OPT_SORT_KEYS).decode()
    kept = _kept(settings, digest(settings.model, instruction, laid_out, text).hex())
    if kept is not None and kept.is_file():
        try:
            return orjson.loads(kept.read_bytes())
        except (OSError, orjson.JSONDecodeError):
            kept.unlink(missing_ok=True)
    body = {
        "model": settings.model,
        "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": text}],
        "temperature": 0,
        "seed": 0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "claims", "strict": True, "schema": schema},
        },
    }
    answer = _persist(settings, orjson.dumps(body), schema["required"])
    if kept is not None:
        _keep(kept, answer)
    return answer


def _kept(settings: ModelSettings, name: str) -> Path | None:
    return None if settings.cache is None else settings.cache / name[:2] / f"{name}.json"


def _keep(path: Path, answer: Any) -> None:
    """Write an answer in one step, so that a stopped run leaves no half of one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_bytes(orjson.dumps(answer))
        part.rename(path)
    except OSError as error:
        raise LanguageModelError(path, f"the answer cannot be kept: {error.strerror}") from None


class _Refused(Exception):
    """One try failed; `again` tells whether another may not, `wait` how long the endpoint wants us to."""

    def __init__(self, problem: str, remedy: str = "", *, again: bool = True, wait: float = 0.0) -> None:
        super().__init__(problem)
        self.problem, self.remedy, self.again, self.wait = problem, remedy, again, wait


def _persist(settings: ModelSettings, body: bytes, keys: Collection[str]) -> Any:
    """Return the answer of the first try that gives one."""
    for attempt in range(1, settings.tries + 1):
        try:
            return _content(_post(settings, body), keys)
        except _Refused as refused:
            if not refused.again or attempt == settings.tries:
                tried = f" (tried {attempt} times)" if attempt > 1 else ""
                raise LanguageModelError(settings.url, refused.problem + tried, refused.remedy) from None
            time.sleep(min(_LONGEST_WAIT, max(refused.wait, settings.pause * 2 ** (attempt - 1))))
    raise LanguageModelError(settings.url, "was never asked", "let `tries` be 1 or more")


def _post(settings: ModelSettings, body: bytes) -> bytes:
    """Return the body of one reply with status 200, or raise _Refused."""
    parts = check_address(settings.url)
    host, port = parts.hostname or "", parts.port
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(host, port, timeout=settings.seconds, context=context)
    else:
        connection = http.client.HTTPConnection(host, port, timeout=settings.seconds)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    try:
        connection.request("POST", f"{parts.path.rstrip('/')}/chat/completions", body, headers)
        reply = connection.getresponse()
        data = reply.read(_MOST_BYTES + 1)
    except TimeoutError:
        raise _Refused(f"no answer within {settings.seconds:g} s", "use a faster model") from None
    except (OSError, http.client.HTTPException) as error:
        raise _Refused(f"cannot be reached: {error}", f"start the server, or check {_URL}") from None
    finally:
        connection.close()
    if reply.status != http.client.OK:
        raise _status(reply.status, reply.getheader("Retry-After", ""))
    if len(data) > _MOST_BYTES:
        raise _Refused(f"the answer has more than {_MOST_BYTES} bytes", again=False)
    return data


def _status(status: int, retry_after: str) -> _Refused:
    """Return what a status other than 200 means; a redirection is never followed."""
    name = http.client.responses.get(status, "unknown status")
    remedy = _REMEDIES.get(status, f"set {_URL} to the final address" if 300 <= status < 400 else "")
    wait = float(retry_after) if retry_after.isascii() and retry_after.isdigit() else 0.0
    return _Refused(f"answers {status} {name}", remedy, again=status in _TRY_AGAIN, wait=wait)


def _content(data: bytes, keys: Collection[str]) -> Any:
    """Return the JSON object inside a chat completion, or raise _Refused if it lacks one of the keys."""
    remedy = "use a model and a server that keep to a JSON Schema"
    try:
        choice = orjson.loads(data)["choices"][0]
        said, ended = choice["message"].get("content"), choice.get("finish_reason")
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError, AttributeError):
        raise _Refused("the reply is not a chat completion", f"check {_URL}") from None
    if ended == "length":
        raise _Refused("the answer was cut off", "use a model with a longer context", again=False)
    if not isinstance(said, str):
        raise _Refused("the model refused to answer", "use another model", again=False)
    try:
        answer = orjson.loads(said)
    except orjson.JSONDecodeError:
        raise _Refused("the answer is not JSON", remedy) from None
    if not isinstance(answer, dict) or not answer.keys() >= set(keys):
        raise _Refused(f"the answer is not an object with {', '.join(keys)}", remedy)
    return answer
