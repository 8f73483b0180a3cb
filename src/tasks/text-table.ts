/** The widest cell; longer ones are cut. */
const MOST = 40;

/** A table of text with pipes, numbers to the right. NULL is empty. */
export function textTable(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = rows.map((row) => row.map(cellText));
  const widths = columns.map((name, i) =>
    Math.min(MOST, Math.max(name.length, ...cells.map((row) => row[i]?.length ?? 0))),
  );
  const numeric = columns.map((_, i) => rows.every((row) => isNumber(row[i])));
  const line = (row: readonly string[]): string => {
    const parts = row.map((text, i) => {
      const width = widths[i] ?? 0;
      const cut = text.length > width ? `${text.slice(0, width - 1)}…` : text;
      return numeric[i] ? cut.padStart(width) : cut.padEnd(width);
    });
    return `| ${parts.join(' | ')} |`;
  };
  const rule = `| ${widths.map((w) => '-'.repeat(w)).join(' | ')} |`;
  return [line(columns), rule, ...cells.map(line)].join('\n');
}

function isNumber(value: unknown): boolean {
  return value === null || typeof value === 'number' || typeof value === 'bigint';
}

function cellText(value: unknown): string {
  return value === null || value === undefined ? '' : String(value).replace(/\s+/g, ' ');
}
