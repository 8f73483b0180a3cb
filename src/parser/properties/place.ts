import { readYaml } from '../../config/yaml.js';
import type { SourceSpan } from '../../diagnostics/span.js';
import type { PropertiesPlace } from '../nodes/draft.js';

/** The place of a key below an entry of a properties file. Reads the file anew: for diagnostics only. */
export function placeOf({ file, path }: PropertiesPlace, below: readonly (string | number)[] = []): SourceSpan {
  return readYaml(file.text, file.display).span([...path, ...below]);
}
