import type { Emitted, Sink } from '../event.js';
import type { EventLevel, Paint } from '../level.js';
import { stripColors, visibleLength } from '../line-wrap.js';
import { infoLine, passes } from './text-line.js';

/** The parts of a terminal (`process.stdout`) that the live display uses. */
export interface Terminal {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

export interface LiveSinkOptions {
  readonly terminal: Terminal;
  readonly threshold: EventLevel;
  readonly paint: Paint;
  readonly now?: () => number;
  /** Milliseconds between two drawings; 0 draws on events only. */
  readonly interval?: number;
}

interface Running {
  readonly label: string;
  readonly since: number;
}

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const CLEAR_BELOW = '\u001b[J';
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Lines that the live display says better itself. */
const REPLACED: ReadonlySet<string> = new Set(['LogStartLine', 'LogHookStartLine']);

/**
 * The display for a person at a terminal: results scroll by above, below them stands one line a running node with its
 * time, and a bar for the whole. Everything is drawn relative to the cursor; on close nothing of it is left.
 */
export class LiveSink implements Sink {
  private readonly options: LiveSinkOptions;
  private readonly running = new Map<string, Running>();
  private readonly onResize = (): void => this.redraw();
  private readonly now: () => number;
  private timer: NodeJS.Timeout | null = null;
  private drawn: string[] = [];
  private startedAt: number | null = null;
  private done = 0;
  private failed = 0;
  private warned = 0;
  private total = 0;
  private frame = 0;
  private closed = false;
  private cancelled = false;

  constructor(options: LiveSinkOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
  }

  write(emitted: Emitted): void {
    const changed = this.follow(emitted);
    const { name } = emitted.event.info;
    if (name === 'LogCancelLine') this.cancelled = true;
    // Of a run that is cancelled the counts say enough of what was skipped.
    const hidden = emitted.superseded || REPLACED.has(name) || (this.cancelled && name === 'SkippingDetails');
    if (hidden || !passes(emitted, this.options.threshold)) {
      // The timer draws soon enough.
      if (changed && this.timer === null) this.draw();
      return;
    }
    const text = infoLine(emitted, this.options.paint);
    this.options.terminal.write(`${this.eraseCodes()}${text}\n${this.compose()}`);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.stop();
  }

  /** Keeps the counts and the running nodes; says whether the display is another then. */
  private follow({ event }: Emitted): boolean {
    switch (event.info.name) {
      case 'ConcurrencyLine':
        this.total = (event.data as { node_count: number }).node_count;
        this.done = this.failed = this.warned = 0;
        this.startedAt = this.now();
        this.start();
        break;
      case 'LogStartLine': {
        const data = event.data as { description: string; total: number; node_info: { unique_id: string } };
        this.total = data.total;
        this.running.set(data.node_info.unique_id, { label: data.description, since: this.now() });
        break;
      }
      case 'LogHookStartLine': {
        const data = event.data as { statement: string; node_info: { unique_id: string } };
        this.running.set(data.node_info.unique_id, { label: `hook ${data.statement}`, since: this.now() });
        break;
      }
      case 'LogHookEndLine':
        this.running.delete((event.data as { node_info: { unique_id: string } }).node_info.unique_id);
        break;
      case 'LogModelResult':
      case 'LogSeedResult':
      case 'LogSnapshotResult':
      case 'LogTestResult':
      case 'LogNodeNoOpResult':
      case 'SkippingDetails': {
        this.running.delete((event.data as { node_info: { unique_id: string } }).node_info.unique_id);
        this.done += 1;
        if (event.info.level === 'error') this.failed += 1;
        if (event.info.level === 'warn') this.warned += 1;
        break;
      }
      case 'FinishedRunningStats':
      case 'EndOfRunSummary':
      case 'MainEncounteredError':
        this.stop();
        break;
      default:
        return false;
    }
    return true;
  }

  private start(): void {
    if (this.timer || this.closed) return;
    this.options.terminal.write(HIDE_CURSOR);
    this.options.terminal.on('resize', this.onResize);
    const interval = this.options.interval ?? 100;
    if (interval > 0) {
      this.timer = setInterval(() => {
        this.frame += 1;
        this.draw();
      }, interval).unref();
    }
  }

  private stop(): void {
    if (this.startedAt === null) return;
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.startedAt = null;
    this.running.clear();
    this.options.terminal.off('resize', this.onResize);
    this.options.terminal.write(`${this.eraseCodes()}${SHOW_CURSOR}`);
  }

  private redraw(): void {
    if (this.startedAt !== null) this.draw();
  }

  private draw(): void {
    if (this.startedAt === null) return;
    this.options.terminal.write(`${this.eraseCodes()}${this.compose()}`);
  }

  /** Codes that go back to the first live line and clear from there; lines that a narrower window wrapped count. */
  private eraseCodes(): string {
    if (this.drawn.length === 0) return '';
    const columns = Math.max(1, this.options.terminal.columns || 80);
    const rows = this.drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0);
    this.drawn = [];
    return `\r\u001b[${rows}A${CLEAR_BELOW}`;
  }

  /** The live lines, each ended; remembered for the next erase. */
  private compose(): string {
    if (this.startedAt === null) return '';
    const columns = Math.max(20, this.options.terminal.columns || 80);
    const room = Math.max(1, Math.min(12, (this.options.terminal.rows || 24) - 4));
    const now = this.now();
    const nodes = [...this.running.values()];
    const shown = nodes.length > room ? nodes.slice(0, room - 1) : nodes;
    const lines = shown.map((node) => this.nodeLine(node, now, columns));
    if (shown.length < nodes.length) lines.push(this.options.paint.dim(`  … and ${nodes.length - shown.length} more`));
    lines.push(this.barLine(now, columns));
    this.drawn = lines.map(stripColors);
    return lines.map((line) => `${line}\n`).join('');
  }

  private nodeLine(node: Running, now: number, columns: number): string {
    const time = `${((now - node.since) / 1000).toFixed(1)}s`;
    const spinner = SPINNER[this.frame % SPINNER.length] ?? '';
    const room = columns - time.length - 6;
    const label = node.label.length > room ? `${node.label.slice(0, Math.max(0, room - 1))}…` : node.label.padEnd(room);
    return `  ${this.options.paint.yellow(spinner)} ${label} ${this.options.paint.dim(time)}`;
  }

  private barLine(now: number, columns: number): string {
    const { paint } = this.options;
    const counts = [`${this.done}/${this.total}`];
    if (this.failed > 0) counts.push(paint.red(`${this.failed} failed`));
    if (this.warned > 0) counts.push(paint.yellow(`${this.warned} warned`));
    counts.push(clock((now - (this.startedAt ?? now)) / 1000));
    const tail = counts.join('  ');
    const width = Math.min(40, columns - visibleLength(tail) - 6);
    if (width < 4) return `  ${stripColors(tail).slice(0, columns - 3)}`;
    const filled = this.total > 0 ? Math.min(width, Math.floor((this.done / this.total) * width)) : 0;
    const color = this.failed > 0 ? paint.red : paint.green;
    return `  ${color('━'.repeat(filled))}${paint.dim('─'.repeat(width - filled))}  ${tail}`;
  }
}

function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}m${String(Math.floor(seconds % 60)).padStart(2, '0')}s` : `${seconds.toFixed(1)}s`;
}
