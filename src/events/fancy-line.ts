/** The width of dbt's result lines when `--printer-width` is not given. */
export const DEFAULT_WIDTH = 80;

export interface FancyLine {
  readonly message: string;
  /** The word in brackets; may hold colour codes. */
  readonly status: string;
  readonly index?: number | null;
  readonly total?: number | null;
  /** Seconds. */
  readonly seconds?: number;
  /** Cuts a message that is wider than the line, as dbt does for hooks. */
  readonly truncate?: boolean;
}

/** dbt's line `3 of 28 OK created … ........ [OK in 0.12s]`, dots up to `width` columns. */
export function fancyLine(line: FancyLine, width = DEFAULT_WIDTH): string {
  const progress = line.index == null || line.total == null ? '' : `${line.index} of ${line.total} `;
  let text = `${progress}${line.message} `.padEnd(width, '.');
  if (line.truncate && text.length > width - 3) text = `${text.slice(0, width - 3)}...`;
  const time = line.seconds === undefined ? '' : ` in ${line.seconds.toFixed(2)}s`;
  return `${text} [${line.status}${time}]`;
}

const PLURALS: { readonly [word: string]: string } = {
  analysis: 'analyses',
  test: 'data tests',
  saved_query: 'saved queries',
};

/** dbt's `3 seeds`, `1 test`, `20 data tests`. */
export function pluralize(count: number, word: string): string {
  if (count === 1) return `1 ${word}`;
  return `${count} ${PLURALS[word] ?? `${word}s`}`;
}

/** Python's `repr` of a double that has at least one decimal: `0.62`. */
export function twoDecimals(seconds: number): string {
  return seconds.toFixed(2);
}

/** dbt's ` in 0 hours 1 minutes and 2.31 seconds`. */
export function humanDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return ` in ${hours} hours ${minutes - hours * 60} minutes and ${twoDecimals(seconds - minutes * 60)} seconds`;
}
