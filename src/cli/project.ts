import { adapterPlugin } from '../adapters/registry.js';
import type { ResourceType, UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { CompilableNode, ManifestNode } from '../contracts/nodes.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError, InternalError } from '../diagnostics/errors.js';
import { createGraph } from '../graph/create-graph.js';
import { selectNodes } from '../graph/selector/select-nodes.js';
import { KeptParses, type KeptProject } from '../tasks/kept-parses.js';
import { invokeOpened } from './invoke.js';
import type { InvokeOptions, InvokeResult } from './invoke-types.js';

/** How a project is opened. */
export interface ProjectOptions extends InvokeOptions {
  /** Options of every command: `['--target', 'prod', '--vars', '{day: 2026-01-01}']`. */
  readonly args?: readonly string[];
}

/** What is to be selected, as on the command line. */
export interface SelectCriteria {
  /** `--select`; everything without it. */
  readonly select?: string | readonly string[];
  /** `--exclude`. */
  readonly exclude?: string | readonly string[];
  /** `--selector`: a name of selectors.yml. */
  readonly selector?: string;
  /** Only these kinds of resources. */
  readonly resourceTypes?: readonly ResourceType[];
  /** Which tests come along; `eager` without it. */
  readonly indirectSelection?: 'eager' | 'cautious' | 'buildable' | 'empty';
}

/** A node's SQL. */
export interface CompiledSql {
  readonly unique_id: UniqueId;
  /** The SQL, with the CTEs of ephemeral models put in. */
  readonly sql: string;
  /** The node with the manifest's fields of compilation. */
  readonly node: ManifestNode;
}

/** The project's database, open for the program and for its commands. */
export interface OpenDatabase {
  /**
   * A connection of its own, with the profile's settings: on DuckDB a `DuckDBConnection` of `@duckdb/node-api`. What it reads is
   * one state of the database, whatever a command writes meanwhile.
   *
   * @throws DbtError what the engine says.
   */
  connect<Connection = unknown>(): Promise<Connection>;
  /** Ends the connections. The database is closed when the command that runs on it, if any, has ended. */
  close(): void;
}

/**
 * Reads a project once, for many questions and commands: dbt's `dbtRunner(manifest=…)`, and a compiler for programs. Nothing is
 * executed, no database is opened, no artifact is written but the kept parse.
 *
 * @throws DbtError what is wrong with the project, with its place.
 */
export async function openProject(options: ProjectOptions = {}): Promise<Project> {
  const parses = new KeptParses();
  return new Project(options, parses, await read(options, parses));
}

async function read(options: ProjectOptions, parses: KeptParses): Promise<KeptProject> {
  const { args = [], ...rest } = options;
  const command = ['parse', '--no-write-json', '--log-level-file', 'none', ...args];
  const { error } = await invokeOpened(command, rest, { parses });
  if (error) throw error;
  if (!parses.latest) throw new InternalError('the project was read, but nothing came of it');
  return parses.latest;
}

/** A project that has been read. Calls can run side by side; those that need the same database file wait their turn or fail. */
export class Project {
  readonly #options: ProjectOptions;
  readonly #parses: KeptParses;
  #read: KeptProject;
  #graph: ReturnType<typeof createGraph> | undefined;

  /** Use {@link openProject}. */
  constructor(options: ProjectOptions, parses: KeptParses, read: KeptProject) {
    this.#options = options;
    this.#parses = parses;
    this.#read = read;
  }

  /** The project's name. */
  get name(): string {
    return this.#read.config.project.project_name;
  }

  /** Absolute. */
  get root(): string {
    return this.#read.config.project.root;
  }

  /** Everything in the project. */
  get manifest(): Manifest {
    return this.#read.manifest;
  }

  /** Reads again what has changed on disk. */
  async refresh(): Promise<void> {
    this.#parses.clear();
    this.#read = await read(this.#options, this.#parses);
    this.#graph = undefined;
  }

  /**
   * The ids that criteria select, in the manifest's order. `state:` needs `--state` among the project's `args`.
   *
   * @throws DbtError for a criterion that can't be read; one that matches nothing selects nothing.
   */
  select(criteria: SelectCriteria | string = {}): readonly UniqueId[] {
    const { select, exclude, selector, resourceTypes, indirectSelection } =
      typeof criteria === 'string' ? { select: criteria } : criteria;
    const { manifest, config, state } = this.#read;
    this.#graph ??= createGraph(manifest);
    const { ids } = selectNodes({
      manifest,
      graph: this.#graph,
      select: list(select),
      exclude: list(exclude),
      selector: selector ?? null,
      selectors: config.selectors,
      ...(resourceTypes ? { resourceTypes } : {}),
      ...(indirectSelection ? { indirectSelection } : {}),
      ...(state ? { state } : {}),
    });
    return [...ids];
  }

  /**
   * Compiles one node. A database is opened only if a template asks it something. A TypeScript model is run only when it is a
   * view or ephemeral; of others `sql` is the TypeScript.
   *
   * @throws DbtError `node-unknown`, and what compiling raises.
   */
  async compile(uniqueId: UniqueId, options: InvokeOptions = {}): Promise<CompiledSql> {
    const known = this.#read.manifest.nodes;
    if (!Object.hasOwn(known, uniqueId)) {
      const hint = didYouMean(uniqueId, Object.keys(known)) ?? 'Ids are the keys of manifest.nodes.';
      throw new DbtError('node-unknown', `The project has no node '${uniqueId}'`, { hint });
    }
    const command = ['compile', '--no-write-json', '--log-level-file', 'none'];
    const { error, manifest } = await this.#invoke(command, options, new Set([uniqueId]));
    if (error) throw error;
    const node = manifest?.nodes[uniqueId];
    if (!node) throw new InternalError(`'${uniqueId}' was compiled, but is not in the manifest`);
    return { unique_id: uniqueId, sql: (node as CompilableNode).compiled_code ?? '', node };
  }

  /**
   * Runs a command on the project as it was read: as {@link invoke}, without reading it again. Where options of the command
   * lead to another project (`--target`, `--vars`), that one is read and kept too.
   */
  async invoke(args: readonly string[], options: InvokeOptions = {}): Promise<InvokeResult> {
    return this.#invoke(args, options);
  }

  /**
   * Opens the database of the project's target and keeps it open until `close`: for a program that answers queries while
   * commands build. A command of this process that needs it meanwhile, by this project or by {@link invoke}, runs on the same
   * instance of the engine; the file is not opened twice, which DuckDB could not bear.
   *
   * @param options `lockTimeout`: seconds to wait for a file that another process has open; null is what the profile says.
   * @throws DbtError `database-locked`, with the process that has it, and what else keeps it from being opened.
   */
  async openDatabase(options: { readonly lockTimeout?: number | null } = {}): Promise<OpenDatabase> {
    const { target, cwd } = this.#read.config;
    const held = await adapterPlugin(target.type).hold(target, cwd, options);
    return {
      connect: async <Connection>() => (await held.connect()) as Connection,
      close: () => held.close(),
    };
  }

  #invoke(args: readonly string[], options: InvokeOptions, only?: ReadonlySet<UniqueId>): Promise<InvokeResult> {
    const { args: common = [], ...own } = this.#options;
    const opened = { parses: this.#parses, ...(only ? { only } : {}) };
    return invokeOpened([...args, ...common], { ...own, ...options }, opened);
  }
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
