import { h } from './dom.js';
import { colourOf } from './graph/draw.js';
import { type SiteIndex, typeName } from './index-data.js';
import { type Hit, search } from './search.js';

/** The search field with its list of results: arrow keys move, Enter opens, Escape closes, `/` comes here. */
export function searchBox(index: SiteIndex): HTMLElement {
  const input = h('input', {
    type: 'search',
    id: 'search',
    placeholder: 'Search models, columns, tags, code …',
    autocomplete: 'off',
    spellcheck: 'false',
    role: 'combobox',
    'aria-label': 'Search',
    'aria-expanded': 'false',
    'aria-controls': 'search-results',
    'aria-autocomplete': 'list',
  });
  const list = h('div', { id: 'search-results', class: 'results', role: 'listbox', hidden: true });
  let hits: readonly Hit[] = [];
  let chosen = 0;

  function render(): void {
    hits = search(index, input.value);
    chosen = 0;
    list.hidden = input.value.trim() === '';
    input.setAttribute('aria-expanded', String(!list.hidden));
    list.replaceChildren(
      ...(hits.length === 0 ? [h('div', { class: 'empty' }, 'Nothing found')] : hits.map((hit, i) => line(hit, i))),
    );
    mark();
  }

  function line(hit: Hit, i: number): HTMLElement {
    const dot = h('span', { class: 'dot' });
    dot.style.background = colourOf(hit.type);
    return h(
      'a',
      { class: 'result', id: `result-${i}`, role: 'option', href: hit.href, tabindex: -1, onclick: close },
      dot,
      h('span', { class: 'result-title' }, hit.title),
      hit.reason && h('span', { class: 'result-reason' }, hit.reason),
      h('span', { class: 'result-type' }, typeName(hit.type)),
    );
  }

  function mark(): void {
    for (const [i, element] of [...list.children].entries()) {
      element.setAttribute('aria-selected', String(i === chosen && hits.length > 0));
    }
    input.setAttribute('aria-activedescendant', hits.length > 0 ? `result-${chosen}` : '');
    list.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }

  function close(): void {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
  }

  input.addEventListener('input', render);
  input.addEventListener('focus', () => input.value && render());
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      chosen = Math.max(0, Math.min(hits.length - 1, chosen + (event.key === 'ArrowDown' ? 1 : -1)));
      mark();
    } else if (event.key === 'Enter') {
      const hit = hits[chosen];
      if (!hit || list.hidden) return;
      location.hash = hit.href;
      close();
      input.blur();
    } else if (event.key === 'Escape') {
      close();
      input.blur();
    } else return;
    event.preventDefault();
  });
  document.addEventListener('pointerdown', (event) => {
    if (!box.contains(event.target as Node)) close();
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
  const box = h('div', { class: 'search', role: 'search' }, input, h('kbd', { 'aria-hidden': 'true' }, '/'), list);
  return box;
}
