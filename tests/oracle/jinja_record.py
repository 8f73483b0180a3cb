"""Records what real Jinja2 gives in dbt's environment: tests/cases/jinja/oracle.json and surface.json.

Run it in a virtual environment that has dbt-core, from the repository's root:

    python tests/oracle/jinja_record.py [path to jinja-surface.md]

The surface list is the language as it is used in the field: one row a tag, operator, filter, method or attribute. With
its path the rows are read anew; without, the committed ones are kept. Each case says which rows it covers, found by
looking at its parsed template, never by hand.
"""

import copy
import json
import pathlib
import re
import sys
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import jinja2  # noqa: E402
import jinja2.nodes as nodes  # noqa: E402
from dbt.clients.jinja import MacroGenerator, get_rendered  # noqa: E402
from dbt_common.clients.jinja import extract_toplevel_blocks, get_environment, get_template  # noqa: E402
from dbt_common.exceptions.macros import MacroReturn  # noqa: E402
from jinja_cases import CASES, CONTEXT  # noqa: E402
from jinja_more_cases import BLOCK_CASES, DATETIME_CASES, DECIMAL_CASES, NATIVE_CASES  # noqa: E402

ROOT = pathlib.Path(__file__).parents[2]
OUT = ROOT / "tests/cases/jinja"


class Plain:
    """An object that shows attributes and hides nothing."""

    def __init__(self, text="", **attributes):
        self.__dict__.update(attributes)
        self._text = text

    def __str__(self):
        return self._text


class Echo:
    """Any attribute and any call give another echo; printing it shows how it was come by."""

    unsafe_callable = False
    alters_data = False
    __module__ = "builtins"

    def __init__(self, path):
        self._path = path

    def __getattr__(self, name):
        if name.startswith("_") or name.startswith("jinja_"):
            raise AttributeError(name)
        return Echo(f"{self._path}.{name}")

    def __getitem__(self, name):
        return Echo(f"{self._path}[{name!r}]")

    def __call__(self, *args, **kwargs):
        parts = [repr(a) for a in args] + [f"{k}={v!r}" for k, v in kwargs.items()]
        return Echo(f"{self._path}({', '.join(parts)})")

    def __str__(self):
        return self._path

    __repr__ = __str__


class Row:
    def __init__(self, names, values):
        self.names, self.values = names, values

    def __getitem__(self, key):
        return self.values[key] if isinstance(key, int) else self.values[self.names.index(key)]

    def __iter__(self):
        return iter(self.values)

    def __len__(self):
        return len(self.values)


class Table(Plain):
    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def table():
    names, rows = ("A", "B"), [(1, "x"), (2, "y")]
    columns = [Plain(name=n, values=(lambda i=i: tuple(r[i] for r in rows))) for i, n in enumerate(names)]
    return Table(columns=columns, rows=[Row(names, r) for r in rows], column_names=names)


class Boom(Exception):
    pass


def boom(message):
    raise Boom(message)


def returns(data=jinja2.utils.missing):
    if data is jinja2.utils.missing:
        raise TypeError("return() missing 1 required positional argument: 'data'")
    raise MacroReturn(data)


def include(database=True):
    return '"sch"."tbl"' if database is False else '"db"."sch"."tbl"'


ECHOES = ("adapter", "api", "dbt", "exceptions", "config", "target", "model", "this", "flags", "validation", "node", "relation",
          "dbt_utils", "dbt_expectations", "the_tuva_project", "dbt_date", "dt", "re", "obj")


