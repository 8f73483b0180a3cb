import { type LayoutAnswer, type LayoutRequest, layOut } from './layout-worker.js';

let worker: Worker | undefined | null;
let tickets = 0;
const waiting = new Map<number, (answer: LayoutAnswer) => void>();

/** Small enough to be laid out at once without anyone noticing. */
const AT_ONCE = 40;

/** Lays out a graph without holding up the page: in a worker, or here where there can be none. */
export function layoutOf(request: Omit<LayoutRequest, 'ticket'>): Promise<LayoutAnswer> {
  const ticket = ++tickets;
  if (request.boxes.length <= AT_ONCE) return Promise.resolve(layOut({ ...request, ticket }));
  const helper = theWorker();
  if (!helper) return Promise.resolve(layOut({ ...request, ticket }));
  return new Promise((done) => {
    waiting.set(ticket, done);
    helper.postMessage({ ...request, ticket });
    helper.onerror = () => {
      worker = null;
      waiting.delete(ticket);
      done(layOut({ ...request, ticket }));
    };
  });
}

function theWorker(): Worker | null {
  if (worker !== undefined) return worker;
  worker = null;
  try {
    const code = document.getElementById('site-script')?.textContent ?? '';
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    worker = new Worker(url);
    worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
      waiting.get(data.ticket)?.(data);
      waiting.delete(data.ticket);
    };
  } catch {
    // No workers here.
  }
  return worker;
}
