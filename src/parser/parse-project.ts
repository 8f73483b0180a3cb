import type { Adapter, AdapterPlugin } from '../adapters/base/adapter.js';
import { BUILTIN_PACKAGE } from '../builtin/index.js';
import type { ConfigWarning } from '../config/warnings.js';
import { configWarning } from '../config/warnings.js';
import type { Invocation } from '../context/invocation.js';
import { MacroTable } from '../context/macro-table.js';
import { createParsePhase } from '../context/parse-context.js';
import { relationOf } from '../context/relations.js';
import type { Manifest } from '../contracts/manifest.js';
import type { ProjectConfig, RuntimeConfig } from '../contracts/runtime-config.js';
import type { SourceSpan } from '../diagnostics/span.js';
import { warnDeprecatedModels } from './checks/deprecations.js';
import { checkNodes } from './checks/node-checks.js';
import { checkSemanticLayer } from './checks/semantic-layer.js';
import { checkUniqueness } from './checks/uniqueness.js';
import { warnUnusedConfig } from './checks/unused-config.js';
import { ConfigResolver } from './config/resolver.js';
import { parseDocs } from './docs.js';
import { findMacroFiles, findPackageFiles, type PackageFiles } from './files/package-files.js';
import { SourceFile } from './files/source-file.js';
import { macroDependencies } from './macros/dependencies.js';
import { MacroReader } from './macros/load.js';
import { finishManifest } from './manifest.js';
import { ManifestBuilder } from './manifest-builder.js';
import { NodeNames } from './names.js';
import type { NodeDraft } from './nodes/draft.js';
import { parseSnapshots } from './nodes/snapshot.js';
import {
  parseAnalysis,
  parseInline,
  parseModel,
  parseOperations,
  parseSeed,
  parseSingularTest,
} from './nodes/sql-nodes.js';
import { inferPrimaryKeys } from './primary-key.js';
import { PropertiesParser } from './properties/parse.js';
import { renderDescriptions } from './references/render-descriptions.js';
import { resolveMetricReferences, resolveReferences } from './references/resolve.js';
import { resolveMetrics } from './semantic/resolve.js';
import { nameExports } from './semantic/saved-queries.js';
import type { ParserServices } from './services.js';
import { fixtureFiles } from './unit-tests/fixtures.js';
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
}

/** A package and its files. */
interface Package {
  readonly project: ProjectConfig;
  readonly files: PackageFiles;
}

/**
 * Reads a project and its packages: files in, manifest out. Nothing is executed, no database is opened.
 *
 * @throws DbtError with the place of what is wrong; DbtErrors when several references are.
 */
export async function parseProject(
  config: RuntimeConfig,
  adapter: Adapter,
  plugin: AdapterPlugin,
  options: ParseOptions,
): Promise<ParsedProject> {
  const packages = [config.project, ...config.packages.values()].map(
    (project): Package => ({ project, files: findPackageFiles(project, config.project.root) }),
  );
  const now = (): number => Date.now() / 1000;
  const reader = readMacros(config, plugin, packages, options.warn, now);
  const macros = macroTable(config, adapter, plugin, packages, reader, options.warn);
  const services = makeServices(config, adapter, plugin, macros, options, now);
  for (const loaded of reader.macros) loaded.macro.depends_on = { macros: macroDependencies(loaded, macros) };

  for (const pkg of packages) parseFiles(services, pkg);
  parseInternalDocs(services);
  const properties = new PropertiesParser(
    services,
    reader,
    fixtureFiles(packages.flatMap(({ files }) => files.fixtures)),
  );
  for (const { files } of packages) for (const file of files.properties) properties.parse(file);
  services.builder.settleEnabled();
  properties.finishSources();
  if (config.flags.inline !== null) parseInline(services, config.flags.inline);
  nameNodes(services);
  resolveReferences(services);
  resolveUnitTests(services);
  renderDescriptions(services, reader, properties);
  resolveMetrics(services);
  resolveMetricReferences(services);
  inferPrimaryKeys(services.builder);
  checkNodes(services);
  checkSemanticLayer(services);
  checkUniqueness(services);
  warnDeprecatedModels(services);
  warnUnusedConfig(services);
  return { manifest: finishManifest(services, reader, properties), macros };
}

