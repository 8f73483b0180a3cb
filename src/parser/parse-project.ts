import type { Adapter, AdapterPlugin } from '../adapters/base/adapter.js';
import { BUILTIN_PACKAGE } from '../builtin/index.js';
import { secretValues } from '../config/env-var.js';
import { typescriptDirectory } from '../config/target-directory.js';
import type { ConfigWarning } from '../config/warnings.js';
import { configWarning } from '../config/warnings.js';
import type { Invocation } from '../context/invocation.js';
import { MacroTable } from '../context/macro-table.js';
import { modelView } from '../context/model-view.js';
import { createParsePhase } from '../context/parse-context.js';
import { relationOf } from '../context/relations.js';
import type { Manifest } from '../contracts/manifest.js';
import type { ProjectConfig, RuntimeConfig } from '../contracts/runtime-config.js';
import type { SourceSpan } from '../diagnostics/span.js';
import { ModuleFiles } from '../typescript/module-files.js';
import { warnDeprecatedModels } from './checks/deprecations.js';
import { checkMicrobatches } from './checks/microbatch.js';
import { checkNodes } from './checks/node-checks.js';
import { checkSelectors } from './checks/selectors.js';
import { checkSemanticLayer } from './checks/semantic-layer.js';
import { checkUniqueness } from './checks/uniqueness.js';
import { warnUnusedConfig } from './checks/unused-config.js';
import { ConfigResolver } from './config/resolver.js';
import { parseDocs } from './docs.js';
import { findMacroFiles, findPackageFiles, type PackageFiles } from './files/package-files.js';
import { SourceFile, sha256 } from './files/source-file.js';
import { macroDependencies } from './macros/dependencies.js';
import { MacroReader } from './macros/load.js';
import { finishManifest } from './manifest.js';
import { ManifestBuilder } from './manifest-builder.js';
import { NodeNames } from './names.js';
import type { NodeDraft, NodeEntry } from './nodes/draft.js';
import { parseSnapshots } from './nodes/snapshot.js';
import {
  parseAnalysis,
  parseFunction,
  parseInline,
  parseModel,
  parseOperations,
  parseSeed,
  parseSingularTest,
} from './nodes/sql-nodes.js';
import { PartialParse, type PartialParseOptions, type Present } from './partial/partial-parse.js';
import type { PresentUnit } from './partial/plan.js';
import { ReadValues } from './partial/read-values.js';
import { unitId } from './partial/unit.js';
import { Units } from './partial/units.js';
import { inferPrimaryKeys } from './primary-key.js';
import { signaturesOf } from './properties/document.js';
import { PropertiesParser } from './properties/parse.js';
import { renderDescriptions } from './references/render-descriptions.js';
import { resolveMetricReferences, resolveReferences } from './references/resolve.js';
import { resolveMetrics } from './semantic/resolve.js';
import { nameExports } from './semantic/saved-queries.js';
import type { ParserServices } from './services.js';
import { warnUnusedPatches } from './sources/read.js';
import { fixtureFiles, observedFixtures } from './unit-tests/fixtures.js';
import { resolveUnitTests } from './unit-tests/resolve.js';

export interface ParsedProject {
  readonly manifest: Manifest;
  readonly macros: MacroTable;
}

export interface ParseOptions {
  readonly warn: (warning: ConfigWarning) => void;
  /** Where `log()`, `print()` and `exceptions.warn()` of templates go while parsing. */
  readonly log?: Invocation['log'];
  readonly print?: Invocation['print'];
  /** Partial parsing; without it every file is parsed. */
  readonly partial?: PartialParseOptions;
}

interface Input {
  readonly config: RuntimeConfig;
  readonly adapter: Adapter;
  readonly plugin: AdapterPlugin;
  readonly options: ParseOptions;
  readonly packages: readonly Package[];
  /** The macro files of the internal packages, the adapter's first. */
  readonly builtin: readonly SourceFile[];
}

interface Collected {
  readonly services: ParserServices;
  readonly reader: MacroReader;
  readonly properties: PropertiesParser;
  readonly names: NodeNames;
  readonly macros: MacroTable;
  readonly units: Units;
}

/** A package and its files. */
interface Package {
  readonly project: ProjectConfig;
  readonly files: PackageFiles;
  readonly projectFile: SourceFile;
}

/**
 * Reads a project and its packages: files in, manifest out. Nothing is executed, no database is opened. With
 * `options.partial`, what an earlier parse has kept is used as far as it holds, and what this one found is kept.
 *
 * @throws DbtError with the place of what is wrong; DbtErrors when several references are.
 */
