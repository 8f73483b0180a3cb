import type { Page } from '../app.js';
import { h } from '../dom.js';
import type { SiteIndex } from '../index-data.js';
import { macroPage } from './macro-page.js';
import { nodePage } from './node-page.js';

/** The page of whatever has that id. */
export function itemPage(index: SiteIndex, id: string): Page {
  const at = index.at(id);
  const node = at === undefined ? undefined : index.nodes[at];
  if (at !== undefined && node && !node.hidden) return nodePage(index, at);
  const macro = index.macro(id);
  if (macro) return macroPage(index, macro);
  const element = h(
    'article',
    {},
    h('h1', {}, 'Not here'),
    h('p', {}, 'The documentation has no page for ', h('code', {}, id), '.'),
    h('p', {}, h('a', { href: '#!/overview' }, 'To the overview')),
  );
  return { title: 'Not here', element, drawings: [] };
}
