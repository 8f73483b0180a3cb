import type { SiteNode } from '../site-data.js';
import { hrefOf, labelOf, type SiteIndex } from './index-data.js';

/** One line of the results. */
export interface Hit {
  readonly title: string;
  readonly type: string;
  readonly href: string;
  /** Why it is here, when its name does not say. */
  readonly reason?: string;
  readonly score: number;
}

const MOST = 40;

/** Finds nodes and macros in which every word occurs: in the name first, then tags, columns, descriptions, code. */
export function search(index: SiteIndex, query: string): Hit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits: Hit[] = [];
  for (const node of index.nodes) {
    if (node.hidden) continue;
    const hit = rate(words, labelOf(node), fieldsOf(node));
    if (hit) hits.push({ title: labelOf(node), type: node.type, href: hrefOf(node), ...hit });
  }
  for (const macro of index.data.macros) {
    const fields: [string, string | undefined][] = [
      ['description', macro.description],
      ['code', macro.sql],
    ];
    const hit = rate(words, macro.name, fields);
    if (hit) hits.push({ title: macro.name, type: 'macro', href: hrefOf({ id: macro.id, type: 'macro' }), ...hit });
  }
  const order = (hit: Hit): number => hit.score - (hit.type === 'test' || hit.type === 'macro' ? 5 : 0);
  return hits.sort((a, b) => order(b) - order(a) || a.title.length - b.title.length).slice(0, MOST);
}

function fieldsOf(node: SiteNode): [string, string | undefined][] {
  return [
    ['tag', node.tags?.join(' ')],
    ['column', node.columns?.map((column) => column.name).join(' ')],
    ['description', node.description],
    ['column description', node.columns?.map((column) => column.description ?? '').join(' ')],
    ['file', node.path],
    ['code', node.raw],
  ];
}

function rate(
  words: readonly string[],
  title: string,
  fields: readonly (readonly [string, string | undefined])[],
): { score: number; reason?: string } | undefined {
  const name = title.toLowerCase();
  let score = 0;
  let reason: string | undefined;
  for (const word of words) {
    if (name === word) score += 100;
    else if (name.startsWith(word)) score += 70;
    else if (name.includes(word)) score += 50;
    else {
      const at = fields.findIndex(([, text]) => text?.toLowerCase().includes(word));
      if (at === -1) return undefined;
      score += 30 - 4 * at;
      reason ??= fields[at]?.[0];
    }
  }
  return { score, ...(reason !== undefined && { reason }) };
}
