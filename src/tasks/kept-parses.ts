import { createHash } from 'node:crypto';
import type { Manifest } from '../contracts/manifest.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import type { PreviousState } from '../graph/selector/resources.js';
import { pyRepr } from '../jinja/values.js';
import type { parseProject } from '../parser/parse-project.js';
import { baseKey } from '../parser/partial/base-key.js';

type Parsed = Awaited<ReturnType<typeof parseProject>>;

/** A project as an invocation has read it. */
export interface KeptProject {
  readonly config: RuntimeConfig;
  readonly manifest: Manifest;
  /** The artifacts of `--state`. */
  readonly state?: PreviousState;
}

/** How many parses are kept: one for each target, set of variables … that an embedding program goes back and forth between. */
const MOST = 8;

/**
 * Parses of a project for later invocations. One is used again where the configuration would lead to the same: target, profile,
 * variables, environment, packages, behaviour flags. Files are not looked at.
 */
export class KeptParses {
  readonly #parses = new Map<string, Parsed>();
  #latest: KeptProject | undefined;

  /** The project as it was read last. */
  get latest(): KeptProject | undefined {
    return this.#latest;
  }

  /** The parse for a configuration, if one is kept. */
  find(config: RuntimeConfig): Parsed | undefined {
    return config.flags.inline === null ? this.#parses.get(keyOf(config)) : undefined;
  }

  /** Keeps a parse. That of `--inline` has a node of its own, and is not kept. */
  keep(config: RuntimeConfig, { manifest, macros }: Parsed, state?: PreviousState): void {
    if (config.flags.inline !== null) return;
    this.#latest = { config, manifest, ...(state ? { state } : {}) };
    const oldest = this.#parses.keys().next().value;
    if (this.#parses.size >= MOST && oldest !== undefined) this.#parses.delete(oldest);
    this.#parses.set(keyOf(config), { manifest, macros });
  }

  /** Forgets all of them: the files have changed. */
  clear(): void {
    this.#parses.clear();
  }
}

function keyOf(config: RuntimeConfig): string {
  const { cli_vars: given, project, packages, env, flags } = config;
  const vars = [project, ...packages.values()].map((one) => [one.vars, one.on_run_start, one.on_run_end]);
  const read = pyRepr([baseKey(config, '', ''), given, vars, flags.full_refresh ?? null, Object.entries(env).sort()]);
  return createHash('sha256').update(read).digest('base64');
}
