/** What GitHub shows beside a line of a file. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  /** Relative to the repository; null for what has no place. */
  readonly file: string | null;
  /** 1-based. */
  readonly line: number | null;
  readonly column: number | null;
  readonly title: string;
  readonly message: string;
}

/** The workflow command of an annotation, one line: `::error file=…,line=…,col=…,title=…::message`. */
export function annotationLine({ level, file, line, column, title, message }: Annotation): string {
  const properties = [
    ['file', file],
    ['line', file === null ? null : line],
    ['col', file === null || line === null ? null : column],
    ['title', title],
  ] as const;
  const shown = properties.flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${escapedProperty(String(value))}`],
  );
  return `::${level} ${shown.join(',')}::${escapedData(message)}`;
}

/** GitHub decodes these three in a message, and reads on after a line end as ordinary output. */
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
