import type { SiteNode } from '../../site-data.js';
import { labelOf, type SiteIndex } from '../index-data.js';

/**
 * The part of dbt's selector syntax that makes sense in a browser: names, `tag:`, `path:`, `package:`, `source:`,
 * `exposure:`, `resource_type:`, `group:` and `config.materialized:` with `*`, the operators `+ n+ +n @`, spaces for
 * unions and commas for intersections. Unknown methods match nothing.
 */
export function selectPositions(index: SiteIndex, text: string): Set<number> {
  const out = new Set<number>();
  for (const part of text.split(/\s+/).filter(Boolean)) {
    const sets = part.split(',').map((criterion) => one(index, criterion));
    const [first, ...rest] = sets;
    for (const at of first ?? []) if (rest.every((set) => set.has(at))) out.add(at);
  }
  return out;
}

function one(index: SiteIndex, criterion: string): Set<number> {
  const match = /^(@)?(?:(\d*)(\+))?(?:([\w.]+):)?(.*?)(?:(\+)(\d*))?$/.exec(criterion);
  if (!match) return new Set();
  const [, at, upDepth, up, method = '', value = '', down, downDepth] = match;
  const found = new Set<number>();
  for (const [i, node] of index.nodes.entries()) if (matches(node, method, value)) found.add(i);
  const out = new Set(found);
  const add = (more: Iterable<number>): void => {
    for (const i of more) out.add(i);
  };
  if (at) {
    const below = index.reach(found, 1);
    add(below);
    add(index.reach(new Set([...found, ...below]), -1));
  }
  if (up) add(index.reach(found, -1, upDepth ? Number(upDepth) : undefined));
  if (down) add(index.reach(found, 1, downDepth ? Number(downDepth) : undefined));
  return out;
}

function matches(node: SiteNode, method: string, value: string): boolean {
  const like = glob(value);
  switch (method) {
    case '':
    case 'fqn':
      if (value.includes('/')) return node.path.startsWith(value) || like(node.path);
      return (
        like(node.name) || like(labelOf(node)) || like(node.id) || (node.package === value && node.type !== 'test')
      );
    case 'tag':
      return (node.tags ?? []).some(like);
    case 'package':
      return like(node.package);
    case 'path':
      return node.path.startsWith(value.replace(/\*+$/, '')) || like(node.path);
    case 'resource_type':
      return node.type === value;
    case 'source':
      return node.type === 'source' && (like(labelOf(node)) || like(labelOf(node).split('.')[0] ?? ''));
    case 'exposure':
    case 'metric':
      return node.type === method && like(node.name);
    case 'group':
      return (node.details ?? []).some(([name, text]) => name === 'Group' && like(text));
    case 'config.materialized':
      return node.materialized === value;
    default:
      return false;
  }
}

function glob(pattern: string): (text: string) => boolean {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (text) => expression.test(text);
}
