import { threadName } from './thread-slots.js';

/**
 * How much runs at a time: nodes, and batches of microbatch models beside them. A batch that waits goes before the next
 * node. State: the workers that are taken, who waits.
 */
export class WorkerPool {
  readonly #used: boolean[];
  readonly #waiting: ((worker: number) => void)[] = [];
  readonly #onFree: () => void;

  /** `onFree` is called when a worker is free that nobody waits for. */
  constructor(size: number, onFree: () => void) {
    this.#used = new Array<boolean>(size).fill(false);
    this.#onFree = onFree;
  }

  get hasFree(): boolean {
    return this.#used.includes(false);
  }

  /** Takes the lowest free worker; there has to be one. */
  take(): number {
    const worker = this.#used.indexOf(false);
    this.#used[worker] = true;
    return worker;
  }

  give(worker: number): void {
    const next = this.#waiting.shift();
    if (next) {
      next(worker);
      return;
    }
    this.#used[worker] = false;
    this.#onFree();
  }

  /** Runs `body` on a worker, once there is one. */
  async run<T>(body: (thread: string) => Promise<T>): Promise<T> {
    const worker = this.hasFree ? this.take() : await new Promise<number>((resolve) => this.#waiting.push(resolve));
    try {
      return await body(threadName(worker));
    } finally {
      this.give(worker);
    }
  }
}
