import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject, ResourceType } from '../../src/contracts/common.js';
import type { Manifest } from '../../src/contracts/manifest.js';
import type { IndirectSelection } from '../../src/graph/selector/spec.js';

/** One selection recorded from dbt by tests/oracle/select_record.py. */
export interface RecordedSelection {
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly selector?: string;
  readonly indirect_selection?: IndirectSelection;
  readonly resource_types?: readonly ResourceType[];
  readonly state?: boolean;
  readonly ids?: readonly string[];
  readonly warnings?: readonly string[];
  readonly error?: string;
}

/** One `dbt build` recorded with one thread: its nodes in the order in which they ended. */
export interface RecordedBuild {
  readonly select: readonly string[];
  readonly exclude?: readonly string[];
  readonly broken?: string;
  readonly results: readonly { readonly id: string; readonly status: string }[];
}

export const caseFolder = join(dirname(fileURLToPath(import.meta.url)), '../cases/select');

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(caseFolder, file), 'utf8')) as T;
}

export const manifest = read<Manifest>('manifest.json');
export const stateManifest = read<Manifest>('state_manifest.json');
export const builds = read<RecordedBuild[]>('builds.json');
export const selections = read<RecordedSelection[]>('selections.json').slice(1);
/** The method `selector`, recorded from dbt 1.12. */
export const selectorMethod = read<RecordedSelection[]>('selector_method.json').slice(1);

/** The elements of `selectors:` of the case's selectors.yml, as dbt normalised them. */
export const selectors = Object.values(manifest.selectors) as JsonObject[];

/** The resource types that `ls` lists without `--resource-type`. */
export const LISTED: readonly ResourceType[] = [
  'model',
  'snapshot',
  'seed',
  'test',
  'source',
  'exposure',
  'metric',
  'saved_query',
  'semantic_model',
  'unit_test',
  'function',
];