export async function parseProject(
  config: RuntimeConfig,
  adapter: Adapter,
  plugin: AdapterPlugin,
  options: ParseOptions,
): Promise<ParsedProject> {
  checkSelectors(config);
  const find = { jinjaExtensions: config.flags.behavior['allow_jinja_file_extensions'] === true };
  const packages = [config.project, ...config.packages.values()].map((project): Package => {
    const { root, project_name: packageName } = project;
    const projectFile = new SourceFile({ packageName, root, searched: '.', relative: 'dbt_project.yml' });
    return { project, files: findPackageFiles(project, config.project.root, find), projectFile };
  });
  const input: Input = {
    config,
    adapter,
    plugin,
    options,
    packages,
    builtin: [
      ...findMacroFiles(plugin.packageName, plugin.includeDir),
      ...findMacroFiles(BUILTIN_PACKAGE.name, BUILTIN_PACKAGE.directory),
    ],
  };
  if (!options.partial) return finish(collect(input, new Units(options.warn), null));
  const partial = new PartialParse(options.partial, config, presentUnits(packages, input.builtin));
  return partial.run(options.warn, {
    collect: (units, onReads) => collect(input, units, { salt: partial.salt, onReads }),
    finish,
  });
}

/** Parses all files, up to where each node is known with its configuration and its names. */
function collect(
  input: Input,
  units: Units,
  partial: { readonly salt: string; readonly onReads: (values: ReadValues) => void } | null,
): Collected {
  const { config, packages } = input;
  const now = (): number => Date.now() / 1000;
  const reader = readMacros(input, units, now);
  const macros = macroTable(input, reader, units);
  const services = makeServices(input, macros, units, now);
  for (const loaded of reader.macros) loaded.macro.depends_on = { macros: macroDependencies(loaded, macros) };
  const fixtures = fixtureFiles(packages.flatMap(({ files }) => files.fixtures));
  partial?.onReads(new ReadValues(services.invocation, macros, fixtures, partial.salt));

  const properties = new PropertiesParser(services, reader, observedFixtures(fixtures, units.recorder));
  for (const owner of [services.builder, properties, properties.sources]) units.addTables(owner);
  for (const { files, projectFile } of packages) units.addFiles([...filesOf(files), projectFile]);
  for (const pkg of packages) parseFiles(services, pkg);
  parseInternalDocs(services);
  for (const { files } of packages) for (const file of files.properties) properties.parse(file);
  units.collect();
  services.builder.settleEnabled();
  properties.finishSources();
  units.collect();
  if (config.flags.inline !== null) parseInline(services, config.flags.inline);
  const names = new NodeNames(services);
  units.recorder.within(units.naming, () => nameNodes(services, names));
  units.freeze(secretValues(config.env));
  return { services, reader, properties, names, macros, units };
}

/** Connects what was found, checks it and makes the manifest. */
function finish({ services, reader, properties, names, macros }: Collected): ParsedProject {
  nameExports(services, names);
  resolveReferences(services, properties.places);
  resolveUnitTests(services);
  renderDescriptions(services, reader, properties);
  resolveMetrics(services);
  resolveMetricReferences(services, properties.places);
  inferPrimaryKeys(services.builder);
  checkNodes(services);
  checkMicrobatches(services);
  checkSemanticLayer(services);
  checkUniqueness(services);
  warnDeprecatedModels(services);
  warnUnusedPatches(properties.sources, (warning) => services.warn(warning));
  warnUnusedConfig(services);
  return { manifest: finishManifest(services, reader, properties), macros };
}

function readMacros({ config, packages, builtin }: Input, units: Units, now: () => number): MacroReader {
  const unexpected = (kind: string, span: SourceSpan): void => {
    const message = `Found unexpected '${kind}' block tag. in file \`${span.file}\``;
    units.warn(configWarning('UnexpectedJinjaBlockDeprecation', 'properties-deprecated', message, { span }));
  };
  const reader = new MacroReader(units, now, unexpected, config.flags.behavior['validate_macro_args'] === true);
  const read = ({ files }: Package): void => {
    for (const file of files.macros) reader.read(file);
    for (const file of files.genericTests) reader.read(file, true);
  };
  const [root, ...installed] = packages;
  if (root) read(root);
  for (const file of builtin) reader.read(file);
  for (const pkg of installed) read(pkg);
  return reader;
}

function macroTable({ config, adapter, plugin, packages }: Input, reader: MacroReader, units: Units): MacroTable {
  const internalPackages = [plugin.packageName, BUILTIN_PACKAGE.name];
  return new MacroTable(reader.macros, {
    rootPackage: config.project.project_name,
    internalPackages,
    dispatch: config.project.dispatch,
    dispatchPrefixes: adapter.dispatchPrefixes,
    packages: [...packages.map((p) => p.project.project_name), ...internalPackages],
    reads: units.recorder,
    requireExplicitOverrides:
      config.flags.behavior['require_explicit_package_overrides_for_builtin_materializations'] !== false,
    warnOverride: (packageName, name) =>
      units.warn(
        configWarning(
          'PackageMaterializationOverrideDeprecation',
          'properties-deprecated',
          `Installed package '${packageName}' is overriding the built-in materialization '${name}'. Overrides of built-in materializations from installed packages will be deprecated in future versions of dbt.`,
        ),
      ),
  });
}

