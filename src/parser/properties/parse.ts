import { configWarning } from '../../config/warnings.js';
import { isDbtError } from '../../diagnostics/errors.js';
import { parseExposure, parseGroup } from '../exposures.js';
import type { SourceFile } from '../files/source-file.js';
import { GenericTestParser } from '../generic-tests/attach.js';
import { parseTestsOf } from '../generic-tests/of-node.js';
import type { MacroReader } from '../macros/load.js';
import type { PropertiesPlace } from '../nodes/draft.js';
import { parseYamlSnapshot } from '../nodes/yaml-snapshot.js';
import { unitId, unitWithin } from '../partial/unit.js';
import { UnitTable } from '../partial/unit-table.js';
import { parseMetric } from '../semantic/metrics.js';
import { parseSavedQuery } from '../semantic/saved-queries.js';
import { parseSemanticModel } from '../semantic/semantic-models.js';
import type { ParserServices } from '../services.js';
import { buildSources } from '../sources/build.js';
import { SourceReader } from '../sources/read.js';
import type { FixtureFiles } from '../unit-tests/fixtures.js';
import { parseUnitTest } from '../unit-tests/parse.js';
import { writtenColumns } from './columns.js';
import { ENTRY_KEYS, signatureOf } from './document.js';
import { type PropertiesEntry, type PropertiesFile, PropertiesReader } from './file.js';
import { type MacroPatch, patchMacro, putMacroPatch } from './macro-patch.js';
import { patchNode } from './patch.js';
import { checkShape } from './shape.js';
import { NODE, SHAPES, SINGULAR_TEST } from './shapes.js';
import { patchSingularTest } from './test-patch.js';
import { warnUnknownKeys } from './unknown-keys.js';
import { patchVersions, writtenVersions } from './versions.js';

type EntryKey = (typeof ENTRY_KEYS)[number];

/** One entry of a list of a properties file by its number; all snapshots are one. */
type EntryOf = readonly [key: EntryKey, i: number];

function entriesOf(properties: PropertiesFile): EntryOf[] {
  return ENTRY_KEYS.flatMap((key): EntryOf[] => {
    const count = properties.count(key);
    return Array.from({ length: key === 'snapshots' ? Math.min(count, 1) : count }, (_, i) => [key, i]);
  });
}

/** Reads properties files: describes what is there, makes generic tests, sources, exposures and groups. */
export class PropertiesParser {
  readonly sources: SourceReader;
  readonly reader: PropertiesReader;
  readonly #services: ParserServices;
  readonly #macros: MacroReader;
  readonly #tests: GenericTestParser;
  readonly #fixtures: FixtureFiles;
  /** Where exposures and macros are described, by id, for the places of their descriptions. */
  readonly places: UnitTable<PropertiesPlace>;

  constructor(services: ParserServices, macros: MacroReader, fixtures: FixtureFiles) {
    this.#services = services;
    this.#macros = macros;
    this.#fixtures = fixtures;
    this.reader = new PropertiesReader(services);
    this.#tests = new GenericTestParser(services);
    const { recorder } = services.units;
    this.sources = new SourceReader(recorder);
    this.places = new UnitTable('places', recorder);
  }

