"""Formulas for the ODD+D document, read from the source of the compiled rules.

A formula in the document is an expression of the code with shorter names: ``world.people["trust"][i]``
becomes ``person.trust``, ``lever["quota"]`` becomes ``lever.quota``, a named number becomes the number. What
the document says can then not differ from what the model does.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from cocreate.agents.errors import CocreateError

PACKAGE = Path(__file__).parent.parent
SOURCES = ("agents", "model")
WIDTH = 98
"""Longest line of a formula, in characters."""

ROW_NAMES = {
    "people": "person",
    "citizens": "citizen",
    "professionals": "professional",
    "politicians": "politician",
    "initiatives": "initiative",
    "organisations": "organisation",
    "services": "service",
    "regions": "region",
    "nation": "nation",
    "levers": "lever",
    "bonds": "bond",
}
"""What one row of each table is called in formulas."""

OTHERS = frozenset({"other", "source"})
"""Index variables that stand for a second actor, which keeps its own name."""

DRAWS = {"uniform": "uniform_draw", "draw_for": "uniform_draw", "normal": "normal_draw"}
CASTS = frozenset({"float", "int", "bool"})


class FormulaError(CocreateError, KeyError):
    """A document asks for a formula that the code does not have."""

    def __init__(self, function: str, name: str = "") -> None:
        what = f"no assignment to {name!r} in {function!r}" if name else f"no function {function!r}"
        super().__init__(f"There is {what} in {' or '.join(SOURCES)}: mend the marker in the document.")

    def __str__(self) -> str:
        """Return the message itself, which KeyError would put in quotes."""
        return str(self.args[0])


@cache
def _module(name: str) -> ast.Module:
    for folder in SOURCES:
        path = PACKAGE / folder / f"{name}.py"
        if path.exists():
            return ast.parse(path.read_text("utf-8"))
    raise FormulaError(name)


@cache
def numbers(module: str) -> dict[str, float]:
    """Return the named numbers that a module of rules uses, its own and imported ones, by name."""
    found: dict[str, float] = {}
    for node in _module(module).body:
        match node:
            case ast.ImportFrom(module=str(source)) if source.startswith("cocreate."):
                names = {one.name for one in node.names if one.name.isupper()}
                theirs = numbers(source.rpartition(".")[2]) if names else {}
                found |= {name: theirs[name] for name in names & theirs.keys()}
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=int() | float() as value)):
                found[name] = value
    return found


def number_lines(module: str, *names: str) -> str:
    """Return named numbers of a module, one a line, such as ``ATTENDANCE = 0.95``.

    Raises:
        FormulaError: There is no such module or number.
    """
    known = numbers(module)
    missing = [name for name in names if name not in known]
    if missing:
        raise FormulaError(module, missing[0])
    return "\n".join(f"{name} = {known[name]}" for name in names)


class _Shorter(ast.NodeTransformer):
    """Rewrites an expression of the code in the names of the document."""

    def __init__(self, module: str) -> None:
        self.numbers = numbers(module)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """Shorten a column of a table, or a lever."""
        match node:
            case ast.Subscript(
                value=ast.Subscript(
                    value=ast.Attribute(value=ast.Name(id="world"), attr=table),
                    slice=ast.Constant(value=str(column)),
                ),
                slice=index,
            ):
                return self._column(table, column, index)
            case ast.Subscript(value=ast.Name(id="lever"), slice=ast.Constant(value=str(column))):
                return ast.Attribute(ast.Name("lever"), column)
            case ast.Subscript(
                value=ast.Subscript(value=ast.Attribute(value=ast.Name(id="world"), attr="levers")),
                slice=ast.Constant(value=str(column)),
            ):
                return ast.Attribute(ast.Name("lever"), column)
        return self.generic_visit(node)

    def _column(self, table: str, column: str, index: ast.expr) -> ast.expr:
        row, part = (index.elts[0], index.elts[1]) if isinstance(index, ast.Tuple) else (index, None)
        owner = ROW_NAMES.get(table, table)
        if isinstance(row, ast.Name) and row.id in OTHERS:
            owner = row.id
        short = ast.Attribute(ast.Name(owner), column)
        return short if part is None or table == "bonds" else ast.Subscript(short, part)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Leave out casts, the keys of draws, and the world that rules are handed."""
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in DRAWS:
            return ast.Name(DRAWS[name])
        if name in CASTS:
            argument: ast.expr = self.visit(node.args[0])
            return argument
        if node.args and isinstance(node.args[0], ast.Name) and node.args[0].id == "world":
            return ast.Name(name)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Put the number for its name."""
        return ast.Constant(self.numbers[node.id]) if node.id in self.numbers else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Drop the module from functions of mathematics."""
        if isinstance(node.value, ast.Name) and node.value.id == "math":
            return ast.Name(node.attr)
        return self.generic_visit(node)


