"""The templates: strict, escaped, and every objection with template, line and name.

Jinja2 with StrictUndefined, because a page that silently shows nothing is a wrong page. Chosen over (a) a
templating language of our own and (b) string formatting in Python, which designers cannot read.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Final, cast

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from musnad.errors import TemplateError
from musnad.site.compiled import Compiled, Names
from musnad.site.values import plain

PLAIN: Final = (".txt", ".csv", ".json")  # formats in which `&` is a character as any other
_BUILT_IN: Final = frozenset({"loop", "self", "super", "caller", "true", "false", "none"})
_UNDEFINED: Final = jinja2.StrictUndefined
_QUOTED: Final = re.compile(r"'([^']+)'")


class _Context(Context):
    """What a template knows, and how it calls that."""

    def call(
        self,
        called: Callable[..., Any],
        /,
        *given: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        """Return what a function gives; one that is given an undefined name objects as printing would.

        The library's own looks at each call for functions that want the context, and costs ten times as much.
        """
        if type(called) is Macro:  # which looks at its own arguments when it uses them
            return called(self.eval_ctx, *given, **named)
        for value in given:
            if type(value) is _UNDEFINED:
                str(value)  # raises UndefinedError, with the name
        for value in named.values():
            if type(value) is _UNDEFINED:
                str(value)
        return called(*given, **named)


def _printed(value: object) -> str:
    """Return what a page prints of a value, escaped."""
    kind = type(value)
    if kind is Markup:
        return cast(Markup, value)
    if kind is str:
        return escape(value)
    if value is None:
        return ""
    safe = getattr(kind, "__html__", None)
    return str(safe(value)) if safe else escape(value)


class _Generator(CodeGenerator):
    """Prints with `_printed` alone; the library escapes what that gives, in a call and a copy of its own."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write(finalize.src or "")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write(")")


class Templates:
    """The templates of one project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._compiled = Compiled(folder.absolute(), Path(__file__))
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=lambda name: not (name or "").endswith(PLAIN),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_printed,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=self._compiled.for_("html"),
        )
        self._environment.context_class = _Context
        self._machines = self._environment.overlay(
            finalize=lambda value: "" if value is None else plain(value),
            bytecode_cache=self._compiled.for_("other"),
        )
        self._environment.code_generator_class = _Generator  # all of its templates are HTML

    def check(self, name: str, known: Collection[str]) -> None:
        """Raise if a template does not parse, or uses a name that it will not be given."""
        path = self.folder / name
        try:
            source, _, _ = self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]
            used = self._compiled.names(source, lambda: self._names(source))
        except jinja2.TemplateNotFound:
            raise TemplateError(path, "the template is missing") from None
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(f"{path}:{error.lineno}", str(error.message)) from None
        for used_name, line in used:
            if used_name not in known:
                problem = f"the name {used_name!r} is given by no query of the page"
                raise TemplateError(f"{path}:{line}", problem, f"known: {', '.join(sorted(known))}")

    def _names(self, source: str) -> Names:
        """Return the names that a template must be given, each with its line, in the order of their use."""
        tree = self._environment.parse(source)
        given = _declared(tree) | set(self._environment.globals) | _BUILT_IN
        return tuple((node.name, node.lineno) for node in tree.find_all(nodes.Name) if node.name not in given)

    def compile(self) -> None:
        """Make all templates ready, as their first pages would, and keep them so for the next start."""
        for path in sorted(self.folder.iterdir()):
            if path.is_file():
                environment = self._environment if path.suffix == ".html" else self._machines
                environment.get_template(path.name)
        self._compiled.write()

    def render(self, name: str, names: Mapping[str, Any]) -> str:
        """Return the page, or raise TemplateError naming the template, the line and the missing name."""
        try:
            environment = self._environment if name.endswith(".html") else self._machines
            return environment.get_template(name).render(names)
        except jinja2.UndefinedError as error:
            raise TemplateError(self._place(error, name), _problem(str(error))) from None
        except jinja2.TemplateNotFound as error:
            raise TemplateError(self.folder / str(error.name), "the template is missing") from None
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(
                f"{self.folder / str(error.name)}:{error.lineno}", str(error.message)
            ) from None

    def _place(self, error: Exception, name: str) -> str:
        """Return file and line of the innermost template in a traceback."""
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if Path(frame.filename).is_relative_to(self.folder)
        ]
        return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else str(self.folder / name)


def _declared(tree: nodes.Template) -> set[str]:
    """Return the names that a template gives itself: imports, macros, loops, `set` and `with`."""
    found = {node.name for node in tree.find_all(nodes.Name) if node.ctx in {"store", "param"}}
    found |= {node.target for node in tree.find_all(nodes.Import)}
    found |= {node.name for node in tree.find_all(nodes.Macro)}
    return found


def _problem(message: str) -> str:
    found = _QUOTED.findall(message)
    return f"the name {found[-1]!r} is not given" if found else message
