import { readYaml } from '../../config/yaml.js';
import { isDbtError } from '../../diagnostics/errors.js';
import { typeError } from '../../jinja/errors.js';
import { type HostObject, isUndefined } from '../../jinja/values.js';
import { dumpYaml } from './dump-yaml.js';
import { define } from './plain-functions.js';

/** dbt's `fromyaml` and `toyaml`. */
export function yamlFunctions(): ReadonlyMap<string, HostObject> {
  return new Map([
    define('fromyaml', ['value', 'default'], [null], ([text, fallback]) => {
      if (typeof text !== 'string') {
        if (isUndefined(text)) return fallback;
        throw typeError('a string or stream input is required');
      }
      try {
        return readYaml(text, '<fromyaml>', { strip: false, dates: 'values' }).value;
      } catch (error) {
        if (isDbtError(error)) return fallback;
        throw error;
      }
    }),
    define('toyaml', ['value', 'default', 'sort_keys'], [null, false], ([value, fallback, sortKeys]) => {
      const text = dumpYaml(value, sortKeys === true);
      return text ?? fallback;
    }),
  ]);
}
