import { configWarning } from '../../config/warnings.js';
import { literalEval } from '../../jinja/text/literal-eval.js';
import { PyTuple, toPlain } from '../../jinja/values.js';
import { fileSpan } from '../parse-error.js';
import type { ParserServices } from '../services.js';
import { applyConfig } from './apply-config.js';
import type { NodeEntry } from './draft.js';
import { located } from './render-node.js';

const TEXT = String.raw`(?:"([^"\\\n]*)"|'([^'\\\n]*)')`;
const REF = new RegExp(String.raw`\bdbt\.ref\(\s*${TEXT}(?:\s*,\s*${TEXT})?`, 'g');
const SOURCE = new RegExp(String.raw`\bdbt\.source\(\s*${TEXT}\s*,\s*${TEXT}\s*\)`, 'g');
const CONFIG = /\bdbt\.config\(([^()]*)\)/g;
const CONFIG_GET = /\bdbt\.config\.(get|meta_get)\(([^()]*)\)/g;
const OPTION = new RegExp(String.raw`(\w+)\s*=\s*(?:${TEXT}|(True|False|None)|(-?\d+))`, 'g');

/** What dbt notes of `dbt.config.get` and `dbt.config.meta_get`: the keys and, where one is given, the default; nothing without any. */
function keysAsked(code: string): { readonly [config: string]: readonly unknown[] } {
  const asked: { [config: string]: unknown[] } = {};
  for (const [, fn, list = ''] of code.matchAll(CONFIG_GET)) {
    const literal = literalEval(`(${list.replace(/,\s*$/, '')},)`);
    const given = literal?.value instanceof PyTuple ? literal.value.items.map(toPlain) : [];
    if (given.length === 0 || given.length > 2) continue;
    for (const of of ['config', 'meta']) for (const what of ['used', 'defaults']) asked[`${of}_keys_${what}`] ??= [];
    const of = fn === 'get' ? 'config' : 'meta';
    asked[`${of}_keys_used`]?.push(given[0]);
    asked[`${of}_keys_defaults`]?.push(given[1] ?? null);
  }
  return asked;
}

/**
 * Reads what a Python model says with literals: `dbt.ref`, `dbt.source`, `dbt.config`. tsdbt has no Python: the model
 * is in the graph, running it is refused.
 */
export function readPythonModel(services: ParserServices, entry: NodeEntry): void {
  const { node, file } = entry;
  const code = node.raw_code.replace(/^[ \t]*#.*$/gm, '');
  for (const match of code.matchAll(REF)) {
    const first = match[1] ?? match[2] ?? '';
    const second = match[3] ?? match[4];
    node.refs?.push({ name: second ?? first, package: second === undefined ? null : first, version: null });
  }
  for (const match of code.matchAll(SOURCE))
    node.sources?.push([match[1] ?? match[2] ?? '', match[3] ?? match[4] ?? '']);
  const call: { [key: string]: unknown } = {};
  for (const [, options = ''] of code.matchAll(CONFIG)) {
    for (const [, key = '', double, single, word, digits] of options.matchAll(OPTION)) {
      call[key] =
        double ?? single ?? (digits === undefined ? (word === 'None' ? null : word === 'True') : Number(digits));
    }
  }
  Object.assign(call, keysAsked(code));
  entry.call = call;
  located(entry, () => applyConfig(services, entry, null));
  services.warn(
    configWarning('PythonModel', 'python-model', `Python model '${node.name}' is read, but tsdbt can't run Python`, {
      span: fileSpan(file),
      uniqueId: node.unique_id,
      hint: 'Write it in SQL or as a TypeScript model: docs/typescript-models.md.',
    }),
  );
  services.builder.add(entry);
}
