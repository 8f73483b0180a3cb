import cytoscape, { type Core, type StylesheetJson } from 'cytoscape';
import type { SiteNode } from '../../site-data.js';
import { hrefOf, labelOf, type SiteIndex } from '../index-data.js';
import { isDark } from '../theme.js';
import { layoutOf } from './layout.js';

const COLOURS: Readonly<Record<string, string>> = {
  source: '#2f9e63',
  seed: '#7a9a1f',
  model: '#2f6fd0',
  snapshot: '#5b5bd6',
  exposure: '#d9702b',
  metric: '#c2457a',
  semantic_model: '#a14fc4',
  saved_query: '#8a63d2',
  function: '#0f8a8a',
  analysis: '#8a7a5c',
  test: '#7b8794',
  unit_test: '#7b8794',
};

const HEIGHT = 30;
const LONGEST = 36;

/** A graph on the page. */
export interface Drawing {
  readonly core: Core;
  /** Colours anew after a change between light and dark. */
  restyle(): void;
  destroy(): void;
}

/** The colour of a type, of nodes without one of their own. */
export function colourOf(type: string): string {
  return COLOURS[type] ?? '#7b8794';
}

/**
 * Draws nodes and what joins them into a container; a click opens a node's page.
 *
 * @param focus The node whose page this is.
 * @returns undefined when the container left the page before the layout was ready.
 */
export async function draw(
  container: HTMLElement,
  index: SiteIndex,
  positions: readonly number[],
  focus?: number,
): Promise<Drawing | undefined> {
  const place = new Map(positions.map((at, i) => [at, i]));
  const edges = positions.flatMap((at, i) =>
    index.parents(at).flatMap((parent): [number, number][] => {
      const from = place.get(parent);
      return from === undefined ? [] : [[from, i]];
    }),
  );
  const boxes = positions.map((at) => ({ width: widthOf(textOf(index, at)), height: HEIGHT }));
  container.dataset['ready'] = 'false';
  const { centres } = await layoutOf({ boxes, edges });
  if (!container.isConnected) return undefined;
  const many = positions.length > 400;
  const core = cytoscape({
    container,
    elements: [
      ...positions.map((at, i) => {
        const node = index.nodes[at]!;
        return {
          group: 'nodes' as const,
          data: {
            id: node.id,
            at,
            label: textOf(index, at),
            width: boxes[i]!.width,
            ...coloursOf(node),
          },
          position: { ...centres[i]! },
          classes: [
            node.hidden ? 'hidden-node' : '',
            at === focus ? 'focus' : '',
            node.run ? `run-${statusClass(node.run.status)}` : '',
          ].join(' '),
        };
      }),
      ...edges.map(([from, to]) => ({
        group: 'edges' as const,
        data: { source: index.nodes[positions[from]!]!.id, target: index.nodes[positions[to]!]!.id },
      })),
    ],
    style: styles(),
    layout: { name: 'preset' },
    minZoom: 0.002,
    maxZoom: 3,
    autoungrabify: true,
    boxSelectionEnabled: false,
    textureOnViewport: many,
    hideEdgesOnViewport: positions.length > 1200,
    pixelRatio: many ? 1 : 'auto',
  });
  core.on('tap', 'node', (event) => {
    const node = index.nodes[event.target.data('at') as number];
    if (node && !node.hidden) location.hash = hrefOf(node);
  });
  core.on('mouseover', 'node', (event) => {
    container.style.cursor = 'pointer';
    const near = event.target.predecessors().union(event.target.successors()).union(event.target);
    core.elements().not(near).addClass('faded');
  });
  core.on('mouseout', 'node', () => {
    container.style.cursor = '';
    core.elements().removeClass('faded');
  });
  showAll(core, focus === undefined ? undefined : index.nodes[focus]?.id);
  container.dataset['ready'] = 'true';
  container.dataset['nodes'] = String(positions.length);
  (container as HTMLElement & { graph?: Core }).graph = core;
  return { core, restyle: () => core.style(styles()), destroy: () => core.destroy() };
}

/** Shows everything, but never larger than life; what would be too small to read starts at the focus instead. */
export function showAll(core: Core, focusId?: string): void {
  core.fit(undefined, 24);
  if (core.zoom() > 1) {
    core.zoom(1);
    core.center();
  }
  if (focusId !== undefined && core.zoom() < 0.35) {
    core.zoom(0.6);
    core.center(core.getElementById(focusId));
  }
}

/** A status as part of a class name. */
export function statusClass(status: string): string {
  if (status === 'success' || status === 'pass') return 'ok';
  if (status === 'warn' || status === 'partial success') return 'warn';
  return status === 'skipped' || status === 'no-op' ? 'skipped' : 'bad';
}

function textOf(index: SiteIndex, at: number): string {
  const node = index.nodes[at]!;
  const label = node.hidden ? `${labelOf(node)} (hidden)` : labelOf(node);
  return label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label;
}

function widthOf(text: string): number {
  return Math.round(text.length * 7.1 + 26);
}

/** A colour that the project gives: a hex code or a name, as dbt allows; anything else could be anything. */
function safeColour(colour: string | undefined): string | undefined {
  return colour !== undefined &&
    /^(?:#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]{3,30})$/i.test(colour) &&
    CSS.supports('color', colour)
    ? colour
    : undefined;
}

/** The colour of a node and of the text on it: dark on light colours, white on dark ones. */
function coloursOf(node: SiteNode): { readonly colour: string; readonly ink: string } {
  const colour = safeColour(node.color) ?? colourOf(node.type);
  return { colour, ink: brightness(colour) > 0.6 ? '#17202b' : '#ffffff' };
}

let pen: CanvasRenderingContext2D | null | undefined;

/** From 0 (black) to 1 (white), as the eye weighs the colours. */
function brightness(colour: string): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return 0;
  pen.fillStyle = colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(String(pen?.fillStyle).slice(at, at + 2), 16),
  );
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

function styles(): StylesheetJson {
  const dark = isDark();
  const line = dark ? '#56616f' : '#b3bcc7';
  return [
    {
      selector: 'node',
      style: {
        shape: 'round-rectangle',
        width: 'data(width)',
        height: HEIGHT,
        label: 'data(label)',
        color: 'data(ink)',
        'background-color': 'data(colour)',
        'font-family': 'ui-sans-serif, system-ui, sans-serif',
        'font-size': 12,
        'font-weight': 500,
        'text-valign': 'center',
        'text-halign': 'center',
        'min-zoomed-font-size': 5,
        'text-outline-color': 'data(colour)',
        'text-outline-width': 1,
      },
    },
    {
      selector: 'edge',
      style: {
        width: 1.5,
        'line-color': line,
        'target-arrow-color': line,
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.9,
        'curve-style': 'bezier',
      },
    },
    { selector: 'node.focus', style: { 'border-width': 3, 'border-color': dark ? '#ffffff' : '#12202f' } },
    { selector: 'node.run-bad', style: { 'border-width': 3, 'border-color': '#e03131' } },
    {
      selector: 'node.hidden-node',
      style: {
        'background-opacity': 0.15,
        'border-style': 'dashed',
        'border-width': 1,
        'border-color': line,
        color: dark ? '#e4e9ef' : '#17202b',
        'text-outline-width': 0,
      },
    },
    { selector: '.faded', style: { opacity: 0.18 } },
  ] as StylesheetJson;
}
