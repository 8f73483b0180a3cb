import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { adapterPlugin } from '../../../src/adapters/registry.js';
import { resolveFlags } from '../../../src/config/flags.js';
import { loadRuntimeConfig } from '../../../src/config/runtime-config.js';
import type { ConfigWarning } from '../../../src/config/warnings.js';
import type { Manifest } from '../../../src/contracts/manifest.js';
import { DbtError, isDbtError } from '../../../src/diagnostics/errors.js';
import { parseProject } from '../../../src/parser/parse-project.js';
import type { PartialParseEvent } from '../../../src/parser/partial/partial-parse.js';

/** Everything that a parse may depend on. */
export interface State {
  /** Texts by path, `/` between folders. */
  files: Map<string, string>;
  env: { [name: string]: string };
  vars: { [name: string]: unknown };
  which: 'parse' | 'run' | 'test';
  options: { [name: string]: unknown };
}

/** What a parse gave: the manifest without what differs each time, or the error, and the warnings in order. */
export interface Result {
  readonly manifest: string | null;
  readonly error: string | null;
  readonly warnings: readonly string[];
}

/** A parse and how it came about. */
export interface Parse {
  readonly result: Result;
  readonly reuse: Reuse;
  readonly events: readonly PartialParseEvent[];
  /** When each node, source, macro … was parsed, by its id. */
  readonly createdAt: ReadonlyMap<string, number>;
}

/** How the kept parse was used. */
export type Reuse = 'nothing kept' | 'no changes' | 'some' | 'refused' | 'failed';

/** A project in a directory of its own that is edited and parsed again and again. */
export class EditedProject {
  readonly root: string;
  readonly cache: string;
  /** The version of tsdbt that parses. */
  version = 'test';
  state: State;
  #written = new Map<string, string>();

  constructor(files: ReadonlyMap<string, string>) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), 'tsdbt-partial-')));
    this.cache = join(this.root, 'target/partial_parse.tsdbt');
    this.state = {
      files: new Map(files),
      env: { DBT_CASE_VALUE: 'from the environment' },
      vars: {},
      which: 'parse',
      options: {},
    };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Brings the directory to the state. */
  write(): void {
    const { files } = this.state;
    for (const path of this.#written.keys()) if (!files.has(path)) rmSync(join(this.root, path), { force: true });
    for (const [path, text] of files) {
      if (this.#written.get(path) === text) continue;
      const file = join(this.root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    this.#written = new Map(files);
  }

  /** Parses, with the kept parse or without. */
  async parse(warm: boolean): Promise<Parse> {
    const { env, vars, which, options } = this.state;
    const { root, cache } = this;
    const warnings: string[] = [];
    const events: PartialParseEvent[] = [];
    const warn = ({ sourceText: _text, ...warning }: ConfigWarning): void => {
      if (options['warn_error'] === true) throw new DbtError('warning-as-error', warning.message);
      warnings.push(JSON.stringify(warning));
    };
    try {
      const given = { project_dir: root, profiles_dir: root, vars: JSON.stringify(vars), ...options };
      const { flags } = resolveFlags(which, 'dbt', given, { HOME: root, ...env }, root);
      const config = loadRuntimeConfig(flags, { HOME: root, ...env }, root, { plugin: adapterPlugin, warn });
      const plugin = adapterPlugin(config.target.type);
      const { manifest } = await parseProject(config, plugin.create(config), plugin, {
        warn,
        ...(warm
          ? { partial: { read: cache, write: cache, version: this.version, tell: (event) => void events.push(event) } }
          : {}),
      });
      const {
        generated_at: _at,
        invocation_id: _id,
        invocation_started_at: _started,
        run_started_at: _run,
        ...metadata
      } = manifest.metadata as unknown as { [key: string]: unknown };
      const text = JSON.stringify({ ...manifest, metadata }, (key, value) => (key === 'created_at' ? 0 : value), 1);
      return {
        result: { manifest: text, error: null, warnings },
        reuse: reuseOf(events),
        events,
        createdAt: times(manifest),
      };
    } catch (error) {
      if (!isDbtError(error)) throw error;
      return {
        result: { manifest: null, error: describe(error), warnings },
        reuse: reuseOf(events),
        events,
        createdAt: new Map(),
      };
    }
  }
}

function times(manifest: Manifest): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const part of [manifest.nodes, manifest.sources, manifest.macros, manifest.exposures])
    for (const [id, { created_at: at }] of Object.entries(part)) found.set(id, at);
  return found;
}

function describe(error: DbtError): string {
  const { sourceText: _text, ...diagnostic } = error.diagnostic;
  const more = 'errors' in error ? (error.errors as DbtError[]).map(describe) : [];
  return JSON.stringify({ message: error.message, diagnostic, more });
}

function reuseOf(events: readonly PartialParseEvent[]): Reuse {
  const has = (name: PartialParseEvent['name']): boolean => events.some((event) => event.name === name);
  if (has('PartialParsingError')) return 'failed';
  if (has('PartialParsingSkipParsing')) return 'no changes';
  if (has('PartialParsingEnabled')) return 'some';
  return events.some((event) => event.name === 'UnableToPartialParse' && event.reason.startsWith('saved manifest'))
    ? 'nothing kept'
    : 'refused';
}

/** The files below a directory with their texts; what is not UTF-8 is left out. */
export function readTree(directory: string, prefix = ''): Map<string, string> {
  const files = new Map<string, string>();
  if (!existsSync(directory)) return files;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory())
      for (const [name, text] of readTree(path, `${prefix}${entry.name}/`)) files.set(name, text);
    else if (entry.isFile()) {
      const text = readFileSync(path, 'utf8');
      if (!text.includes('\ufffd')) files.set(prefix + entry.name, text);
    }
  }
  return files;
}
