/**
 * Wraps a line as Python's `textwrap.wrap` does with `expand_tabs` and `replace_whitespace` off: chunks of words and
 * whitespace, hyphenated words may break after the hyphen, whitespace at a break is dropped.
 */
export function wrapText(line: string, width: number, breakLong: boolean, breakOnHyphens: boolean): string[] {
  const size = Math.max(1, width);
  const chunks: string[] = breakOnHyphens ? splitHyphens(line) : (line.match(/\s+|\S+/g) ?? []);
  chunks.reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    const current: string[] = [];
    let length = 0;
    if (/^\s+$/.test(chunks.at(-1) ?? '') && lines.length > 0) chunks.pop();
    while (chunks.length > 0) {
      const chunk = chunks.at(-1) ?? '';
      if (length + chunk.length > size) break;
      current.push(chunk);
      length += chunk.length;
      chunks.pop();
    }
    const next = chunks.at(-1);
    if (next !== undefined && next.length > size) {
      if (breakLong) {
        const room = size - length;
        current.push(next.slice(0, room));
        chunks[chunks.length - 1] = next.slice(room);
      } else if (current.length === 0) {
        current.push(next);
        chunks.pop();
      }
    }
    if (/^\s+$/.test(current.at(-1) ?? '')) current.pop();
    if (current.length > 0) lines.push(current.join(''));
  }
  return lines;
}

function splitHyphens(line: string): string[] {
  const out: string[] = [];
  for (const part of line.match(/\s+|\S+/g) ?? []) {
    if (/^\s/.test(part)) out.push(part);
    else for (const piece of part.match(/.*?[\p{L}\d]-(?=\p{L})|.+$/gu) ?? []) out.push(piece);
  }
  return out;
}
