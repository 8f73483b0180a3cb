import type { ParserServices } from '../services.js';
import type { NodeDraft } from './draft.js';

const TEXT = String.raw`(?:'[^'\\]*'|"[^"\\]*")`;
const STATIC = new RegExp(
  [
    String.raw`^ref\(\s*${TEXT}(?:\s*,\s*${TEXT})?(?:\s*,\s*v(?:ersion)?\s*=\s*(?:${TEXT}|\d+))?\s*,?\s*\)$`,
    String.raw`^source\(\s*${TEXT}\s*,\s*${TEXT}\s*,?\s*\)$`,
    String.raw`^config\((?:\s*(?:(?!(?:pre|post)_hook\b)\w+\s*=|${TEXT}|True\b|False\b|[[\]{},:]))+\s*\)$`,
    String.raw`^(?:${TEXT}|\d+)$`,
  ].join('|'),
);

/**
 * Whether dbt's static parser reads a model's text: nothing but `ref`, `source` and `config` of constants, no statement
 * and no control of whitespace. Such a model has each of its sources once; what is rendered has one for each call.
 */
function isStaticModel(text: string): boolean {
  const code = text.replace(/\{#[\s\S]*?#\}/g, '');
  if (code.includes('{%') || code.includes('{{-')) return false;
  for (const [, expression = ''] of code.matchAll(/\{\{([\s\S]*?)\}\}/g)) {
    if (!STATIC.test(expression.trim())) return false;
  }
  return true;
}

/** Whether dbt would not render a node's text but read it with its static parser. */
export function isStatic({ config, macros }: ParserServices, node: NodeDraft): boolean {
  if (node.resource_type !== 'model' || node.language === 'typescript') return node.resource_type === 'model';
  for (const packageName of [node.package_name, config.project.project_name]) {
    if (['ref', 'source', 'config'].some((name) => macros.byId(`macro.${packageName}.${name}`))) return false;
  }
  return isStaticModel(node.raw_code);
}
