import type { ConfigWarning } from '../../config/warnings.js';
import type { SourceFile } from '../files/source-file.js';
import type { DisabledResource, UnitTestEntry, Written } from '../manifest-builder.js';
import type { NodeDraft, NodeEntry, PropertiesPlace } from '../nodes/draft.js';
import type { Item, Unit } from './unit.js';

/** A place in a properties file: the file's id and the path. */
type KeptPlace = readonly [file: string, path: readonly (string | number)[]];

/** A table of a source whose result was kept: the table's unit has the rest. */
export interface KeptTable {
  readonly place: PropertiesPlace;
  /** The id of the entry's unit. */
  readonly unit: string;
}

/** A node as it is kept, once it has its names: what went into its configuration is not needed any more. */
interface KeptNode {
  readonly node: NodeDraft;
  readonly file: string;
  readonly properties: KeptPlace | null;
}

/** A unit's result as it is kept. Short keys: there are thousands. */
export interface KeptResult {
  /** Items: table, key, value. */
  readonly i: readonly (readonly [table: string, key: string, value: unknown])[];
  /** Warnings. */
  readonly w?: readonly ConfigWarning[];
  /** Extras. */
  readonly x?: readonly unknown[];
}

/** What was kept can't be used: the project has to be parsed from the beginning. */
export class KeptUnusable extends Error {}

/** A unit's result as JSON; null when a value of it would not come back from JSON as it was. */
export function keepResult(unit: Unit): string | null {
  const warnings = unit.warnings.map(({ sourceText: _text, ...warning }) => warning);
  const kept: KeptResult = {
    i: unit.items.map(({ table, key, value }) => [table, key, keepValue(table, value)]),
    ...(warnings.length > 0 ? { w: warnings } : {}),
    ...(unit.extras.length > 0 ? { x: unit.extras } : {}),
  };
  return isPlain(kept) ? JSON.stringify(kept) : null;
}

function keepValue(table: string, value: unknown): unknown {
  switch (table) {
    case 'nodes':
    case 'disabled': {
      const { node, file, properties } = value as NodeEntry;
      return { node, file: file.id, properties: keepPlace(properties) } satisfies KeptNode;
    }
    case 'unitTests':
      return (value as UnitTestEntry).test;
    case 'metrics':
    case 'semanticModels':
    case 'savedQueries':
      return (value as Written<unknown>).resource;
    case 'places':
      return keepPlace(value as PropertiesPlace);
    case 'sourceTables': {
      const { entry, unit } = value as {
        readonly entry: { readonly place: PropertiesPlace };
        readonly unit: Unit | null;
      };
      return { place: keepPlace(entry.place), unit: unit?.id ?? '' };
    }
    case 'sourcePatches': {
      const { entry: _entry, place, ...patch } = value as { readonly entry: unknown; readonly place: PropertiesPlace };
      return { ...patch, place: keepPlace(place) };
    }
    default:
      return value;
  }
}

/** A value of a table, of what was kept. */
export function takeValue(table: Item['table'], kept: unknown, fileOf: (id: string) => SourceFile): unknown {
  switch (table) {
    case 'nodes':
    case 'disabled': {
      const { node, file, properties } = kept as KeptNode;
      const entry: NodeEntry = {
        node,
        file: fileOf(file),
        call: null,
        settings: {},
        properties: takePlace(properties, fileOf),
        named: true,
      };
      return entry;
    }
    case 'unitTests':
      return { test: kept, refuse } as UnitTestEntry;
    case 'metrics':
    case 'semanticModels':
    case 'savedQueries':
      return { resource: kept, refuse } as Written<unknown>;
    case 'places':
      return takePlace(kept as KeptPlace, fileOf);
    case 'sourceTables': {
      const { place, unit } = kept as { readonly place: KeptPlace; readonly unit: string };
      return { place: takePlace(place, fileOf) as PropertiesPlace, unit } satisfies KeptTable;
    }
    case 'sourcePatches': {
      const patch = kept as { readonly place: KeptPlace };
      return { ...patch, place: takePlace(patch.place, fileOf), entry: null };
    }
    default:
      return kept as DisabledResource;
  }
}

/** Where a kept resource is wrong is only found by reading its file anew. */
function refuse(): Error {
  return new KeptUnusable('a resource that was kept is refused');
}

function keepPlace(place: PropertiesPlace | null): KeptPlace | null {
  return place && [place.file.id, place.path];
}

function takePlace(kept: KeptPlace | null, fileOf: (id: string) => SourceFile): PropertiesPlace | null {
  return kept && { file: fileOf(kept[0]), path: kept[1] };
}

/** Whether a value comes back from JSON as it was. */
function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isPlain(value[i])) return false;
    return true;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype || Object.getOwnPropertySymbols(value).length > 0) return false;
  for (const key in value) {
    // A key without a value is the same as no key for all that reads nodes.
    const item = (value as { readonly [key: string]: unknown })[key];
    if (item !== undefined && !isPlain(item)) return false;
  }
  return true;
}