function readMacros(
  config: RuntimeConfig,
  plugin: AdapterPlugin,
  packages: readonly Package[],
  warn: ParseOptions['warn'],
  now: () => number,
): MacroReader {
  const unexpected = (kind: string, span: SourceSpan): void => {
    const message = `Found unexpected '${kind}' block tag. in file \`${span.file}\``;
    warn(configWarning('UnexpectedJinjaBlockDeprecation', 'properties-deprecated', message, { span }));
  };
  const reader = new MacroReader(now, unexpected, config.flags.behavior['validate_macro_args'] === true);
  const read = ({ files }: Package): void => {
    for (const file of files.macros) reader.read(file);
    for (const file of files.genericTests) reader.read(file, true);
  };
  const [root, ...installed] = packages;
  if (root) read(root);
  for (const file of findMacroFiles(plugin.packageName, plugin.includeDir)) reader.read(file);
  for (const file of findMacroFiles(BUILTIN_PACKAGE.name, BUILTIN_PACKAGE.directory)) reader.read(file);
  for (const pkg of installed) read(pkg);
  return reader;
}

function macroTable(
  config: RuntimeConfig,
  adapter: Adapter,
  plugin: AdapterPlugin,
  packages: readonly Package[],
  reader: MacroReader,
  warn: ParseOptions['warn'],
): MacroTable {
  const internalPackages = [plugin.packageName, BUILTIN_PACKAGE.name];
  return new MacroTable(reader.macros, {
    rootPackage: config.project.project_name,
    internalPackages,
    dispatch: config.project.dispatch,
    dispatchPrefixes: adapter.dispatchPrefixes,
    packages: [...packages.map((p) => p.project.project_name), ...internalPackages],
    requireExplicitOverrides:
      config.flags.behavior['require_explicit_package_overrides_for_builtin_materializations'] !== false,
    warnOverride: (packageName, name) =>
      warn(
        configWarning(
          'PackageMaterializationOverrideDeprecation',
          'properties-deprecated',
          `Installed package '${packageName}' is overriding the built-in materialization '${name}'. Overrides of built-in materializations from installed packages will be deprecated in future versions of dbt.`,
        ),
      ),
  });
}

function makeServices(
  config: RuntimeConfig,
  adapter: Adapter,
  plugin: AdapterPlugin,
  macros: MacroTable,
  options: ParseOptions,
  now: () => number,
): ParserServices {
  const invocation: Invocation = {
    config,
    adapter,
    plugin,
    log: options.log ?? (() => {}),
    print: options.print ?? (() => {}),
    warn: (message, uniqueId) =>
      options.warn(configWarning('JinjaLogWarning', 'macro-warning', message, uniqueId === null ? {} : { uniqueId })),
  };
  return {
    config,
    invocation,
    macros,
    phase: createParsePhase<NodeDraft>({
      invocation,
      macros,
      relation: (node) => relationOf(invocation, node as never),
      model: (node) => withoutNulls(node),
    }),
    resolver: new ConfigResolver(config),
    builder: new ManifestBuilder(),
    warn: options.warn,
    now,
  };
}

/** A node as Jinja's `model` has it: keys that are None left out. */
function withoutNulls(node: NodeDraft): unknown {
  return Object.fromEntries(Object.entries(node).filter(([, value]) => value !== null));
}

function parseFiles(services: ParserServices, { project, files }: Package): void {
  for (const file of files.models) parseModel(services, file);
  for (const file of files.snapshots) parseSnapshots(services, file);
  for (const file of files.analyses) parseAnalysis(services, file);
  for (const file of files.singularTests) parseSingularTest(services, file);
  for (const file of files.seeds) parseSeed(services, file);
  for (const file of files.docs) parseDocs(services.builder, file);
  if (project.on_run_start.length + project.on_run_end.length === 0) return;
  const { root, project_name: packageName } = project;
  const file = new SourceFile({ packageName, root, searched: '.', relative: 'dbt_project.yml' });
  parseOperations(services, file, project.on_run_start, 'on-run-start');
  parseOperations(services, file, project.on_run_end, 'on-run-end');
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

function nameNodes(services: ParserServices): void {
  const names = new NodeNames(services);
  for (const entry of services.builder.nodes.values()) names.apply(entry);
  for (const entries of services.builder.disabled.values()) for (const entry of entries) names.apply(entry);
  nameExports(services, names);
}
