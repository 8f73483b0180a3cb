import { configWarning } from '../../config/warnings.js';
import { parseExposure, parseGroup } from '../exposures.js';
import type { SourceFile } from '../files/source-file.js';
import { GenericTestParser } from '../generic-tests/attach.js';
import { parseTestsOf } from '../generic-tests/of-node.js';
import type { MacroReader } from '../macros/load.js';
import { parseYamlSnapshot } from '../nodes/yaml-snapshot.js';
import { parseMetric } from '../semantic/metrics.js';
import { parseSavedQuery } from '../semantic/saved-queries.js';
import { parseSemanticModel } from '../semantic/semantic-models.js';
import type { ParserServices } from '../services.js';
import { buildSources } from '../sources/build.js';
import { SourceReader } from '../sources/read.js';
import type { FixtureFiles } from '../unit-tests/fixtures.js';
import { parseUnitTest } from '../unit-tests/parse.js';
import { writtenColumns } from './columns.js';
import { type PropertiesEntry, type PropertiesFile, PropertiesReader } from './file.js';
import { patchMacro } from './macro-patch.js';
import { patchNode } from './patch.js';
import { patchSingularTest } from './test-patch.js';
import { warnUnknownKeys } from './unknown-keys.js';
import { patchVersions, writtenVersions } from './versions.js';

/** Kinds of resource that are read over with a warning. */
const UNSUPPORTED = ['functions'];

/** Reads properties files: describes what is there, makes generic tests, sources, exposures and groups. */
export class PropertiesParser {
  readonly sources = new SourceReader();
  readonly reader: PropertiesReader;
  readonly #services: ParserServices;
  readonly #macros: MacroReader;
  readonly #tests: GenericTestParser;
  readonly #fixtures: FixtureFiles;
  readonly #unsupported = new Map<string, PropertiesFile[]>();
  /** Where exposures and macros are described, by id, for the places of their descriptions. */
  readonly places = new Map<string, PropertiesEntry>();

  constructor(services: ParserServices, macros: MacroReader, fixtures: FixtureFiles) {
    this.#services = services;
    this.#macros = macros;
    this.#fixtures = fixtures;
    this.reader = new PropertiesReader(services);
    this.#tests = new GenericTestParser(services);
  }

  /** Reads one file, in dbt's order of kinds. */
  parse(file: SourceFile): void {
    const services = this.#services;
    const properties = this.reader.read(file);
    if (!properties) return;
    warnUnknownKeys(properties, (warning) => services.warn(warning));
    for (const entry of properties.entries('models')) {
      const versions = writtenVersions(entry);
      if (versions.length > 0) patchVersions(services, entry, versions);
      else patchNode(services, entry, writtenColumns(entry, entry.data));
      parseTestsOf(services, this.#tests, entry, versions);
    }
    for (const entry of properties.entries('seeds')) this.#describe(entry);
    if (properties.has('snapshots')) {
      const snapshots = [...properties.entries('snapshots')];
      for (const entry of snapshots) parseYamlSnapshot(services, entry);
      for (const entry of snapshots) this.#describe(entry);
    }
    for (const entry of properties.entries('sources')) this.sources.read(entry);
    for (const entry of properties.entries('macros')) {
      patchMacro(services, this.#macros, entry);
      this.places.set(`macro.${file.packageName}.${entry.name}`, entry);
    }
    for (const entry of properties.entries('data_tests')) patchSingularTest(services, entry);
    for (const entry of properties.entries('analyses')) patchNode(services, entry, writtenColumns(entry, entry.data));
    for (const entry of properties.entries('exposures')) {
      parseExposure(services, entry);
      this.places.set(`exposure.${file.packageName}.${entry.name}`, entry);
    }
    for (const entry of properties.entries('metrics')) {
      parseMetric(services, entry);
      this.places.set(`metric.${file.packageName}.${entry.name}`, entry);
    }
    for (const entry of properties.entries('groups')) parseGroup(services, entry);
    for (const entry of properties.entries('semantic_models')) {
      parseSemanticModel(services, entry);
      this.places.set(`semantic_model.${file.packageName}.${entry.name}`, entry);
    }
    for (const entry of properties.entries('unit_tests')) parseUnitTest(services, this.#fixtures, entry);
    for (const entry of properties.entries('saved_queries')) {
      parseSavedQuery(services, entry);
      this.places.set(`saved_query.${file.packageName}.${entry.name}`, entry);
    }
    this.#noteUnsupported(properties);
  }

  /** Makes the sources, once every file is read, and says what was left out. */
  finishSources(): void {
    buildSources(this.#services, this.sources, this.#tests);
    this.#warnUnsupported();
  }

  #describe(entry: PropertiesEntry): void {
    patchNode(this.#services, entry, writtenColumns(entry, entry.data));
    parseTestsOf(this.#services, this.#tests, entry, []);
  }

  #noteUnsupported(properties: PropertiesFile): void {
    for (const key of UNSUPPORTED) {
      if (!properties.has(key)) continue;
      const files = this.#unsupported.get(key);
      if (files) files.push(properties);
      else this.#unsupported.set(key, [properties]);
    }
  }

  /** One warning a kind: nothing is left out in silence. */
  #warnUnsupported(): void {
    for (const [key, files] of this.#unsupported) {
      const [first] = files;
      if (!first) continue;
      const names = files.map(({ file }) => file.original).join(', ');
      const message = `tsdbt does not have '${key}' yet: those of ${names} are left out`;
      this.#services.warn(
        configWarning('UnsupportedResource', 'properties-unsupported', message, { span: first.document.span([key]) }),
      );
    }
  }
}
