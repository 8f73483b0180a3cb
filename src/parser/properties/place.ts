import { asRecord, readYaml } from '../../config/yaml.js';
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
  let value: unknown = readYaml(file.text, file.display).value;
  for (const key of [...path, ...below]) {
    value = Array.isArray(value) ? value[Number(key)] : asRecord(value)?.[String(key)];
  }
  return asRecord(value) ?? null;
}
