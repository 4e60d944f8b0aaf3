"""The house rules that no linter knows."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "handoutpress").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FUNCTION = 40
LONGEST_MODULE = 400
FULLEST_FOLDER = 20


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The function's lines without its docstring and decorators."""
    docstring = function.body[0] if ast.get_docstring(function, clean=False) is not None else None
    described = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - described


def name_of(module: Path) -> str:
    """The dotted name by which a module is imported; a package's is that of its ``__init__``."""
    return ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(module: Path) -> set[str]:
    """What a module imports wherever it does so: in a function or for its types as well as at its top.

    ``from package import name`` gives ``package.name``, which may be a module, and ``package``.
    """
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{shown(module)} imports by dots"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return names


def imports_of_house() -> dict[str, set[str]]:
    """Each module of the house with the modules of it that it imports."""
    modules = {name_of(module): module for module in MODULES}
    imports: dict[str, set[str]] = {}
    for name, module in modules.items():
        items = imported(module) & set(modules)
        # A package counts only where a name of its own is taken from it: who imports from below it names it, too.
        imports[name] = items - {item.rpartition(".")[0] for item in items} - {name}
    return imports


def circle_in(imports: Mapping[str, Set[str]]) -> list[str]:
    """The modules of one import circle, the first and the last the same; empty where there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


def test_files_are_written_in_one_step() -> None:
    """On a full disk ``Path.write_text`` leaves an empty file where a whole one stood: only ``store/files`` writes."""
    # The second writes into a folder that takes its place as a whole.
    in_parts = {"store/files.py", "batch/releases/keeping.py"}
    writers = {shown(module) for module in MODULES if re.search(r"\.write_(?:text|bytes)\(", module.read_text("utf-8"))}
    assert {name.removeprefix("handoutpress/") for name in writers} - in_parts == set()


def test_no_function_is_long() -> None:
    lengths = {
        f"{shown(module)}:{function.lineno} {function.name}": body_lines(function)
        for module in MODULES
        for function in functions(module)
    }
    assert len(lengths) > 50
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_no_module_is_long() -> None:
    lengths = {shown(module): len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert len(lengths) > 10
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_folder_is_full() -> None:
    counts = Counter(shown(path.parent) for path in (*MODULES, *TESTS) if path.name != "__init__.py")
    assert {"handoutpress/press/page", "tests/support", "tests/repository"} <= set(counts)
    assert {folder: count for folder, count in counts.items() if count > FULLEST_FOLDER} == {}


def test_a_class_has_a_name_of_its_own() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for module in MODULES:
        for node in ast.parse(module.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(shown(module))
    assert len(places) > 100
    assert {name: modules for name, modules in places.items() if len(modules) > 1} == {}


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports within functions count: they keep a circle from showing, and do not undo it."""
    imports = imports_of_house()
    assert sum(map(len, imports.values())) > 300
    assert "handoutpress.press.press" in imports["handoutpress.mail.handout_printer"]
    assert circle_in(imports) == []


def test_nothing_is_imported_from_a_test() -> None:
    """What tests share stands in ``tests/support``."""
    tests = {path.stem for path in TESTS if path.name.startswith("test_")}
    imports = {shown(path): imported(path) for path in TESTS}
    assert len(tests) > 50
    assert "mail_support.sample_mail" in imports["tests/mail/test_outbox.py"]
    from_tests = {
        path: names
        for path, items in imports.items()
        if (names := {name for name in items if tests & set(name.split("."))})
    }
    assert from_tests == {}


def test_no_test_measures_seconds() -> None:
    """A busy machine makes them long; ``growth`` of tests/support compares them with each other."""
    clocks = re.compile(r"\b(process_time|perf_counter|thread_time)(_ns)?\b")
    measuring = {shown(path) for path in TESTS if clocks.search(path.read_text(encoding="utf-8"))}
    assert measuring <= {"tests/support/growth.py", shown(Path(__file__))}
