"""`adapter.dispatch` for SQLFluff: DuckDB's implementation of a macro, else the default one."""

from jinja2 import pass_context


@pass_context
def dispatch(context, macro_name, macro_namespace=None):
    for prefix in ("duckdb", "default"):
        found = context.get(f"{prefix}__{macro_name}")
        if found is not None:
            return found
    raise LookupError(f"no implementation of the macro {macro_name}")
