/** Where an engine says that a statement is wrong. */
export interface EnginePosition {
  /** 1-based, in the statement as it was sent. */
  readonly line: number;
  /** 0-based offset in that line, when the message shows it. */
  readonly column?: number;
}

const MARKER = /^LINE (\d+): (.*)$/m;

/**
 * Reads the place out of an engine's message: DuckDB and Postgres write `LINE 3: text` and a caret below. The text may
 * be cut on both sides (`...`); the column is then found by looking the piece up in the line.
 */
export function enginePosition(message: string, statement: string): EnginePosition | undefined {
  const found = MARKER.exec(message);
  if (!found) return namedText(message, statement);
  const line = Number(found[1]);
  const below = message.slice(found.index + found[0].length).split('\n')[1];
  const text = statement.split('\n')[line - 1];
  if (below === undefined || text === undefined || below.trim() !== '^') return { line };
  const caret = below.indexOf('^') - `LINE ${found[1]}: `.length;
  const shown = found[2] ?? '';
  const cut = shown.startsWith('...') ? 3 : 0;
  const piece = shown.slice(cut).replace(/\.\.\.$/, '');
  const at = cut === 0 ? 0 : text.indexOf(piece);
  if (caret < cut || at === -1) return { line };
  const column = at + (caret - cut);
  return column <= text.length ? { line, column } : { line };
}

/** Without a line: the place of the only text in quotes that the statement holds too, such as a file that is missing. */
function namedText(message: string, statement: string): EnginePosition | undefined {
  for (const [, text = ''] of message.matchAll(/["']([^"'\n]{3,})["']/g)) {
    const offset = statement.indexOf(text);
    if (offset === -1 || statement.includes(text, offset + 1)) continue;
    const before = statement.slice(0, offset).split('\n');
    return { line: before.length, column: before.at(-1)?.length ?? 0 };
  }
  return undefined;
}
