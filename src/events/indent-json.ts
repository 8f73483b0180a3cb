const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/** JSON on lines of its own, two blanks a level, as Python indents it. Numbers stay as they are written: `2.0`. */
export function indentJson(json: string): string {
  let depth = 0;
  let out = '';
  let opened = false;
  const line = (): string => `\n${'  '.repeat(depth)}`;
  for (const token of json.match(TOKEN) ?? []) {
    const closes = token === ']' || token === '}';
    if (closes) depth -= 1;
    if (closes ? !opened : opened) out += line();
    opened = token === '[' || token === '{';
    if (opened) depth += 1;
    out += token;
    if (token === ',') out += line();
    else if (token === ':') out += ' ';
  }
  return out;
}
