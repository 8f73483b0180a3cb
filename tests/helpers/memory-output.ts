/** Keeps what is written to it. */
export class MemoryOutput {
  text = '';

  write(text: string): boolean {
    this.text += text;
    return true;
  }
}

/**
 * A terminal of a given size that keeps a screen: enough of VT100 for the live display (newline, carriage return,
 * cursor up, clear below, colours, show and hide the cursor). A line that is too wide wraps.
 */
export class MemoryTerminal {
  readonly isTTY = true;
  columns: number;
  rows: number;
  cursorVisible = true;
  readonly lines: string[] = [''];
  private row = 0;
  private column = 0;
  private readonly listeners = new Set<() => void>();

  constructor(columns = 80, rows = 24) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): boolean {
    for (const part of text.match(/\u001b\[[?0-9;]*[A-Za-z]|[\s\S]/g) ?? []) this.put(part);
    return true;
  }

  on(_event: 'resize', listener: () => void): void {
    this.listeners.add(listener);
  }

  off(_event: 'resize', listener: () => void): void {
    this.listeners.delete(listener);
  }

  get listenerCount(): number {
    return this.listeners.size;
  }

  /** Makes the window narrower or wider; the lines that stand there wrap anew. */
  resize(columns: number): void {
    const old = this.lines.splice(0);
    this.columns = columns;
    this.lines.push('');
    this.row = this.column = 0;
    old.forEach((line, i) => {
      for (const character of line) this.put(character);
      if (i < old.length - 1) this.put('\n');
    });
    for (const listener of this.listeners) listener();
  }

  /** The screen without blank lines at its end. */
  get screen(): string {
    return this.lines
      .map((l) => l.trimEnd())
      .join('\n')
      .trimEnd();
  }

  private put(part: string): void {
    if (part === '\n') {
      this.row += 1;
      this.column = 0;
      this.lines[this.row] ??= '';
    } else if (part === '\r') this.column = 0;
    else if (part === '\u001b[J') {
      this.lines[this.row] = (this.lines[this.row] ?? '').slice(0, this.column);
      this.lines.length = this.row + 1;
    } else if (part === '\u001b[?25l') this.cursorVisible = false;
    else if (part === '\u001b[?25h') this.cursorVisible = true;
    else if (/^\u001b\[\d+A$/.test(part)) this.row = Math.max(0, this.row - Number(part.slice(2, -1)));
    else if (!part.startsWith('\u001b')) {
      if (this.column >= this.columns) this.put('\n');
      const line = (this.lines[this.row] ?? '').padEnd(this.column);
      this.lines[this.row] = line.slice(0, this.column) + part + line.slice(this.column + 1);
      this.column += 1;
    }
  }
}
