import type { RefArgs } from '../../contracts/common.js';
import { isDbtError } from '../../diagnostics/errors.js';
import { findCalls } from '../../jinja/calls.js';
import { compileTemplate } from '../../jinja/environment.js';

/** Reads `ref('x')` or `source('s', 't')` without running it; undefined when it is neither. */
export function readReference(expression: string): RefArgs | readonly [string, string] | undefined {
  let calls: ReturnType<typeof findCalls>;
  try {
    calls = findCalls(compileTemplate(`{{ ${expression} }}`, { file: '<expression>' }));
  } catch (error) {
    if (isDbtError(error)) return undefined;
    throw error;
  }
  const call = calls[0];
  if (!call) return undefined;
  const texts = call.positional.filter((value): value is string => typeof value === 'string');
  if (texts.length !== call.positional.length) return undefined;
  if (call.name === 'source' && texts.length === 2) return [texts[0] as string, texts[1] as string];
  if (call.name !== 'ref' || texts.length < 1 || texts.length > 2) return undefined;
  const version = call.keyword.get('version') ?? call.keyword.get('v') ?? null;
  return {
    name: texts.at(-1) as string,
    package: texts.length === 2 ? (texts[0] as string) : null,
    version: typeof version === 'string' || typeof version === 'number' ? version : null,
  };
}
