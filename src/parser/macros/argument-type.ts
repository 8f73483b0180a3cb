/** The types that an argument of a macro may be said to have, with the number of types in their brackets. */
const ARITY = new Map(
  Object.entries({
    str: 0,
    string: 0,
    bool: 0,
    int: 0,
    integer: 0,
    float: 0,
    any: 0,
    relation: 0,
    column: 0,
    list: 1,
    optional: 1,
    dict: 2,
  }),
);

/** Whether a text is a type such as `optional[dict[str, int]]`: what dbt's flag `validate_macro_args` lets pass. */
export function isArgumentType(text: string): boolean {
  return afterType(text.replace(/[ \t]/g, '')) === '';
}

/** What follows a type at the start of a text; undefined when there is none. */
function afterType(text: string): string | undefined {
  const name = /^[a-z]+/.exec(text)?.[0] ?? '';
  const arity = ARITY.get(name);
  if (arity === undefined) return undefined;
  let rest: string | undefined = text.slice(name.length);
  for (let i = 0; i < arity; i++) {
    if (!rest.startsWith(i === 0 ? '[' : ',')) return undefined;
    rest = afterType(rest.slice(1));
    if (rest === undefined) return undefined;
  }
  if (arity === 0) return rest;
  return rest.startsWith(']') ? rest.slice(1) : undefined;
}
