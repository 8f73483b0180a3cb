import cytoscape from 'cytoscape';
import dagre from 'cytoscape-dagre';

/** What to lay out: boxes and the pairs of their positions in the list that are joined. */
export interface LayoutRequest {
  readonly ticket: number;
  readonly boxes: readonly { readonly width: number; readonly height: number }[];
  readonly edges: readonly (readonly [number, number])[];
}

/** The centre of each box. */
export interface LayoutAnswer {
  readonly ticket: number;
  readonly centres: readonly { readonly x: number; readonly y: number }[];
}

/** Above this many boxes dagre's best ranking takes too long; the next best is hardly worse to look at. */
const MOST_BEST = 150;

let registered = false;

/** Lays out from left to right with dagre, on a graph that is not drawn. */
export function layOut({ ticket, boxes, edges }: LayoutRequest): LayoutAnswer {
  if (!registered) cytoscape.use(dagre);
  registered = true;
  const graph = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [{ selector: 'node', style: { shape: 'rectangle', width: 'data(width)', height: 'data(height)' } }],
    elements: [
      ...boxes.map((box, i) => ({ data: { id: `n${i}`, ...box } })),
      ...edges.map(([from, to]) => ({ data: { source: `n${from}`, target: `n${to}` } })),
    ],
  });
  const options = {
    name: 'dagre',
    rankDir: 'LR',
    ranker: boxes.length <= MOST_BEST ? 'network-simplex' : 'tight-tree',
    nodeSep: 14,
    // A large graph is tall: with its ranks further apart its edges can be told from each other.
    rankSep: Math.max(64, Math.min(480, boxes.length / 3)),
    animate: false,
    fit: false,
  };
  graph.layout(options as cytoscape.LayoutOptions).run();
  const centres = boxes.map((_box, i) => ({ ...graph.getElementById(`n${i}`).position() }));
  graph.destroy();
  return { ticket, centres };
}

/** The worker's side: one answer to each request. */
export function runLayoutWorker(): void {
  const scope = globalThis as unknown as {
    onmessage: (event: { readonly data: LayoutRequest }) => void;
    postMessage(answer: LayoutAnswer): void;
  };
  scope.onmessage = ({ data }) => scope.postMessage(layOut(data));
}
