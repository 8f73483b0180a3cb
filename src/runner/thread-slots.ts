/** Names for what runs at the same time, as dbt's threads have them; the lowest free one is taken. */
export class ThreadSlots {
  readonly #used: boolean[] = [];

  take(): number {
    const free = this.#used.indexOf(false);
    const slot = free === -1 ? this.#used.length : free;
    this.#used[slot] = true;
    return slot;
  }

  give(slot: number): void {
    this.#used[slot] = false;
  }
}

/** dbt's name of a worker. */
export function threadName(slot: number): string {
  return `Thread-${slot + 1} (worker)`;
}
