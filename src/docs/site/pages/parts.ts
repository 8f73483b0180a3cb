import type { Json } from '../../../contracts/common.js';
import type { SiteRun } from '../../site-data.js';
import { h, trusted } from '../dom.js';
import { colourOf, statusClass } from '../graph/draw.js';
import { highlighted } from '../highlight.js';
import { hrefOf, labelOf, type SiteIndex, typeName } from '../index-data.js';

/** A heading with what belongs to it; undefined when there is nothing. */
export function section(title: string, id: string, content: HTMLElement | readonly HTMLElement[]): HTMLElement {
  return h(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, title),
    content as HTMLElement,
  );
}

/** The kind of a resource as a coloured label. */
export function kindChip(type: string, text = typeName(type)): HTMLElement {
  const chip = h('span', { class: 'chip kind' }, text);
  chip.style.background = colourOf(type);
  return chip;
}

/** How the last run of a node ended. */
export function statusChip(run: SiteRun): HTMLElement {
  return h('span', { class: `chip status ${statusClass(run.status)}`, title: run.message }, run.status);
}

/** A link to a node's page; only the name when it is hidden. */
export function nodeLink(index: SiteIndex, at: number): HTMLElement {
  const node = index.nodes[at]!;
  const dot = h('span', { class: 'dot' });
  dot.style.background = colourOf(node.type);
  if (node.hidden) return h('span', { class: 'node-link' }, dot, labelOf(node));
  return h('a', { class: 'node-link', href: hrefOf(node) }, dot, labelOf(node));
}

/** Code in tabs, with a button that copies it. */
export function codeTabs(
  versions: readonly { readonly title: string; readonly code: string; readonly language?: string }[],
): HTMLElement {
  const body = h('pre', { tabindex: 0 });
  let current = versions[0]!;
  const buttons = versions.map((version) =>
    h('button', { type: 'button', onclick: () => show(version) }, version.title),
  );
  const copy = h(
    'button',
    {
      type: 'button',
      class: 'copy',
      onclick: async () => {
        await navigator.clipboard?.writeText(current.code).catch(() => undefined);
        copy.textContent = 'Copied';
        setTimeout(() => (copy.textContent = 'Copy'), 1200);
      },
    },
    'Copy',
  );
  function show(version: (typeof versions)[number]): void {
    current = version;
    for (const [i, button] of buttons.entries()) button.setAttribute('aria-pressed', String(versions[i] === version));
    body.replaceChildren(trusted('code', 'code', highlighted(version.code, version.language)));
  }
  show(current);
  return h(
    'div',
    { class: 'code-box' },
    h('div', { class: 'code-bar' }, h('div', { class: 'tabs' }, buttons), copy),
    body,
  );
}

/** Names and values. */
export function facts(pairs: readonly (readonly [string, HTMLElement | string])[]): HTMLElement {
  return h(
    'dl',
    { class: 'facts' },
    pairs.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

/** Any value of `meta` as text. */
export function valueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A table that scrolls by itself when it is too wide. */
export function table(className: string, heads: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      { class: className },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          heads.map((head) => h('th', { scope: 'col' }, head)),
        ),
      ),
      h('tbody', {}, rows),
    ),
  );
}

/** Seconds in the unit that suits them. */
export function duration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
