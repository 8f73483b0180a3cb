import { runLayoutWorker } from './graph/layout-worker.js';

// The same script is the page's and, started again from its own text, the worker that lays out graphs.
if (typeof document === 'undefined') runLayoutWorker();
else import('./app.js').then(({ startSite }) => startSite());
