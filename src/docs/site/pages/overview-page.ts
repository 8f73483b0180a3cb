import type { Page } from '../app.js';
import { h } from '../dom.js';
import { colourOf } from '../graph/draw.js';
import { hrefOf, labelOf, type SiteIndex, TYPE_TITLES } from '../index-data.js';
import { firstLine, markdown } from '../markdown.js';
import { graphHref } from '../router.js';
import { statusChip } from './parts.js';

/** The home page, or the overview of a package: the project's own words if it has any, and what there is in numbers. */
export function overviewPage(index: SiteIndex, packageName: string): Page {
  const name = packageName || index.data.project;
  const text = index.data.overviews[name];
  const nodes = index.nodes.filter((node) => !node.hidden && (packageName === '' || node.package === packageName));
  const element = h(
    'article',
    {},
    text ? markdown(text) : h('h1', {}, name),
    !text &&
      h(
        'p',
        { class: 'quiet' },
        'A doc block named ',
        h('code', {}, '__overview__'),
        ' in the project takes this place.',
      ),
    counts(
      nodes.map((node) => node.type),
      packageName === '' ? index.data.macros.length : 0,
    ),
    troubles(index),
    packageName === '' && packages(index),
    models(nodes),
    h(
      'p',
      { class: 'quiet foot' },
      `Generated ${index.data.generatedAt.replace('T', ' ').slice(0, 16)} UTC for ${index.data.adapter} · `,
      h('a', { href: graphHref() }, 'lineage graph'),
    ),
  );
  return { title: packageName || 'Overview', element, drawings: [] };
}

function counts(types: readonly string[], macros: number): HTMLElement {
  const cards = Object.entries(TYPE_TITLES).map(([type, title]) => {
    const count = type === 'macro' ? macros : types.filter((other) => other === type).length;
    if (count === 0) return undefined;
    const card = h('div', { class: 'card' }, h('strong', {}, count), h('span', {}, title));
    card.style.borderTopColor = colourOf(type);
    return card;
  });
  return h('div', { class: 'cards' }, cards);
}

/** What failed in the last run, if its results are here. */
function troubles(index: SiteIndex): HTMLElement | undefined {
  const bad = index.nodes.filter(
    (node) => node.run && ['error', 'fail', 'runtime error', 'warn'].includes(node.run.status),
  );
  if (bad.length === 0) return undefined;
  return h(
    'section',
    { id: 'troubles' },
    h('h2', {}, 'Failed in the last run'),
    h(
      'ul',
      { class: 'links' },
      bad
        .slice(0, 50)
        .map((node) =>
          h(
            'li',
            {},
            statusChip(node.run!),
            ' ',
            h('a', { href: hrefOf(node) }, labelOf(node)),
            ' ',
            h('span', { class: 'quiet' }, node.run?.message ?? ''),
          ),
        ),
    ),
  );
}

function packages(index: SiteIndex): HTMLElement | undefined {
  const names = [...new Set(index.nodes.map((node) => node.package))].filter((name) => name !== index.data.project);
  if (names.length === 0) return undefined;
  return h(
    'section',
    { id: 'packages' },
    h('h2', {}, 'Packages'),
    h(
      'ul',
      { class: 'links' },
      names.map((name) => h('li', {}, h('a', { href: `#!/overview/${encodeURIComponent(name)}` }, name))),
    ),
  );
}

const MOST_LISTED = 200;

function models(nodes: SiteIndex['nodes']): HTMLElement | undefined {
  const listed = nodes.filter((node) => node.type === 'model').sort((a, b) => a.path.localeCompare(b.path));
  if (listed.length === 0) return undefined;
  return h(
    'section',
    { id: 'models' },
    h('h2', {}, 'Models'),
    h(
      'ul',
      { class: 'model-list' },
      listed
        .slice(0, MOST_LISTED)
        .map((node) =>
          h(
            'li',
            {},
            h('a', { href: hrefOf(node) }, labelOf(node)),
            h('span', { class: 'quiet' }, firstLine(node.description ?? '')),
          ),
        ),
    ),
    listed.length > MOST_LISTED &&
      h('p', { class: 'quiet' }, `… and ${listed.length - MOST_LISTED} more in the list at the side.`),
  );
}
