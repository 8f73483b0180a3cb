import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { DbtError } from '../../diagnostics/errors.js';
import { makeDirectory } from '../../util/make-directory.js';
import { EVENTS } from '../catalogue.js';
import type { EventEntry } from '../entry.js';
import type { Emitted, Sink } from '../event.js';
import { type EventLevel, LEVEL_ORDER } from '../level.js';
import { PLAIN } from '../paint.js';
import { jsonLine } from './json-sink.js';
import { debugLine, infoLine } from './text-line.js';

const FLUSH_BYTES = 64 * 1024;
const FLUSH_MS = 500;
/** Older files kept: `dbt.log.1` … `dbt.log.5`. */
const BACKUPS = 5;

export interface FileSinkOptions {
  /** Absolute. Its directory is made. */
  readonly path: string;
  readonly threshold: EventLevel;
  readonly format: 'text' | 'debug' | 'json';
  /** The file is rolled over before it would grow beyond so many bytes; 0 is without limit. */
  readonly maxBytes: number;
  readonly scrub: (text: string) => string;
}

/**
 * `logs/dbt.log`. Lines are gathered and written in blocks; what is gathered is written half a second later at the
 * latest, and when the sink is closed. A disk that is full later does not stop the run.
 */
export class FileSink implements Sink {
  private readonly options: FileSinkOptions;
  private descriptor: number;
  private size: number;
  private buffer: string[] = [];
  private buffered = 0;
  private timer: NodeJS.Timeout | null = null;

  /** Throws a DbtError `log-unwritable` when the file can't be opened. */
  constructor(options: FileSinkOptions) {
    this.options = options;
    try {
      makeDirectory(dirname(options.path));
      this.descriptor = openSync(options.path, 'a');
      this.size = fstatSync(this.descriptor).size;
    } catch (error) {
      throw new DbtError('log-unwritable', `Can't open the log file ${options.path}: ${(error as Error).message}`, {
        hint: 'Choose another directory with --log-path, or write no log file with --log-level-file none.',
        cause: error,
      });
    }
  }

  write(emitted: Emitted): void {
    const { info } = emitted.event;
    if (LEVEL_ORDER[info.level] < LEVEL_ORDER[this.options.threshold]) return;
    if ((EVENTS[info.name] as EventEntry<never>).consoleOnly) return;
    const line = this.line(emitted);
    this.buffer.push(line, '\n');
    this.buffered += line.length + 1;
    if (this.buffered >= FLUSH_BYTES) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), FLUSH_MS).unref();
  }

  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.buffered === 0) return;
    const block = Buffer.from(this.buffer.join(''), 'utf8');
    this.buffer = [];
    this.buffered = 0;
    try {
      const { maxBytes } = this.options;
      if (maxBytes > 0 && this.size > 0 && this.size + block.length > maxBytes) this.rollOver();
      writeSync(this.descriptor, block);
      this.size += block.length;
    } catch {
      // The log must not break the run; the console has said everything of importance.
    }
  }

  close(): void {
    this.flush();
    try {
      closeSync(this.descriptor);
    } catch {
      // Closed by a failed roll-over.
    }
  }

  private line(emitted: Emitted): string {
    if (this.options.format === 'json') return jsonLine(emitted, this.options.scrub);
    return this.options.format === 'debug' ? debugLine(emitted, PLAIN) : infoLine(emitted, PLAIN);
  }

  private rollOver(): void {
    const { path } = this.options;
    closeSync(this.descriptor);
    rmSync(`${path}.${BACKUPS}`, { force: true });
    for (let n = BACKUPS - 1; n >= 0; n--) {
      try {
        renameSync(n === 0 ? path : `${path}.${n}`, `${path}.${n + 1}`);
      } catch {
        // There is no such backup yet.
      }
    }
    this.descriptor = openSync(path, 'a');
    this.size = 0;
  }
}
