import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Adapter } from '../../src/adapters/base/adapter.js';
import { adapterPlugin } from '../../src/adapters/registry.js';
import { invoke } from '../../src/cli/invoke.js';
import { resolveFlags } from '../../src/config/flags.js';
import { loadRuntimeConfig } from '../../src/config/runtime-config.js';
import type { Invocation } from '../../src/context/invocation.js';
import { modelView } from '../../src/context/model-view.js';
import { createParseContext, createParsePhase, type ParsePhase } from '../../src/context/parse-context.js';
import { relationOf } from '../../src/context/relations.js';
import { RuntimeSession } from '../../src/context/runtime-session.js';
import type { ManifestNode } from '../../src/contracts/nodes.js';
import type { RuntimeConfig } from '../../src/contracts/runtime-config.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { compileTemplate, type JinjaContext, renderNative } from '../../src/jinja/environment.js';
import { bindArguments, hostFunction, pyRepr, typeName } from '../../src/jinja/values.js';
import { parseProject } from '../../src/parser/parse-project.js';
import { yamlNames } from '../../src/parser/properties/file.js';
import { failureText } from '../../src/runner/failure-text.js';

export const CASES = resolve(import.meta.dirname, '../cases/context');

/** What a probe gave: a text, or an error with dbt's text of it. */
export interface Answer {
  readonly is?: unknown;
  readonly text?: string;
  readonly error?: DbtError;
}

/** The name without its module, as Python's `type(x).__name__`. */
const typeOf = hostFunction('type_of', (args) => {
  const name = typeName(bindArguments('type_of', args, ['value'])[0]);
  return name.slice(name.lastIndexOf('.') + 1);
});

/** The project of the probes, built; each probe is rendered in a context of its own, on a connection that is rolled back. */
export class ProbeShop {
  readonly #base: string;
  readonly #root: string;
  readonly #config: RuntimeConfig;
  readonly #adapter: Adapter;
  readonly #session: RuntimeSession;
  readonly #phase: ParsePhase<ManifestNode>;

  private constructor(
    base: string,
    root: string,
    { session, phase }: { session: RuntimeSession; phase: ParsePhase<ManifestNode> },
  ) {
    this.#base = base;
    this.#root = root;
    this.#session = session;
    this.#phase = phase;
    this.#config = session.invocation.config;
    this.#adapter = session.invocation.adapter;
  }

  static async open(): Promise<ProbeShop> {
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'tsdbt-context-')));
    const root = join(base, 'shop');
    cpSync(join(CASES, 'project'), root, { recursive: true });
    const env = {
      HOME: base,
      DBT_PROFILES_DIR: root,
      DBT_ENV_CUSTOM_ENV_TEAM: 'core',
      PROBE_SET: 'from outside',
      DBT_ENV_SECRET_PROBE: 'hush',
    };
    for (const command of ['seed', 'build']) {
      const { success, error } = await invoke([command], { cwd: root, env });
      if (!success) throw error ?? new Error(`${command} failed`);
    }
    const { flags } = resolveFlags('run-operation', 'dbt run-operation', { project_dir: root }, env, root);
    const plugin = adapterPlugin('duckdb');
    const config = loadRuntimeConfig(flags, env, root, { plugin: adapterPlugin, warn: () => {} });
    const adapter = plugin.create(config);
    const { manifest, macros } = await parseProject(config, adapter, plugin, { warn: () => {} });
    const invocation: Invocation = {
      config,
      adapter,
      plugin,
      log: () => {},
      print: () => {},
      warn: () => {},
    };
    const session = new RuntimeSession({
      invocation,
      manifest,
      macros,
      selected: [],
      report: { sql: () => {}, sqlStatus: () => {} },
      prepare: () => adapter.open(),
    });
    const phase = createParsePhase<ManifestNode>({
      invocation,
      macros,
      relation: (node) => relationOf(invocation, node),
      model: modelView,
    });
    return new ProbeShop(base, root, { session, phase });
  }

  async close(): Promise<void> {
    await this.#adapter.close();
    rmSync(this.#base, { recursive: true, force: true });
  }

  /** Renders a probe in a context, named as in tests/oracle/context_record.py. */
  async answer(template: string, kind: string): Promise<Answer> {
    const [where = '', name = ''] = kind.split(/:(.*)/);
    const connection = this.#session.connect('probe', null);
    const node = name === '' ? MACRO : this.#node(name);
    try {
      return { is: this.#clean(await this.#render(template, where, node as ManifestNode, connection)) };
    } catch (error) {
      if (!(error instanceof DbtError)) throw error;
      return { text: this.#clean(where === 'yaml' ? error.message : failureText(error, node)) as string, error };
    } finally {
      await connection.release();
    }
  }

  async #render(
    template: string,
    where: string,
    node: ManifestNode,
    connection: ReturnType<RuntimeSession['connect']>,
  ): Promise<unknown> {
    const session = this.#session;
    const file = node.original_file_path;
    switch (where) {
      case 'operation': {
        const context = session.macroContext(connection);
        context.macro = session.manifest.macros[MACRO.unique_id] ?? null;
        return compileTemplate(template, { file }).render(withTypeOf(context));
      }
      case 'model':
        return compileTemplate(template, { file }).render(withTypeOf(session.nodeContext(node, connection)));
      case 'parse': {
        const { context } = createParseContext({ node, phase: this.#phase });
        return compileTemplate(template, { file }).renderSync(withTypeOf(context), { undefined: 'lenient' });
      }
      case 'yaml': {
        const names = withTypeOf(yamlNames(session.invocation, this.#config.project.project_name));
        const value = await renderNative(template, names, { file: 'models/schema.yml' });
        return value === null || typeof value === 'boolean' || typeof value === 'string'
          ? value
          : `${typeName(value)}: ${pyRepr(value)}`;
      }
      default:
        throw new Error(`no context ${where}`);
    }
  }

  #node(name: string): ManifestNode {
    const { nodes } = this.#session.manifest;
    const found = Object.values(nodes).find((n) => n.name === name || n.unique_id === name);
    if (!found) throw new Error(`no node ${name}`);
    return found;
  }

  #clean(value: unknown): unknown {
    if (typeof value !== 'string') return value;
    return value
      .replaceAll(this.#root, '<project>')
      .replaceAll(this.#base, '<work>')
      .replace(/0x[0-9a-f]{6,}/g, '0x…');
  }
}

const MACRO = {
  resource_type: 'macro',
  name: 'nothing',
  unique_id: 'macro.shop.nothing',
  original_file_path: 'macros/probes.sql',
} as const;

function withTypeOf(context: JinjaContext): JinjaContext {
  return Object.create(context, {
    get: { value: (name: string) => (name === 'type_of' ? typeOf : context.get(name)) },
    ...(context.names ? { names: { value: () => context.names?.() } } : {}),
  }) as JinjaContext;
}
