import type { JsonObject } from '../contracts/common.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError } from '../diagnostics/errors.js';
import { dictEntries, dictGet, dictHas, isDict, pyStr, toPlain } from '../jinja/values.js';
import { readYamlFile } from './read-file.js';
import { type KeyPath, type Names, renderYaml } from './render.js';

export const SELECTORS_FILE = 'selectors.yml';
const KEYS = ['name', 'definition', 'description', 'default'];

/**
 * Reads selectors.yml: the elements of `selectors:`, rendered and of the right shape; their definitions are the
 * graph's. Null without the file or when it is empty. Throws `selectors-invalid`.
 */
export function readSelectors(root: string, names: Names): readonly JsonObject[] | null {
  const document = readYamlFile(root, SELECTORS_FILE, root);
  if (!document || document.value === null) return null;
  const rendered = renderYaml(document.value, names, { document });
  const fail = (message: string, path: KeyPath, hint: string, what?: 'key' | 'value'): DbtError =>
    new DbtError('selectors-invalid', `Could not parse selector file data: ${message}`, {
      span: document.span(path, what),
      sourceText: document.text,
      hint,
    });

  const list = isDict(rendered) ? dictGet(rendered, 'selectors') : undefined;
  if (!isDict(rendered) || !Array.isArray(list)) {
    throw fail(
      "there is no list 'selectors'",
      [isDict(rendered) ? 'selectors' : 0],
      "Write 'selectors:' and a list under it.",
    );
  }
  for (const [key] of dictEntries(rendered)) {
    if (key === 'selectors' || key === 'version') continue;
    const hint = didYouMean(pyStr(key), ['selectors', 'version']) ?? 'The file has one key: selectors.';
    throw fail(`'${pyStr(key)}' was unexpected`, [pyStr(key)], hint);
  }

  let chosen: string | undefined;
  return list.map((item: unknown, index): JsonObject => {
    const path = ['selectors', index];
    if (!isDict(item)) throw fail('a selector is no mapping', path, `It has the keys ${KEYS.join(', ')}.`);
    for (const key of ['name', 'definition']) {
      if (!dictHas(item, key)) throw fail(`'${key}' is a required property`, path, `Add '${key}:' to the selector.`);
    }
    for (const [key, value] of dictEntries(item)) {
      const name = pyStr(key);
      if (!KEYS.includes(name)) {
        throw fail(
          `'${name}' was unexpected`,
          [...path, name],
          didYouMean(name, KEYS) ?? `A selector has: ${KEYS.join(', ')}.`,
        );
      }
      if (!FORMS[name]?.(value))
        throw fail(`the value of '${name}' has the wrong form`, [...path, name], HINTS[name] ?? '', 'value');
    }
    const name = pyStr(dictGet(item, 'name'));
    if (dictGet(item, 'default') === true) {
      if (chosen !== undefined) {
        const message = `Found multiple selectors with \`default: true\`: ${chosen} and ${name}`;
        throw fail(message, [...path, 'default'], 'One selector at most can be the default.');
      }
      chosen = name;
    }
    return toPlain(item) as JsonObject;
  });
}

const FORMS: { readonly [key: string]: (value: unknown) => boolean } = {
  name: (value) => typeof value === 'string',
  definition: (value) => typeof value === 'string' || isDict(value),
  description: (value) => typeof value === 'string',
  default: (value) => typeof value === 'boolean',
};

const HINTS: { readonly [key: string]: string } = {
  name: 'It is text.',
  definition: 'Valid definitions: text, a mapping with method and value, union, or intersection. No lists.',
  description: 'It is text.',
  default: 'It is true or false.',
};
