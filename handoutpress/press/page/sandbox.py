"""The sandbox that fills templates in. The only place that imports Jinja2.

A template reads words, figures and records by name, and calls its own macros and the few functions named here. It
reaches no attribute of any object. Each page has a budget of steps, characters and time.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import (
    BaseLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    meta,
    nodes,
    pass_eval_context,
)
from jinja2 import TemplateError as JinjaError
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator
from jinja2.environment import TemplateModule
from jinja2.filters import FILTERS, do_join, do_replace, do_round
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import SandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from handoutpress.press.page.plain_values import PageRecord, plain
from handoutpress.press.page.template_budget import Budget, TemplateFaultError, TemplateLimits
from handoutpress.yamlfile.problems import HandoutError

GIVEN = frozenset(
    {"apart", "css_string", "in_order", "in_parts", "linked", "mail_link", "phone_parts", "slot", "typed", "unbroken"}
)
"""The functions that a page may give to its template; each takes words and returns words."""
WORD_FILTERS = ("capitalize", "e", "escape", "lower", "striptags", "title", "trim", "upper")
OTHER_FILTERS = ("count", "d", "default", "first", "last", "length")
LOOP = frozenset({"depth", "depth0", "first", "index", "index0", "last", "length", "revindex", "revindex0"})
MOST_ITEMS = 100_000
"""Numbers in a range, and items in a list that a template makes."""
MOST_FIGURES = 6
"""Decimals that a number is rounded to."""
FORM = re.compile(r",?(\.[0-6]f)?")
"""How a figure may be written in a phrase's braces: with commas, with decimals."""
MOST_SOURCE = 1_000_000
"""Characters of a template's file."""


_SHOWN = "a template: "
"""Begins the name of a template in a traceback."""


class TemplateError(HandoutError):
    """A template that cannot be used as it is."""


class GivenFunction:
    """A function that a template may call, and nothing else: what it returns is plain."""

    __slots__ = ("_function",)

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __call__(self, *values: Any, **named: Any) -> Any:
        return plain(self._function(*values, **named))


class _CountedNodes(NodeTransformer):
    """Has each loop, macro and block count its steps, and words joined by ``~`` their length."""

    def visit_For(self, node: Any) -> Any:  # noqa: N802  Jinja2's name
        return self._counted(node)

    visit_Macro = visit_CallBlock = visit_Block = visit_Template = visit_For  # noqa: N815

    def _counted(self, node: Any) -> Any:
        self.generic_visit(node)
        size = sum(len(data.data) for part in node.body for data in _constant_words(part))
        node.body.insert(0, nodes.ExprStmt(_our_call("count", [nodes.Const(size)], node), lineno=node.lineno))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _our_call("join_words", node.nodes, node)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        for operand in node.ops:
            operand.expr = _our_call("comparable", [operand.expr], operand)
        node.expr = _our_call("comparable", [node.expr], node)
        return node

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802
        raise TemplateSyntaxError("a template has no dictionaries", node.lineno)


def _constant_words(node: nodes.Node) -> Iterable[nodes.TemplateData]:
    if isinstance(node, nodes.TemplateData):
        yield node
    yield from node.find_all(nodes.TemplateData)


def _our_call(name: str, values: list[nodes.Expr], node: nodes.Node) -> nodes.Call:
    return nodes.Call(nodes.EnvironmentAttribute(name, lineno=node.lineno), values, [], None, None, lineno=node.lineno)


