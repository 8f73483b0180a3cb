import { readYamlFile } from '../../config/read-file.js';
import { SELECTORS_FILE } from '../../config/selectors.js';
import type { JsonObject } from '../../contracts/common.js';
import type { RuntimeConfig } from '../../contracts/runtime-config.js';
import { type DbtError, isDbtError } from '../../diagnostics/errors.js';
import { parseDefinitions } from '../../graph/selector/definitions.js';

/**
 * Refuses wrong definitions of selectors.yml, whether a command selects with them or not, as dbt does before it parses.
 *
 * @throws DbtError `selector-definition`, `selector-invalid`, `selector-method-unknown`, at the first selector that is wrong
 */
export function checkSelectors(config: RuntimeConfig): void {
  const selectors = config.selectors ?? [];
  try {
    parseDefinitions(selectors, 'eager');
  } catch (error) {
    throw isDbtError(error) ? placed(error, config, selectors) : error;
  }
}

function placed(error: DbtError, config: RuntimeConfig, selectors: readonly JsonObject[]): DbtError {
  const index = selectors.findIndex((_, i) => {
    try {
      parseDefinitions(selectors.slice(0, i + 1), 'eager');
      return false;
    } catch {
      return true;
    }
  });
  const { root } = config.project;
  const document = readYamlFile(root, SELECTORS_FILE, root);
  if (!document) return error;
  return error.with({ span: document.span(['selectors', index, 'definition']), sourceText: document.text });
}
