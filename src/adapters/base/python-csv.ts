/**
 * Reads CSV by the rules of Python's `csv` module in its "excel" dialect, which is what dbt reads seeds with: a quote
 * counts only at the start of a field, what follows a closing quote belongs to the field, an unclosed quote runs to
 * the end, an empty line is a row without fields. Line ends of any kind become `\n`.
 */
export function* readCsv(text: string, delimiter = ','): Generator<string[], void> {
  for (const { row } of readRecords(text, delimiter)) yield row;
}

/** The 1-based line on which a row begins; rows are counted from 0, the header included. */
export function lineOfRow(text: string, delimiter: string, index: number): number {
  let number = 0;
  const input = (text.startsWith('\ufeff') ? text.slice(1) : text).replace(/\r\n?/g, '\n');
  for (const { start } of readRecords(text, delimiter)) {
    if (number === index) return input.slice(0, start).split('\n').length;
    number += 1;
  }
  return 1;
}

function* readRecords(
  text: string,
  delimiter: string,
): Generator<{ readonly row: string[]; readonly start: number }, void> {
  const input = (text.startsWith('\ufeff') ? text.slice(1) : text).replace(/\r\n?/g, '\n');
  const end = input.length;
  let at = 0;
  while (at < end) {
    const row: string[] = [];
    const first = at;
    if (input[at] === '\n') {
      at += 1;
      yield { row, start: first };
      continue;
    }
    for (let more = true; more; ) {
      let field = '';
      if (input[at] === '"') {
        at += 1;
        for (;;) {
          const quote = input.indexOf('"', at);
          if (quote === -1) {
            field += input.slice(at);
            at = end;
            break;
          }
          field += input.slice(at, quote);
          at = quote + 1;
          if (input[at] !== '"') break;
          field += '"';
          at += 1;
        }
      }
      const start = at;
      while (at < end && input[at] !== delimiter && input[at] !== '\n') at += 1;
      row.push(start === at ? field : field + input.slice(start, at));
      more = input[at] === delimiter;
      if (more) at += 1;
    }
    at += 1;
    yield { row, start: first };
  }
}