function makeServices(
  { config, adapter, plugin, options }: Input,
  macros: MacroTable,
  units: Units,
  now: () => number,
): ParserServices {
  const warn = (warning: ConfigWarning): void => units.warn(warning);
  // What a template says is said at each parse: its unit is not kept.
  const saying = <A extends unknown[]>(say: ((...args: A) => void) | undefined) =>
    say
      ? (...args: A): void => {
          units.recorder.readUnrepeatable();
          say(...args);
        }
      : () => {};
  const invocation: Invocation = {
    config,
    adapter,
    plugin,
    reads: units.recorder,
    log: saying(options.log),
    print: saying(options.print),
    warn: (message, uniqueId, name = 'JinjaLogWarning') =>
      warn(configWarning(name, 'macro-warning', message, uniqueId === null ? {} : { uniqueId })),
  };
  return {
    config,
    invocation,
    macros,
    phase: createParsePhase<NodeDraft>({
      invocation,
      macros,
      relation: (node) => relationOf(invocation, node as never),
      model: (node) => modelView(node),
    }),
    resolver: new ConfigResolver(config),
    builder: new ManifestBuilder(units.recorder),
    units,
    modules: new ModuleFiles(config.project.root, typescriptDirectory(config)),
    warn,
    now,
  };
}

/** The kinds of file that are parsed by themselves, in dbt's order. */
const FILES: {
  readonly [kind in 'models' | 'snapshots' | 'analyses' | 'singularTests' | 'seeds' | 'functions' | 'docs']: (
    services: ParserServices,
    file: SourceFile,
  ) => void;
} = {
  models: parseModel,
  snapshots: parseSnapshots,
  analyses: parseAnalysis,
  singularTests: parseSingularTest,
  seeds: parseSeed,
  functions: parseFunction,
  docs: ({ builder }, file) => parseDocs(builder, file),
};

function parseFiles(services: ParserServices, { project, files, projectFile }: Package): void {
  const { units } = services;
  for (const kind of Object.keys(FILES) as (keyof typeof FILES)[]) {
    for (const file of files[kind]) {
      units.parse({ id: unitId(kind, file), hash: hashOf(kind, file) }, () => FILES[kind](services, file));
    }
  }
  const { on_run_start: start, on_run_end: end } = project;
  if (start.length + end.length === 0) return;
  units.parse({ id: unitId('operations', projectFile), hash: hooksHash(project, projectFile) }, () => {
    parseOperations(services, projectFile, start, 'on-run-start');
    parseOperations(services, projectFile, end, 'on-run-end');
  });
}

function hashOf(kind: string, file: SourceFile): string {
  return kind === 'seeds' ? file.seedHash : file.hash;
}

/** The nodes of hooks have the checksum of dbt_project.yml. */
function hooksHash({ on_run_start: start, on_run_end: end }: ProjectConfig, file: SourceFile): string {
  return `${file.hash} ${sha256(JSON.stringify([start, end]))}`;
}

/** All files as they are now, to be compared with those of an earlier parse. */
function presentUnits(packages: readonly Package[], builtin: readonly SourceFile[]): Present {
  const units = new Map<string, PresentUnit>();
  const properties = new Map<string, SourceFile>();
  const add = (kind: string, file: SourceFile, hash: string, named = false): void => {
    const id = unitId(kind, file);
    units.set(id, { id, hash, name: named ? file.name : null });
  };
  for (const { project, files, projectFile } of packages) {
    for (const file of files.macros) add('macros', file, file.hash);
    for (const file of files.genericTests) add('test-macros', file, file.hash);
    for (const kind of Object.keys(FILES) as (keyof typeof FILES)[])
      for (const file of files[kind]) add(kind, file, hashOf(kind, file), kind !== 'docs');
    for (const file of files.properties) {
      add('properties', file, file.hash);
      properties.set(unitId('properties', file), file);
    }
    if (project.on_run_start.length + project.on_run_end.length > 0)
      add('operations', projectFile, hooksHash(project, projectFile));
  }
  for (const file of builtin) add('macros', file, file.hash);
  const signatures = new Map<string, ReadonlyMap<string, string>>();
  return {
    units,
    signatures: (id) => {
      let found = signatures.get(id);
      if (!found) {
        const file = properties.get(id);
        found = file ? signaturesOf(file, id) : new Map();
        signatures.set(id, found);
      }
      return found;
    },
  };
}

function filesOf(files: PackageFiles): readonly SourceFile[] {
  return (Object.values(files) as (readonly SourceFile[])[]).flat();
}

/** The overview that documentation shows when the project has none of its own. */
function parseInternalDocs(services: ParserServices): void {
  const uniqueId = 'doc.dbt.__overview__';
  services.builder.docs.set(uniqueId, {
    name: '__overview__',
    resource_type: 'doc',
    package_name: 'dbt',
    path: 'overview.md',
    original_file_path: 'docs/overview.md',
    unique_id: uniqueId,
    block_contents: OVERVIEW,
  });
}

const OVERVIEW = `### Welcome!

This is the documentation of the project: its models, sources, tests and how they depend on each other. Write a docs
block named \`__overview__\` in a Markdown file of the project to put a text of your own here.`;

function nameNodes({ builder }: ParserServices, names: NodeNames): void {
  const name = (entry: NodeEntry): void => {
    if (!entry.named) names.apply(entry);
  };
  for (const entry of builder.nodes.values()) name(entry);
  for (const entries of builder.disabled.values()) for (const entry of entries) name(entry);
}
