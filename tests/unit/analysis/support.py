"""What the tests of the analysis need of Python: parsing, and making neutralised trees readable."""
import ast
import sys
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(10_000)  # so that trees deeper than the analysis takes can be had


def parse(source, mode="exec"):
    return ast.parse(source, "<test>", mode)


def dump(tree):
    return ast.dump(tree, include_attributes=True)


def compiles(tree, mode="exec"):
    """"" when the tree compiles, else why not."""
    try:
        compile(tree, "<test>", mode)
    except Exception as problem:  # whatever it is, the test shows it
        return f"{type(problem).__name__}: {problem}"
    return ""


class _Named(ast.NodeTransformer):
    def __init__(self, helpers):
        self.helpers = helpers

    def visit_Constant(self, node):
        if not isinstance(node.value, frozenset):
            return node
        (text,) = node.value
        return ast.Name(id=self.helpers[int(text.rpartition(":")[2])], ctx=ast.Load())


def readable(tree, helpers):
    """The source of a neutralised tree, placeholders written as the names of their helpers."""
    copy = ast.parse(ast.unparse(_Named(helpers).visit(tree)))
    return ast.unparse(copy) + "\n"


def placeholders_are_callees(tree):
    """True when no placeholder stands anywhere but as what a call calls."""
    callees = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    return all(id(n) in callees for n in ast.walk(tree)
               if isinstance(n, ast.Constant) and isinstance(n.value, frozenset))


def _positions(code, found):
    for _, (line, end_line, column, end_column) in zip(code.co_code[::2], code.co_positions()):
        if line is not None:
            found.setdefault(line, []).append((end_line, column, end_column))
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            _positions(constant, found)
    return found


def _touched(tree):
    """Lines with helpers, and lines that use a name which an import no longer binds: CPython compiles
    a method call on an imported module's name differently."""
    def is_helper(node):
        return isinstance(node, ast.Constant) and isinstance(node.value, frozenset)

    unbound = {target.id for node in ast.walk(tree) if isinstance(node, ast.Assign)
               and isinstance(node.value, ast.Call) and is_helper(node.value.func)
               for target in node.targets if isinstance(target, ast.Name)}
    return {node.lineno for node in ast.walk(tree)
            if is_helper(node) or isinstance(node, ast.Name) and node.id in unbound}


def moved_lines(source, tree, findings):
    """Untouched lines whose positions in the compiled code differ from the original's."""
    before = _positions(compile(source, "<test>", "exec"), {})
    after = _positions(compile(tree, "<test>", "exec"), {})
    lines = (set(before) | set(after)) - set(findings) - _touched(tree)
    return sorted(n for n in lines if before.get(n) != after.get(n))


class _Inert:
    """Just enough of the inert value to see that neutralised programs mean what they should."""

    def _self(self, *_, **__):
        return self

    __call__ = __getattr__ = __getitem__ = __eq__ = __lt__ = __gt__ = _self
    __add__ = __radd__ = __sub__ = __rsub__ = __enter__ = _self
    __hash__ = object.__hash__

    def __bool__(self):
        return False

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())

    def __int__(self):
        return 0

    def __str__(self):
        return "<removed>"

    __repr__ = __str__

    def __exit__(self, *_):
        return False

    def __mro_entries__(self, _):
        return ()

    def __setattr__(self, *_):
        pass

    __delattr__ = __setattr__


class _Neutral(_Inert):
    def __radd__(self, other):
        return other

    __rsub__ = __radd__


_INERT = _Inert()


class RemovedError(PermissionError):
    pass


class PySandboxRemoved(RuntimeError):
    pass


def _raise(problem):
    raise problem


def _any_inert(*values):
    return any(v is _INERT for v in values)


def _types(types):
    one = types if isinstance(types, tuple) else (types,)
    return tuple(t for t in one if t is not _INERT)


def _helper(kind, literal, subject):
    return {
        "inert": lambda *a, **k: _INERT,
        "replaced": lambda *a, **k: literal,
        "raising": lambda *a, **k: _raise(RemovedError(subject)),
        "not_": lambda x: _INERT if x is _INERT else not x,
        "is_": lambda a, b: _INERT if (a is _INERT) != (b is _INERT) else a is b,
        "is_not": lambda a, b: _INERT if (a is _INERT) != (b is _INERT) else a is not b,
        "in_": lambda a, b: _INERT if _any_inert(a, b) else a in b,
        "not_in": lambda a, b: _INERT if _any_inert(a, b) else a not in b,
        "unpacked": lambda v, n, star: (_INERT,) * (n - (star >= 0)) if v is _INERT else v,
        "operand": lambda v: _Neutral() if v is _INERT else v,
        "types": _types,
        "raisable": lambda e: PySandboxRemoved("removed by policy") if e is _INERT else e,
        "import_error": lambda name: _raise(ModuleNotFoundError(f"No module named {name!r}")),
        "guarded_eval": lambda: lambda *a: f"guarded{a}",
    }[kind]


def _with_helpers(code, helpers):
    def put(constant):
        if isinstance(constant, frozenset) and len(constant) == 1:
            (text,) = constant
            if isinstance(text, str) and text.startswith("\0pysb:"):
                return helpers[int(text.rpartition(":")[2])]
        return _with_helpers(constant, helpers) if hasattr(constant, "co_code") else constant

    return code.replace(co_consts=tuple(map(put, code.co_consts)))


def run(tree, helpers):
    """What a neutralised program prints; `helpers` are (kind, literal, subject)."""
    import contextlib
    import io

    made = [_helper(*helper) for helper in helpers]
    code = _with_helpers(compile(tree, "<test>", "exec"), made)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            exec(code, {"__name__": "__main__"})
        except Exception as problem:
            print(f"{type(problem).__name__}: {problem}")
    return printed.getvalue()
