const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

const ESCAPE =
  /\\(?:x([0-9a-fA-F]{0,2})|u([0-9a-fA-F]{0,4})|U([0-9a-fA-F]{0,8})|N(\{[^}]*\}?)?|([0-7]{1,3})|([\s\S]))/gu;

/**
 * The value of a string literal's body, by Python's escapes: an unknown one keeps its backslash, `\` before a line end
 * joins the lines. A problem instead when an escape is malformed.
 */
export function unescapeString(body: string): string | { problem: string } {
  let problem: string | undefined;
  const value = body.replace(
    ESCAPE,
    (
      whole: string,
      x: string | undefined,
      u: string | undefined,
      long: string | undefined,
      _named: string | undefined,
      octal: string | undefined,
      other: string | undefined,
    ) => {
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      if (other !== undefined) return Object.hasOwn(SIMPLE, other) ? (SIMPLE[other] ?? '') : whole;
      const hex = x ?? u ?? long;
      if (hex === undefined) {
        problem ??= 'unknown Unicode character name';
        return '';
      }
      const wanted = x !== undefined ? 2 : u !== undefined ? 4 : 8;
      if (hex.length < wanted) {
        const form = wanted === 2 ? '\\xXX' : wanted === 4 ? '\\uXXXX' : '\\UXXXXXXXX';
        problem ??= `truncated ${form} escape`;
        return '';
      }
      const code = Number.parseInt(hex, 16);
      if (code > 0x10ffff) {
        problem ??= 'illegal Unicode character';
        return '';
      }
      return String.fromCodePoint(code);
    },
  );
  return problem === undefined ? value : { problem };
}