def context(macros, echo):
    import datetime

    import dbt.context.base as base  # noqa: F401
    from decimal import Decimal

    ctx = copy.deepcopy(CONTEXT)
    ctx["return"] = returns
    ctx["rel"] = Plain('"db"."sch"."tbl"', database="db", schema="sch", identifier="tbl", name="tbl", include=include)
    ctx["run_query"] = lambda *a, **k: table()
    ctx["boom"] = boom
    ctx["list_of"] = lambda v: list(v)
    ctx["Decimal"] = Decimal
    ctx["modules"] = Plain(datetime=datetime, re=re) if not echo else Echo("modules")
    ctx["context"] = ctx
    ctx["adapter"] = Plain(
        dispatch=lambda n, *a, **k: ctx.get(f"default__{n}", ctx.get(n)), quote=lambda n: f'"{n}"'
    )
    if echo:
        for name in ECHOES:
            ctx[name] = Echo(name)
    for name, text in macros.items():
        block = Plain(macro_sql=text, name=name, unique_id=f"macro.x.{name}", original_file_path=f"macros/{name}.sql")
        ctx[name] = MacroGenerator(block, ctx)
    return ctx


def innermost(error):
    """The error that a template raised, out of dbt's wrappings."""
    seen = error
    while True:
        inner = getattr(seen, "exc", None)
        if not isinstance(inner, BaseException):
            return seen
        seen = inner


def line_of(error):
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno
    if isinstance(error, SyntaxError):
        return None
    line = None
    for frame, python_line in traceback.walk_tb(error.__traceback__):
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(python_line)
        elif frame.f_code.co_filename == "<template>":
            line = python_line
    return line


def record(template, macros, lenient=False, echo=False):
    try:
        ctx = context(macros, echo)
        compiled = get_environment(None, lenient).from_string(template, globals=ctx)
        return {"expected": compiled.render(ctx)}
    except Exception as raised:  # noqa: BLE001
        error = innermost(raised)
        message = error.message if isinstance(error, jinja2.TemplateError) else str(error)
        if isinstance(error, KeyError):
            message = repr(error.args[0])
        line = line_of(error)
        message = re.sub(r" at 0x[0-9a-f]+| \(<template>, line \d+\)", "", message or "")
        message = re.sub(r"^Compilation Error\n +|^jinja2\.sandbox\.SandboxedEnvironment\.call\(\) ", "", message)
        message = re.sub(r"^(sync_)?do_(\w+\(\))", r"\2", message)
        out = {"error": type(error).__name__, "message": message}
        if line is not None:
            out["line"] = line
        return out


# --- the surface ---------------------------------------------------------------------------------------------------


def read_surface(path):
    rows, section, title = [], "", ""
    for line in pathlib.Path(path).read_text().splitlines():
        if line.startswith("## "):
            section, title = line[3:].split(".")[0], line[3:]
        elif line.startswith("### "):
            title = line[4:]
        match = re.match(r"\| `(.*?)` \|", line)
        if match and section in "123467":
            rows.append({"section": int(section), "table": title, "item": match.group(1)})
    return rows