  /** Reads one file, in dbt's order of kinds. */
  parse(file: SourceFile): void {
    const { units } = this.#services;
    const id = unitId('properties', file);
    const { hash } = file;
    let properties: PropertiesFile | undefined;
    let entries: EntryOf[] = [];
    const head = (): void => {
      properties = this.reader.read(file, (warning) => units.warn(warning));
      if (!properties) return;
      warnUnknownKeys(properties, (warning) => units.warn(warning));
      entries = entriesOf(properties);
      for (const entry of entries) units.recorder.extra(entry);
    };
    units.parse({ id, hash }, head, (extras) => {
      entries = extras as EntryOf[];
    });
    for (const [key, i] of entries) {
      const entry = (): void => {
        properties ??= this.reader.read(file, () => {});
        if (properties) this.#parseEntry(properties, key, i);
      };
      units.parse({ id: unitWithin(id, key, i), hash }, entry, (extras) => {
        for (const patch of extras) putMacroPatch(this.#macros, patch as MacroPatch);
      });
    }
  }

  #parseEntry(properties: PropertiesFile, key: EntryKey, i: number): void {
    const { recorder } = this.#services.units;
    if (key === 'snapshots') {
      this.#snapshots(properties);
      return;
    }
    const raw = properties.written(key)[i];
    if (recorder.current && raw !== undefined) recorder.current.signature = signatureOf(raw);
    const entry = properties.entry(key, i);
    recorder.name(entry.name);
    const shape = SHAPES[key];
    if (shape) checkShape(entry, shape.keys, shape.open);
    this.#parsers[key](entry);
  }

  /** All of a file: the nodes of each are made before the first is described. */
  #snapshots(properties: PropertiesFile): void {
    const snapshots = [...properties.entries('snapshots')];
    for (const entry of snapshots) this.#services.units.recorder.name(entry.name);
    for (const entry of snapshots) checkShape(entry, NODE, true);
    for (const entry of snapshots) parseYamlSnapshot(this.#services, entry);
    for (const entry of snapshots) this.#describe(entry);
  }

  readonly #parsers: { readonly [key in Exclude<EntryKey, 'snapshots'>]: (entry: PropertiesEntry) => void } = {
    models: (entry) => {
      const services = this.#services;
      const versions = writtenVersions(entry);
      if (versions.length > 0) patchVersions(services, entry, versions);
      else patchNode(services, entry, writtenColumns(entry, entry.data));
      parseTestsOf(services, this.#tests, entry, versions);
    },
    seeds: (entry) => this.#describe(entry),
    sources: (entry) => this.sources.read(entry),
    macros: (entry) => {
      const patch = patchMacro(this.#services, this.#macros, entry);
      if (patch) this.#services.units.recorder.extra(patch);
      this.#place('macro', entry);
    },
    data_tests: (entry) => this.#singularTest(entry),
    analyses: (entry) => patchNode(this.#services, entry, writtenColumns(entry, entry.data)),
    exposures: (entry) => {
      parseExposure(this.#services, entry);
      this.#place('exposure', entry);
    },
    functions: (entry) => patchNode(this.#services, entry, []),
    metrics: (entry) => {
      parseMetric(this.#services, entry);
      this.#place('metric', entry);
    },
    groups: (entry) => parseGroup(this.#services, entry),
    semantic_models: (entry) => {
      parseSemanticModel(this.#services, entry);
      this.#place('semantic_model', entry);
    },
    unit_tests: (entry) => parseUnitTest(this.#services, this.#fixtures, entry),
    saved_queries: (entry) => {
      parseSavedQuery(this.#services, entry);
      this.#place('saved_query', entry);
    },
  };

  #place(kind: string, { file, name, place }: PropertiesEntry): void {
    this.places.set(`${kind}.${file.file.packageName}.${name}`, place);
  }

  /** Makes the sources, once every file is read. */
  finishSources(): void {
    buildSources(this.#services, this.sources, this.#tests);
  }

  /** dbt does without what a properties file says of a singular test when it is not valid, and notes it. */
  #singularTest(entry: PropertiesEntry): void {
    try {
      checkShape(entry, SINGULAR_TEST, true);
      patchSingularTest(this.#services, entry);
    } catch (error) {
      if (!isDbtError(error)) throw error;
      const { code, message, span, hint } = error.diagnostic;
      const text = `Unable to parse 'data_tests' section of file '${entry.file.file.original}'\n${message}`;
      this.#services.warn(configWarning('Note', code, text, { ...(span && { span }), ...(hint && { hint }) }));
    }
  }

  #describe(entry: PropertiesEntry): void {
    patchNode(this.#services, entry, writtenColumns(entry, entry.data));
    parseTestsOf(this.#services, this.#tests, entry, []);
  }
}
