import type { SiteData } from '../site-data.js';
import { h } from './dom.js';
import type { Drawing } from './graph/draw.js';
import { openGraph } from './graph/panel.js';
import { SiteIndex } from './index-data.js';
import { itemPage } from './pages/item-page.js';
import { overviewPage } from './pages/overview-page.js';
import { graphHref, parseRoute } from './router.js';
import { searchBox } from './search-box.js';
import { Sidebar } from './sidebar.js';
import { themeButton } from './theme.js';

/** What a page has beyond its elements. */
export interface Page {
  readonly title: string;
  readonly element: HTMLElement;
  /** Called once the element is in the document. */
  mounted?(): void;
  /** Graphs drawn so far, to colour anew and to take down. */
  readonly drawings: Drawing[];
}

/** Builds the site into the page and follows its address. */
export function startSite(): void {
  const text = document.getElementById('site-data')?.textContent ?? '{}';
  const index = new SiteIndex(JSON.parse(text) as SiteData);
  const sidebar = new Sidebar(index);
  const main = h('main', { id: 'content', tabindex: -1 });
  let page: Page | undefined;

  const menu = h(
    'button',
    {
      class: 'icon-button menu-button',
      type: 'button',
      'aria-label': 'Show or hide the list',
      onclick: () => document.body.classList.toggle('list-open'),
    },
    '☰',
  );
  const header = h(
    'header',
    { class: 'top' },
    menu,
    h('a', { class: 'brand', href: '#!/overview' }, index.data.project),
    searchBox(index),
    h('a', { class: 'button', href: graphHref() }, 'Lineage'),
    themeButton(() => {
      for (const drawing of page?.drawings ?? []) drawing.restyle();
    }),
  );
  const toContent = (event: Event): void => {
    event.preventDefault();
    main.focus();
  };
  const skip = h('a', { class: 'skip', href: '#content', onclick: toContent }, 'Skip to content');
  document.getElementById('app')?.replaceChildren(skip, header, sidebar.element, main);

  function show(first: boolean): void {
    const route = parseRoute(location.hash);
    for (const drawing of page?.drawings.splice(0) ?? []) drawing.destroy();
    document.body.classList.remove('list-open');
    document.body.classList.toggle('wide', route.page === 'graph');
    page =
      route.page === 'graph'
        ? openGraph(index, route)
        : route.page === 'overview'
          ? overviewPage(index, route.id)
          : itemPage(index, route.id);
    document.title = `${page.title} · ${index.data.project}`;
    main.replaceChildren(page.element);
    page.mounted?.();
    sidebar.select(route.page === 'item' ? route.id : undefined);
    if (!first) {
      window.scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
  }
  window.addEventListener('hashchange', () => show(false));
  show(true);
}