COMPARE = {"eq": "eq", "ne": "ne", "lt": "lt", "lteq": "lteq", "gt": "gt", "gteq": "gteq", "in": "in", "notin": "notin"}
BINARY = {"Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "Mod": "%", "Pow": "**", "And": "and", "Or": "or"}


def features(text):
    """The rows, as (table, item), that a template's text and tree show."""
    found = set()
    for tag in re.findall(r"\{%[-+]?\s*(\w+)", text):
        found.add(("Tags (as written)", tag))
    for mark in re.findall(r"\{%-|\{\{-|\{#-|\{%|\{\{|\{#|-%\}|-\}\}|%\}|\}\}", text):
        found.add(("Whitespace control / delimiters", mark))
        if mark.startswith("-"):
            found.add(("Whitespace control / delimiters", mark[1:]))
        if mark.endswith("-"):
            found.add(("Whitespace control / delimiters", mark[:-1]))
    for escape in re.findall(r"\\(.)", text, re.S):
        found.add(("String escapes (backslash + char in a literal)", "\\" + ("<newline>" if escape == "\n" else escape)))
    if re.search(r":\s*[-+]?%\}", text):
        found.add(("Constructs", "colon before %} (if x:)"))
    if re.search(r"""['"]\s+['"]""", text):
        found.add(("Constructs", "adjacent string literals"))
    if re.search(r",\s*[\]}]", text):
        found.add(("Constructs", "trailing comma in list/dict"))
    if re.search(r",\s*\)", text):
        found.add(("Constructs", "trailing comma in call/tuple"))
    if re.search(r"'[^'\\]*\n[^']*'", text):
        found.add(("Constructs", "string literal with newline"))
    try:
        tree = get_environment(None, False).parse(text)
    except Exception:  # noqa: BLE001
        return found
    walk(tree, found)
    return found


def path_of(node):
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        inner = path_of(node.node)
        return inner and f"{inner}.{node.attr}"
    return None


def walk(node, found):
    add = lambda table, item: found.add((table, item))  # noqa: E731
    kind = type(node).__name__
    if isinstance(node, nodes.Const):
        for python, item in ((str, "string literal"), (int, "int literal"), (float, "float literal")):
            if type(node.value) is python:
                add("Constructs", item)
    for cls, item in (
        ("List", "list literal"), ("Dict", "dict literal"), ("Tuple", "tuple literal"), ("Slice", "slice"),
        ("CondExpr", "inline if"), ("Getitem", "subscript"),
    ):
        if kind == cls and getattr(node, "ctx", "load") == "load":
            add("Constructs", item)
    if isinstance(node, nodes.CondExpr) and node.expr2 is None:
        add("Constructs", "inline if without else")
    if isinstance(node, nodes.Dict) and any(not isinstance(p.key, nodes.Const) for p in node.items):
        add("Constructs", "dict literal with computed key")
    if isinstance(node, nodes.For):
        if isinstance(node.target, nodes.Tuple):
            add("Constructs", "for tuple target")
        if node.test is not None:
            add("Constructs", "for ... if")
    if isinstance(node, nodes.Assign):
        if isinstance(node.target, nodes.Tuple):
            add("Constructs", "set tuple target")
        if isinstance(node.target, nodes.NSRef):
            add("Constructs", "set ns.attr")
    if isinstance(node, nodes.Macro) and node.defaults:
        add("Constructs", "macro default args")
    if isinstance(node, nodes.Name) and node.name in ("loop", "kwargs", "varargs", "caller"):
        add("Special names inside macros/loops", node.name)
    if isinstance(node, nodes.Getattr):
        path = path_of(node)
        if path and path.startswith("loop."):
            add("`loop.*`", path)
        if path:
            add("attr", path)
        add("attr", node.attr)
    if isinstance(node, nodes.Call):
        if node.kwargs:
            add("Constructs", "call with keyword args")
        if node.dyn_args is not None:
            add("Constructs", "call with *args")
        if node.dyn_kwargs is not None:
            add("Constructs", "call with **kwargs")
        if isinstance(node.node, nodes.Call):
            add("Constructs", "call of call (e.g. adapter.dispatch()())")
        if isinstance(node.node, nodes.Getattr):
            add("method", node.node.attr)
            path = path_of(node.node)
            if path:
                add("call", path)
    if kind in BINARY:
        add("Operators", BINARY[kind])
    if isinstance(node, nodes.Not):
        add("Operators", "not")
    if isinstance(node, nodes.Neg):
        add("Operators", "unary -")
    if isinstance(node, nodes.Pos):
        add("Operators", "unary +")
    if isinstance(node, nodes.Concat):
        add("Operators", "~")
    if isinstance(node, nodes.Compare):
        for op in node.ops:
            add("Operators", COMPARE[op.op])
    if isinstance(node, nodes.Filter):
        add("Filters", node.name)
        for kwarg in node.kwargs:
            add("Filters with keyword arguments", f"{node.name}({kwarg.key})")
        if node.name in ("map", "select", "reject", "selectattr", "rejectattr"):
            shape = [repr(a.value) for a in node.args if isinstance(a, nodes.Const)][:2]
            shape += [f"{k.key}=" for k in node.kwargs if k.key == "attribute"]
            for size in range(len(shape) + 1):
                add("Argument shapes of map/select/reject/selectattr/rejectattr", f"{node.name}({', '.join(shape[:size])})")
    if isinstance(node, nodes.Test):
        add("Tests (`is x`)", node.name)
    for child in node.iter_child_nodes():
        walk(child, found)


METHOD_TABLES = {"str", "list", "dict", "Methods on host objects (Relation, Column, agate, adapter config objects)"}


def covered(found, row):
    table, item = row["table"], row["item"]
    if (table, item) in found:
        return True
    if table in METHOD_TABLES:
        return ("method", item) in found
    if row["section"] == 6:
        return ("call", item) in found
    return row["section"] == 7 and ("attr", item) in found


def echo_cases(rows):
    """One case a row of the tables of host objects: how attributes and calls of them are read as language."""
    for row in rows:
        item, section = row["item"], row["section"]
        if section == 4 and row["table"].startswith("Methods on host"):
            yield f"{{{{ obj.{item}('a', [1], k=none) }}}}"
        elif section == 6:
            yield f"{{{{ {item}('a', 1, flag=true) }}}}"
        elif section == 7:
            yield f"{{{{ {item} }}}}" if "." in item else f"{{{{ obj.{item} }}}} {{% if obj.{item} %}}y{{% endif %}}"


def main():
    if len(sys.argv) > 1:
        rows = read_surface(sys.argv[1])
        write("surface.json", rows)
    rows = json.loads((OUT / "surface.json").read_text())
    cases = []

    def push(category, case, echo=False):
        case = {"t": case} if isinstance(case, str) else case
        macros = case.get("m", {})
        entry = {"id": len(cases) + 1, "category": category, "template": case["t"]}
        if macros:
            entry["macros"] = macros
        if case.get("lenient"):
            entry["undefined"] = "lenient"
        if echo:
            entry["echo"] = True
        entry.update(record(case["t"], macros, case.get("lenient", False), echo))
        found = set()
        for text in (case["t"], *macros.values()):
            found |= features(text)
        entry["covers"] = [i for i, row in enumerate(rows) if covered(found, row)]
        cases.append(entry)

    for category, templates in CASES.items():
        for case in templates:
            push(category, case)
    for template in DATETIME_CASES:
        push("datetime", template)
    for template in DECIMAL_CASES:
        push("decimal", template)
    for template in echo_cases(rows):
        push("surface", template, echo=True)
    reached = {i for case in cases for i in case["covers"]}
    missing = [row for i, row in enumerate(rows) if i not in reached]
    for row in missing:
        print("not covered:", row["table"], row["item"])
    versions = f"jinja2 {jinja2.__version__} in dbt-core's environment, Python {sys.version.split()[0]}"
    write("oracle.json", {"recorded_with": versions, "context": CONTEXT, "cases": cases})
    write("native.json", [native(text) for text in NATIVE_CASES])
    write("blocks.json", [blocks(text) for text in BLOCK_CASES])
    print(len(cases), "cases,", len(rows) - len(missing), "of", len(rows), "rows")


def typed(value):
    """A value with its type, so that 1, 1.0, True and '1' differ."""
    if isinstance(value, (list, tuple)):
        return {type(value).__name__: [typed(v) for v in value]}
    if isinstance(value, dict):
        return {"dict": [[typed(k), typed(v)] for k, v in value.items()]}
    if isinstance(value, jinja2.Undefined):
        return {"Undefined": "Undefined"}
    if isinstance(value, str):
        return {"str": str(value)}
    return {type(value).__name__: repr(value)}


def native(text):
    try:
        return {"template": text, "value": typed(get_rendered(text, context({}, False), native=True))}
    except Exception as error:  # noqa: BLE001
        return {"template": text, "error": str(getattr(error, "msg", error))}


def blocks(text):
    kinds = {"macro", "docs", "snapshot", "test", "data_test", "materialization"}
    try:
        found = extract_toplevel_blocks(text, allowed_blocks=kinds, collect_raw_data=False)
        return {
            "text": text,
            "blocks": [[b.block_type_name, b.block_name or "", b.contents, b.full_block] for b in found],
        }
    except Exception as error:  # noqa: BLE001
        return {"text": text, "error": str(getattr(error, "msg", error))}


def write(name, value):
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / name).write_text(json.dumps(value, indent=1, ensure_ascii=True) + "\n")


main()