def formula(function: str, *names: str) -> str:
    """Return what a rule assigns or returns, one line or more for each name.

    Args:
        function: Module and function, such as ``"life.window_score"``.
        names: What is assigned, in the document's names (``"score"``, ``"person.trust"``);
            ``"returns"`` for what the function returns last, ``"cases"`` for everything it can return.
            With none, ``"returns"``.

    Raises:
        FormulaError: The function, or an assignment in it, does not exist.

    Examples:
        >>> print(formula("person.practise"))
        practise(know_how, rate) = know_how + rate * (1.0 - know_how)
    """
    module, _, rule = function.partition(".")
    found = [n for n in _module(module).body if isinstance(n, ast.FunctionDef) and n.name == rule]
    if not found:
        raise FormulaError(function)
    blocks = (_lines_for(found[0], module, name) for name in names or ("returns",))
    return "\n".join(line for lines in blocks for line in lines)


def _lines_for(rule: ast.FunctionDef, module: str, name: str) -> list[str]:
    lines: list[str] = []
    cases: list[list[str]] = []

    def is_named(target: ast.expr) -> bool:
        return ast.unparse(_shorter(target, module)) == name

    for node in sorted(_statements(rule), key=lambda one: one.lineno):
        match node:
            case ast.Return(value=ast.expr() as value):
                cases.append(_laid_out(f"{_head(rule)} =", _shorter(value, module)))
            case ast.Assign(value=ast.Constant()):  # the start of a sum
                continue
            case ast.Assign(targets=[target], value=value) if is_named(target):
                lines += _laid_out(f"{name} =", _shorter(value, module))
            case ast.AnnAssign(target=target, value=ast.expr() as value) if is_named(target):
                lines += _laid_out(f"{name} =", _shorter(value, module))
            case ast.AugAssign(target=target, op=op, value=value) if is_named(target):
                lines += _laid_out(f"{name} {_sign(op)}=", _shorter(value, module))
    if name in ("returns", "cases") and cases:
        return cases[-1] if name == "returns" else [line for case in cases for line in case]
    found = lines
    if not found:
        raise FormulaError(f"{module}.{rule.name}", name)
    return found


def _statements(rule: ast.FunctionDef) -> list[ast.stmt]:
    return [node for node in ast.walk(rule) if isinstance(node, ast.stmt)]


def _head(rule: ast.FunctionDef) -> str:
    arguments = [one.arg for one in rule.args.args]
    return rule.name if "world" in arguments else f"{rule.name}({', '.join(arguments)})"


def _sign(operator: ast.operator) -> str:
    return {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}[type(operator)]


def _shorter(node: ast.expr, module: str) -> ast.expr:
    copied = ast.parse(ast.unparse(node), mode="eval").body
    changed: ast.expr = _Shorter(module).visit(copied)
    return changed


def _laid_out(head: str, value: ast.expr) -> list[str]:
    """Return a formula on one line, or with one term of its sum on each."""
    whole = f"{head} {ast.unparse(value)}"
    if len(whole) <= WIDTH:
        return [whole]
    match value:
        case ast.BinOp(left=left, op=ast.Mult(), right=ast.BinOp(op=ast.Add() | ast.Sub()) as right):
            return [f"{head} {_enclosed(left)} * (", *_terms(right), ")"]
        case ast.Call(func=ast.Name(id=name), args=[ast.BinOp(op=ast.Add() | ast.Sub()) as argument]):
            return [f"{head} {name}(", *_terms(argument), ")"]
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return [head, *_terms(value)]
    return [whole]


def _terms(value: ast.expr) -> list[str]:
    match value:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [*_terms(left), f"    + {ast.unparse(right)}"]
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return [*_terms(left), f"    - {_enclosed(right)}"]
    text = ast.unparse(value)
    return [f"    - {text[1:]}" if text.startswith("-") else f"    + {text}"]


def _enclosed(node: ast.expr) -> str:
    is_sum = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
    return f"({ast.unparse(node)})" if is_sum else ast.unparse(node)
