"""What the tests of the analysis need of Python: parsing, and making neutralised trees readable."""
import ast
import warnings

warnings.simplefilter("ignore")


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