class _CountedCode(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802
        super().visit_Template(_CountedNodes().visit(node), frame)


class _Loader(BaseLoader):
    """A loader of templates from one mapping of names to files, so that a project's own win over the built-in ones."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self.files = files

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Any]:
        if template not in self.files:
            raise TemplateNotFound(template)
        return _read(template, self.files[template]), f"{_SHOWN}{template}", lambda: True


def _read(name: str, path: Path) -> str:
    try:
        source = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise TemplateError(f"templates/{name} is not UTF-8. Hint: save it as UTF-8.") from None
    if len(source) > MOST_SOURCE:
        raise TemplateError(f"templates/{name} has {len(source):,} characters. Hint: {MOST_SOURCE:,} at most.")
    return source


class _Compiled(BytecodeCache):  # in memory, for every environment: compiling takes longer than filling in
    codes: ClassVar[dict[tuple[str, str], Any]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key, bucket.checksum] = bucket.code


class _Environment(SandboxedEnvironment):
    """Jinja2 without its way to attributes, with a short list of filters, tests and functions, and a budget."""

    code_generator_class = _CountedCode
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, files: Mapping[str, Path], limits: TemplateLimits) -> None:
        super().__init__(
            loader=_Loader(files),
            bytecode_cache=_Compiled(),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=self.printable,
        )
        self.budget = Budget(limits)
        self.globals = {"range": GivenFunction(self._range)}
        self.filters = {name: FILTERS[name] for name in OTHER_FILTERS}
        self.filters |= {name: self._of_words(FILTERS[name]) for name in WORD_FILTERS}
        self.filters |= {"join": self._join, "replace": self._replace, "round": self._round}
        self.tests = {name: TESTS[name] for name in ("defined", "undefined", "none", "string", "number", "odd", "even")}
        self.count = GivenFunction(self.budget.spend)
        self.join_words = GivenFunction(self._join_words)
        self.comparable = _Bare(self._comparable)

    def printable(self, value: Any) -> Any:
        """Return a value that may stand on a page, and count its characters."""
        if isinstance(value, str):
            self.budget.spend(len(value))
        elif not isinstance(value, int | float | Undefined):
            raise TemplateFaultError(f"The template prints {_described(value)}. Hint: print one of its parts.")
        return value

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what ``attribute`` names in a record, of a loop, or among the macros of another template."""
        if isinstance(obj, PageRecord) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, PageRecord) and attribute == "items":
            return GivenFunction(obj.pairs)
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, TemplateModule) and isinstance(vars(obj).get(attribute), Macro):
            return vars(obj)[attribute]
        if isinstance(obj, str) and attribute == "format":
            return GivenFunction(lambda *values, **named: self._format(obj, values, named))
        return self._missing(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item of a record by its name, or of a list by its place."""
        if isinstance(obj, PageRecord) and isinstance(argument, str):
            return self.getattr(obj, argument)
        if isinstance(obj, tuple | list | str) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self._missing(obj, argument)

    def _missing(self, obj: Any, name: Any) -> Undefined:
        if isinstance(obj, Undefined):
            return obj
        asked = repr(name[:80]) if isinstance(name, str) else _described(name)
        sentence = f"{_described(obj)} has no {asked}"
        return self.undefined(sentence[0].upper() + sentence[1:], name=asked)

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether ``obj`` is a macro, or a function that was given."""
        return isinstance(obj, Macro | GivenFunction | BlockReference | LoopContext)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  Jinja2's form
        """Call a macro or a given function, and count the step and what it returns."""
        if isinstance(__obj, Undefined):
            return __obj()  # which tells what is not there
        if not __self.is_safe_callable(__obj):
            raise TemplateFaultError(
                f"A template cannot call {_described(__obj)}. Hint: call macros and {_listed(GIVEN)}."
            )
        result = __context.call(__obj, *args, **kwargs)
        __self.budget.spend(len(result) if isinstance(result, str) else 0, steps=1)
        return result

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Add and multiply figures and words of a length that a page can have."""
        if operator == "**" or (operator == "%" and isinstance(left, str)):
            raise TemplateFaultError(f'A template has no "{operator}" for that. Hint: make the value before the page.')
        sizes = [len(part) if isinstance(part, str | tuple | list) else 0 for part in (left, right)]
        if operator == "*":
            times = [part for part in (left, right) if isinstance(part, int)]
            self.budget.spend(max(sizes) * max(0, *times, 0))
            if sum(part.bit_length() for part in times) > 64:
                raise TemplateFaultError(
                    "The template makes a number that no page needs. Hint: look at what it multiplies."
                )
        elif operator == "+":
            self.budget.spend(sum(sizes))
        return super().call_binop(context, operator, left, right)

    def _range(self, *ends: int) -> tuple[int, ...]:
        numbers = range(*ends)
        if len(numbers) > MOST_ITEMS:
            raise TemplateFaultError(f"A range has at most {MOST_ITEMS:,} numbers. Hint: look for a loop without end.")
        self.budget.spend(len(numbers))
        return tuple(numbers)

    def _join_words(self, *parts: Any) -> str:
        words = [str(self.printable(part)) if not isinstance(part, str) else self.printable(part) for part in parts]
        return Markup("").join(words) if any(isinstance(word, Markup) for word in words) else "".join(words)

    def _comparable(self, value: Any) -> Any:
        """Return a value that takes no longer to compare, or to search, than it is long."""
        if isinstance(value, tuple | list) and any(isinstance(part, tuple | list) for part in value):
            raise TemplateFaultError("A template cannot compare lists of lists. Hint: compare their parts.")
        return value

    def _of_words(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def filtered(value: Any, *more: Any) -> Any:
            self.budget.spend(len(str(self.printable(value))))
            return function(value, *more)

        return filtered

    @property
    def _join(self) -> Callable[..., Any]:
        @pass_eval_context
        def join(context: EvalContext, value: Iterable[Any], between: str = "") -> Any:
            parts = tuple(map(self.printable, value))
            self.budget.spend(len(parts) * len(str(self.printable(between))))
            return do_join(context, parts, between)

        return join

    @property
    def _replace(self) -> Callable[..., Any]:
        @pass_eval_context
        def replace(context: EvalContext, value: Any, old: str, new: str) -> str:
            text = str(self.printable(value))
            self.budget.spend(len(text) + text.count(old) * len(new))
            return do_replace(context, value, old, new)

        return replace

    def _round(self, value: Any, decimals: int = 0) -> Any:
        return do_round(value, max(0, min(decimals, MOST_FIGURES)))

    def _format(self, text: str, values: tuple[Any, ...], named: Mapping[str, Any]) -> str:
        for _, name, form, conversion in string.Formatter().parse(text):
            if name is not None and (not re.fullmatch(r"\w*", name) or conversion or not FORM.fullmatch(form or "")):
                raise TemplateFaultError(f'The braces "{{{name}}}" reach too far. Hint: a name alone stands in braces.')
        for value in (*values, *named.values()):
            self.budget.spend(text.count("{") * len(str(self.printable(value))))
        return text.format(*values, **named)


class _Bare(GivenFunction):
    """A function of the sandbox itself, which returns what it was given."""

    __slots__ = ()

    def __call__(self, *values: Any, **named: Any) -> Any:
        return self._function(*values, **named)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _described(value: Any) -> str:
    kinds = ((str, "a text"), (bool, "a yes or no"), (int | float, "a number"), (tuple | list, "a list"))
    known = ((PageRecord, "a record"), (type(None), "nothing"), *kinds)
    return next((words for kind, words in known if isinstance(value, kind)), "this")


class Sandbox:
    """The templates of one mapping of names to files, filled in under ``limits``."""

    def __init__(self, files: Mapping[str, Path], limits: TemplateLimits) -> None:
        self._files = files
        self._environment = _Environment(files, limits)

    def render(self, name: str, values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> str:
        """Return a template filled with ``values``, which are made plain, and ``functions``, which ``GIVEN`` names.

        Raises ``TemplateError`` with the template's line.
        """
        given = {key: GivenFunction(functions[key]) for key in GIVEN & functions.keys()}
        plain_values = {key: plain(value) for key, value in values.items()} | given
        self._environment.budget.begin()
        try:
            return self._environment.get_template(name).render(plain_values)
        except _FAULTS as error:
            raise self._error(name, error) from error

    def references(self, name: str) -> Iterable[str]:
        """Yield the names of the templates that ``name`` reads. Raises ``TemplateError``."""
        if name not in self._files:
            raise TemplateError(f"templates/{name} is missing.")
        try:
            tree = self._environment.parse(_read(name, self._files[name]), name)
        except _FAULTS as error:
            raise self._error(name, error) from error
        for reference in meta.find_referenced_templates(tree):
            if reference is None:
                raise TemplateError(f"templates/{name} names another template at run time. Hint: write its name out.")
            yield reference

    def _error(self, name: str, error: BaseException) -> TemplateError:
        file, line = self._place(name, error)
        return TemplateError(f"templates/{file}{f':{line}' if line else ''}: {_sentence(error)}")

    def _place(self, name: str, error: BaseException) -> tuple[str, int]:
        """Return in which template and in which line an error arose; line 0 where nothing tells it."""
        if isinstance(error, TemplateSyntaxError):
            return error.name or name, error.lineno
        place, trace = (name, 0), error.__traceback__
        while trace:
            file = trace.tb_frame.f_code.co_filename
            if file.startswith(_SHOWN):
                place = file.removeprefix(_SHOWN), trace.tb_lineno
            trace = trace.tb_next
        return place


def _sentence(error: BaseException) -> str:
    if isinstance(error, TemplateFaultError):
        return str(error)
    if isinstance(error, UndefinedError):
        return f"{error}. Hint: a template has the words of its page alone; docs/formats.md lists them."
    if isinstance(error, RecursionError):
        return "The template calls itself without end. Hint: look at its macros and includes."
    if isinstance(error, TemplateNotFound):
        return f"There is no template {error}. Hint: put it under templates/."
    if isinstance(error, KeyError):
        return f"Nothing here is called {error}. Hint: look at how the built-in template asks for it."
    message = str(error)[:200].rstrip(".")
    return f"The template cannot be filled in: {message}. Hint: compare this line with the built-in template's."


_FAULTS = (
    JinjaError,
    TemplateFaultError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    RecursionError,
    MemoryError,
)
