import type { Page } from '../app.js';
import { h } from '../dom.js';
import { labelOf, type SiteIndex, TYPE_TITLES } from '../index-data.js';
import { graphHref, type Route } from '../router.js';
import { colourOf, type Drawing, draw, showAll } from './draw.js';
import { selectPositions } from './select.js';

/** Above this many nodes a neighbourhood starts with its nearest only. */
const COMFORTABLE = 60;

/** A graph in a frame with its buttons. Each `update` takes the place of what was drawn. */
function frame(index: SiteIndex, drawings: Drawing[], className: string) {
  const canvas = h('div', { class: 'canvas', role: 'img', 'aria-label': 'Lineage graph', tabindex: 0 });
  const note = h('div', { class: 'note', role: 'status' });
  let drawing: Drawing | undefined;
  let turn = 0;
  const zoom = (factor: number): void => {
    const core = drawing?.core;
    core?.zoom({ level: core.zoom() * factor, renderedPosition: { x: core.width() / 2, y: core.height() / 2 } });
  };
  const tool = (text: string, title: string, action: () => void): HTMLElement =>
    h('button', { type: 'button', class: 'icon-button', title, 'aria-label': title, onclick: action }, text);
  const tools = h(
    'div',
    { class: 'tools' },
    tool('+', 'Zoom in', () => zoom(1.3)),
    tool('−', 'Zoom out', () => zoom(1 / 1.3)),
    tool('⤢', 'Show all', () => drawing && showAll(drawing.core)),
  );
  canvas.addEventListener('keydown', (event) => {
    const core = drawing?.core;
    const steps: Readonly<Record<string, [number, number]>> = {
      ArrowLeft: [60, 0],
      ArrowRight: [-60, 0],
      ArrowUp: [0, 60],
      ArrowDown: [0, -60],
    };
    const step = steps[event.key];
    if (step) core?.panBy({ x: step[0], y: step[1] });
    else if (event.key === '+' || event.key === '=') zoom(1.2);
    else if (event.key === '-') zoom(1 / 1.2);
    else if (event.key === '0') core && showAll(core);
    else return;
    event.preventDefault();
  });
  async function update(positions: readonly number[], focus?: number): Promise<void> {
    const own = ++turn;
    if (drawing) {
      drawings.splice(drawings.indexOf(drawing), 1);
      drawing.destroy();
      drawing = undefined;
    }
    note.textContent =
      positions.length === 0
        ? 'Nothing selected'
        : positions.length > 40
          ? `Laying out ${positions.length} nodes …`
          : '';
    if (positions.length === 0) {
      canvas.dataset['nodes'] = '0';
      canvas.dataset['ready'] = 'true';
      return;
    }
    const target = h('div', { class: 'layer' });
    canvas.replaceChildren(target);
    const drawn = await draw(target, index, positions, focus);
    if (own !== turn || !drawn) {
      drawn?.destroy();
      return;
    }
    drawing = drawn;
    drawings.push(drawn);
    note.textContent = drawn.core.zoom() < 0.2 ? 'Zoom in, or select fewer nodes, to read the names' : '';
    canvas.dataset['nodes'] = String(positions.length);
    canvas.dataset['ready'] = 'true';
  }
  return { element: h('div', { class: `graph ${className}` }, canvas, note, tools), update };
}

/** The neighbourhood of a node on its page, with the depth to choose. */
export function lineagePanel(
  index: SiteIndex,
  at: number,
  drawings: Drawing[],
): { element: HTMLElement; mounted: () => void } {
  const view = frame(index, drawings, 'small');
  const node = index.nodes[at]!;
  const name = node.type === 'source' ? `source:${labelOf(node)}` : node.name;
  const choice = (label: string): HTMLSelectElement =>
    h(
      'select',
      { 'aria-label': label, onchange: update },
      ['1', '2', '3', '5', 'all', '0'].map((value) => h('option', { value }, value === '0' ? 'none' : value)),
    );
  const up = choice('Steps upstream');
  const down = choice('Steps downstream');
  const tests = h('input', { type: 'checkbox', onchange: update });
  tests.checked = node.test !== undefined;

  function positions(upDepth: string, downDepth: string): number[] {
    const depth = (text: string): number => (text === 'all' ? Number.POSITIVE_INFINITY : Number(text));
    const found = new Set([at, ...index.reach([at], -1, depth(upDepth)), ...index.reach([at], 1, depth(downDepth))]);
    return [...found].filter((other) => other === at || tests.checked || !index.nodes[other]?.test);
  }
  function update(): void {
    void view.update(positions(up.value, down.value), at);
  }
  // As much as is still easy to read.
  const start = ['all', '3', '2', '1'].find((depth) => positions(depth, depth).length <= COMFORTABLE) ?? '1';
  up.value = start;
  down.value = start;
  const element = h(
    'div',
    {},
    h(
      'div',
      { class: 'graph-bar' },
      h('label', {}, 'Upstream ', up),
      h('label', {}, 'Downstream ', down),
      h('label', {}, tests, ' Tests'),
      h('a', { class: 'button', href: graphHref(`+${name}+`) }, 'Open in full'),
    ),
    view.element,
  );
  return { element, mounted: update };
}

/** The page of the whole graph, or of what a selector leaves of it. */
export function openGraph(index: SiteIndex, route: Route): Page {
  const drawings: Drawing[] = [];
  const view = frame(index, drawings, 'full');
  const select = h('input', {
    type: 'text',
    value: route.select,
    placeholder: 'all, or e.g. +orders+ tag:daily',
    'aria-label': 'Select',
    spellcheck: 'false',
  });
  const exclude = h('input', {
    type: 'text',
    value: route.exclude,
    placeholder: 'nothing',
    'aria-label': 'Exclude',
    spellcheck: 'false',
  });
  const tests = h('input', { type: 'checkbox', onchange: update });
  tests.checked = /(^|[\s+@])test|resource_type:(unit_)?test/.test(route.select);
  const count = h('span', { class: 'quiet', role: 'status' });

  function update(): void {
    const chosen = select.value.trim() ? selectPositions(index, select.value) : new Set(index.nodes.keys());
    const dropped = exclude.value.trim() ? selectPositions(index, exclude.value) : new Set<number>();
    const positions = [...chosen].filter((at) => !dropped.has(at) && (tests.checked || !index.nodes[at]?.test));
    count.textContent = `${positions.length} of ${index.nodes.length} nodes`;
    void view.update(positions);
  }
  const form = h(
    'form',
    {
      class: 'graph-bar',
      onsubmit: (event) => {
        event.preventDefault();
        history.replaceState(null, '', graphHref(select.value.trim(), exclude.value.trim()));
        update();
      },
    },
    h('label', {}, 'Select ', select),
    h('label', {}, 'Exclude ', exclude),
    h('label', {}, tests, ' Tests'),
    h('button', { type: 'submit', class: 'button' }, 'Show'),
    count,
  );
  const element = h(
    'article',
    { class: 'graph-page' },
    h('h1', { class: 'hidden-title' }, 'Lineage graph'),
    form,
    view.element,
    legend(index),
  );
  return { title: 'Lineage', element, drawings, mounted: update };
}

function legend(index: SiteIndex): HTMLElement {
  const types = new Set(index.nodes.map((node) => node.type));
  return h(
    'ul',
    { class: 'legend', 'aria-label': 'Colours' },
    Object.entries(TYPE_TITLES)
      .filter(([type]) => types.has(type) && type !== 'macro')
      .map(([type, title]) => {
        const dot = h('span', { class: 'dot' });
        dot.style.background = colourOf(type);
        return h('li', {}, dot, title);
      }),
  );
}
