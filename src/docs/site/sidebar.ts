import type { SiteNode } from '../site-data.js';
import { h } from './dom.js';
import { colourOf } from './graph/draw.js';
import { hrefOf, labelOf, type SiteIndex, TYPE_TITLES } from './index-data.js';

interface Entry {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly folders: readonly string[];
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly entries: Entry[];
}

type View = 'project' | 'type';

/** The list at the side: by package and folder, or by kind; a field filters it. Folders fill when they are opened. */
export class Sidebar {
  readonly element: HTMLElement;
  readonly #entries: readonly Entry[];
  readonly #tree = h('div', { class: 'tree' });
  readonly #filter: HTMLInputElement;
  readonly #tabs: HTMLElement;
  readonly #project: string;
  #view: View = 'project';
  #selected: string | undefined;

  constructor(index: SiteIndex) {
    this.#project = index.data.project;
    this.#entries = entriesOf(index);
    this.#filter = h('input', {
      type: 'search',
      placeholder: 'Filter',
      'aria-label': 'Filter the list',
      oninput: () => this.#render(),
    });
    const tab = (view: View, text: string): HTMLElement =>
      h(
        'button',
        {
          type: 'button',
          'data-view': view,
          onclick: () => {
            this.#view = view;
            this.#render();
          },
        },
        text,
      );
    this.#tabs = h(
      'div',
      { class: 'tabs', role: 'group', 'aria-label': 'Order of the list' },
      tab('project', 'Folders'),
      tab('type', 'Kinds'),
    );
    this.element = h('nav', { class: 'side', 'aria-label': 'Resources' }, this.#tabs, this.#filter, this.#tree);
    this.#render();
  }

  /** Marks the page that is open, and opens its folders. */
  select(id: string | undefined): void {
    if (id === this.#selected) return;
    this.#selected = id;
    this.#render();
    this.#tree.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }

  #render(): void {
    for (const button of this.#tabs.children) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-view') === this.#view));
    }
    const wanted = this.#filter.value.trim().toLowerCase();
    const entries = wanted
      ? this.#entries.filter(
          (entry) =>
            entry.label.toLowerCase().includes(wanted) || entry.folders.join('/').toLowerCase().includes(wanted),
        )
      : this.#entries;
    const root: Folder = { folders: new Map(), entries: [] };
    for (const entry of entries) {
      const path = this.#view === 'project' ? entry.folders : [TYPE_TITLES[entry.type] ?? entry.type];
      let at = root;
      for (const name of path) {
        let next = at.folders.get(name);
        if (!next) {
          next = { folders: new Map(), entries: [] };
          at.folders.set(name, next);
        }
        at = next;
      }
      at.entries.push(entry);
    }
    const openAll = wanted !== '' && entries.length < 300;
    const current = this.#entries.find((entry) => entry.id === this.#selected);
    const currentPath =
      current && (this.#view === 'project' ? current.folders : [TYPE_TITLES[current.type] ?? current.type]);
    if (entries.length === 0) this.#tree.replaceChildren(h('p', { class: 'empty' }, 'Nothing here'));
    else this.#tree.replaceChildren(...this.#folder(root, [], openAll, currentPath ?? []));
  }

  #folder(folder: Folder, path: readonly string[], openAll: boolean, current: readonly string[]): HTMLElement[] {
    const order = this.#view === 'type' ? Object.values(TYPE_TITLES) : undefined;
    const names = [...folder.folders.keys()].sort((a, b) =>
      order && path.length === 0
        ? order.indexOf(a) - order.indexOf(b)
        : Number(path.length === 0 && b === this.#project) - Number(path.length === 0 && a === this.#project) ||
          a.localeCompare(b),
    );
    const folders = names.map((name) => {
      const inner = folder.folders.get(name) as Folder;
      const own = [...path, name];
      const onWay = own.every((part, i) => current[i] === part);
      const details = h(
        'details',
        {},
        h('summary', {}, h('span', { class: 'folder' }, name), h('span', { class: 'count' }, count(inner))),
      );
      let filled = false;
      const fill = (): void => {
        if (filled || !details.open) return;
        filled = true;
        details.append(h('div', { class: 'branch' }, ...this.#folder(inner, own, openAll, current)));
      };
      details.addEventListener('toggle', fill);
      const first = path.length === 0 && (this.#view === 'project' ? name === this.#project : count(inner) <= 30);
      details.open = openAll || onWay || first;
      fill();
      return details;
    });
    const entries = [...folder.entries].sort((a, b) => a.label.localeCompare(b.label));
    return [...folders, ...entries.map((entry) => this.#leaf(entry))];
  }

  #leaf(entry: Entry): HTMLElement {
    const dot = h('span', { class: 'dot' });
    dot.style.background = colourOf(entry.type);
    return h(
      'a',
      { class: 'leaf', href: hrefOf(entry), 'aria-current': entry.id === this.#selected && 'page', title: entry.label },
      dot,
      entry.label,
    );
  }
}

function count(folder: Folder): number {
  let total = folder.entries.length;
  for (const inner of folder.folders.values()) total += count(inner);
  return total;
}

function entriesOf(index: SiteIndex): Entry[] {
  const out: Entry[] = [];
  for (const node of index.nodes) {
    if (!node.hidden) out.push({ id: node.id, type: node.type, label: labelOf(node), folders: foldersOf(node) });
  }
  for (const macro of index.data.macros) {
    out.push({
      id: macro.id,
      type: 'macro',
      label: macro.name,
      folders: [macro.package, ...macro.path.split('/').slice(0, -1)],
    });
  }
  return out;
}

function foldersOf(node: SiteNode): string[] {
  const folders = node.path.split('/').slice(0, -1);
  // Generic tests have no file of their own: they would stand among the models that they test.
  if (node.test && node.test.kind !== 'singular') return [node.package, 'tests of models'];
  if (node.type === 'source') return [node.package, 'sources', labelOf(node).split('.')[0] ?? ''];
  if (node.type === 'exposure') return [node.package, 'exposures'];
  return [node.package, ...folders];
}
