import { asRecord, readYaml, type YamlDocument } from '../../config/yaml.js';
import type { SourceSpan } from '../../diagnostics/span.js';
import type { PropertiesPlace } from '../nodes/draft.js';

/** The place of a key below an entry of a properties file. Reads the file anew: for diagnostics only. */
export function placeOf({ file, path }: PropertiesPlace, below: readonly (string | number)[] = []): SourceSpan {
  return readYaml(file.text, file.display).span([...path, ...below]);
}

/** The mapping below an entry of a properties file, unrendered; null where there is none. Reads the file anew. */
export function writtenAt(
  { file, path }: PropertiesPlace,
  below: readonly string[],
): { readonly [key: string]: unknown } | null {
  return entryAt(readYaml(file.text, file.display), [...path, ...below]) ?? null;
}

/** The place of a key of an entry's configuration, below `config:` or beside it; the entry's own without such a key. */
export function placeOfConfig({ file, path }: PropertiesPlace, key: string): SourceSpan {
  const document = readYaml(file.text, file.display);
  const own = entryAt(document, path);
  const within = Object.hasOwn(asRecord(own?.['config']) ?? {}, key) ? ['config', key] : [];
  return document.span([...path, ...(within.length === 0 && Object.hasOwn(own ?? {}, key) ? [key] : within)]);
}

/** The place of a reference in `depends_on:` or `model:` of an entry; the entry's own when it is written otherwise. */
export function placeOfReference({ file, path }: PropertiesPlace, names: readonly string[]): SourceSpan {
  const document = readYaml(file.text, file.display);
  const own = entryAt(document, path);
  const named = (text: unknown): boolean => names.every((name) => String(text).includes(name));
  const list = own?.['depends_on'];
  const i = Array.isArray(list) ? list.findIndex(named) : -1;
  if (i >= 0) return document.span([...path, 'depends_on', i]);
  return document.span(named(own?.['model']) ? [...path, 'model'] : path);
}

function entryAt(document: YamlDocument, path: readonly (string | number)[]): ReturnType<typeof asRecord> {
  let entry: unknown = document.value;
  for (const step of path) entry = Array.isArray(entry) ? entry[Number(step)] : asRecord(entry)?.[step];
  return asRecord(entry);
}

/** The place of a text below an entry; of its description when the text is not there. */
export function placeOfText({ file, path }: PropertiesPlace, text: string): SourceSpan {
  const document = readYaml(file.text, file.display);
  return document.span([...path, ...(pathOf(entryAt(document, path), text) ?? ['description'])]);
}

function pathOf(value: unknown, text: string): readonly (string | number)[] | undefined {
  if (value === text) return [];
  const below = Array.isArray(value) ? value.entries() : Object.entries(asRecord(value) ?? {});
  for (const [step, item] of below) {
    const path = pathOf(item, text);
    if (path) return [step, ...path];
  }
  return undefined;
}
