/** Folds the line breaks of a quoted scalar: one becomes a space, more become one less, blanks around them go. */
export function foldQuoted(raw: string, double: boolean): string {
  const lines = raw.split('\n');
  // The lines one by one: looking at the end of a text that grows would copy it each time.
  const out = [trimRight(lines[0] ?? '', double)];
  let breaks = 0;
  for (let i = 1; i < lines.length; i++) {
    let line = (lines[i] ?? '').replace(/^[ \t]+/, '');
    const last = i === lines.length - 1;
    if (!last) line = trimRight(line, double);
    if (line === '' && !last) {
      breaks += 1;
      continue;
    }
    const before = out.at(-1) ?? '';
    if (double && endsEscaped(before)) out.splice(-1, 1, before.slice(0, -1), '\n'.repeat(breaks));
    else out.push(breaks === 0 ? ' ' : '\n'.repeat(breaks));
    out.push(line);
    breaks = 0;
  }
  return out.join('');
}

/** Blanks at the end of a line go, but not one that a backslash protects. */
function trimRight(line: string, double: boolean): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end -= 1;
  const trimmed = line.slice(0, end);
  return double && trimmed.length < line.length && endsEscaped(trimmed) ? line.slice(0, trimmed.length + 1) : trimmed;
}

/** Whether the text ends in a backslash that is not itself escaped. */
function endsEscaped(text: string): boolean {
  let backslashes = 0;
  while (text[text.length - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

const ESCAPES: { readonly [char: string]: string } = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\x0b',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '\\': '\\',
  '/': '/',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

/** Resolves the escapes of a double-quoted scalar; undefined when there is one that YAML does not know. */
export function unescapeDouble(raw: string): string | undefined {
  let valid = true;
  const value = raw.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]?))/g,
    (_all, hex2, hex4, hex8, char) => {
      const hex: string | undefined = hex2 ?? hex4 ?? hex8;
      if (hex !== undefined) {
        const code = Number.parseInt(hex, 16);
        if (code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return String.fromCodePoint(code);
      } else if (Object.hasOwn(ESCAPES, char)) return ESCAPES[char] ?? '';
      valid = false;
      return '';
    },
  );
  return valid ? value : undefined;
}
