import { createHash } from 'node:crypto';
import { asRecord, readYaml, type YamlDocument } from '../../config/yaml.js';
import { pyRepr } from '../../jinja/values.js';
import type { SourceFile } from '../files/source-file.js';
import { unitWithin } from '../partial/unit.js';

const documents = new WeakMap<SourceFile, YamlDocument>();

/** The YAML of a properties file, read once. Throws `yaml-syntax`. */
export function readDocument(file: SourceFile): YamlDocument {
  let document = documents.get(file);
  if (!document) {
    document = readYaml(file.text, file.display);
    documents.set(file, document);
  }
  return document;
}

/**
 * The kinds of entry whose result depends on nothing of the file but the entry, in dbt's order, with `snapshots` between
 * them: all snapshots of a file are taken together, and have the file's checksum.
 */
export const ENTRY_KEYS = [
  'models',
  'seeds',
  'snapshots',
  'sources',
  'macros',
  'data_tests',
  'analyses',
  'exposures',
  'functions',
  'metrics',
  'groups',
  'semantic_models',
  'unit_tests',
  'saved_queries',
] as const;

/** The hash of an entry as it is written. */
export function signatureOf(entry: unknown): string {
  return createHash('sha1').update(pyRepr(entry)).digest('base64').slice(0, 16);
}

/** The signatures of a file's entries by the ids of their units; none when the file can't be read. */
export function signaturesOf(file: SourceFile, id: string): ReadonlyMap<string, string> {
  const signatures = new Map<string, string>();
  let root: { readonly [key: string]: unknown } | undefined;
  try {
    root = asRecord(readDocument(file).value);
  } catch {
    // What is wrong with it is said when it is parsed.
    return signatures;
  }
  for (const key of ENTRY_KEYS) {
    const list = root?.[key];
    if (key === 'snapshots' || !Array.isArray(list)) continue;
    for (const [i, item] of list.entries()) signatures.set(unitWithin(id, key, i), signatureOf(item));
  }
  return signatures;
}
