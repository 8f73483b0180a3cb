import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../config/env-var.js';
import { packageError, shownUrl, type Wanted } from './wanted.js';

export interface HttpOptions {
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** Milliseconds between two attempts. Default 1000, as in dbt. */
  readonly retryDelay?: number;
}

/** An answer that may be another one next time. */
class Transient extends Error {}

/** dbt tries once and five times more. */
const ATTEMPTS = 6;

/** Gets things by HTTP with Node's `fetch`. A broken connection, an answer 5xx, 429 or 408 and a broken body are tried again. */
export class Http {
  readonly #options: HttpOptions;
  /** Milliseconds without a byte after which an attempt is given up (`DBT_HTTP_TIMEOUT`, in seconds; 10). */
  readonly #patience: number;

  constructor(options: HttpOptions) {
    this.#options = options;
    const seconds = Number(options.env['DBT_HTTP_TIMEOUT'] ?? '');
    this.#patience = (Number.isFinite(seconds) && seconds > 0 ? seconds : 10) * 1000;
  }

  /** A JSON document. `check` says what is wrong with it, or nothing. Returns undefined for an answer 404. */
  async json(url: string, wanted: Wanted, check: (value: unknown) => string | undefined): Promise<unknown> {
    return this.#retried(url, wanted, async (response) => {
      if (response.status === 404) return undefined;
      const text = await response.text();
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        throw new Transient('The answer is not JSON');
      }
      const problem = check(value);
      if (problem !== undefined) throw new Transient(problem);
      return value;
    });
  }

  /** Saves what is at a URL to a file. Throws `download-failed`. */
  async download(url: string, file: string, wanted: Wanted): Promise<void> {
    await this.#retried(url, wanted, async (response, alive) => {
      if (response.status === 404) throw this.#failure(url, wanted, 'There is nothing at this address (404)');
      if (!response.body) throw new Transient('The answer is empty');
      const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
      body.on('data', alive);
      await pipeline(body, createWriteStream(file));
    });
  }

  async #retried<T>(
    url: string,
    wanted: Wanted,
    use: (response: Response, alive: () => void) => Promise<T>,
  ): Promise<T> {
    const { address, headers } = this.#address(url, wanted);
    for (let attempt = 1; ; attempt++) {
      const idle = new AbortController();
      const stop = (): void => idle.abort(this.#options.signal.reason);
      const give = (): void => idle.abort(new Transient(`No answer for ${this.#patience / 1000} seconds`));
      let timer = setTimeout(give, this.#patience);
      const alive = (): void => {
        clearTimeout(timer);
        timer = setTimeout(give, this.#patience);
      };
      try {
        this.#options.signal.addEventListener('abort', stop);
        const response = await fetch(address, { headers, signal: idle.signal });
        alive();
        const { status } = response;
        if (status >= 500 || status === 429 || status === 408) throw new Transient(`The answer is ${status}`);
        if (!response.ok && status !== 404)
          throw this.#failure(url, wanted, `The answer is ${status} ${response.statusText}`.trim());
        return await use(response, alive);
      } catch (error) {
        if (this.#options.signal.aborted || isOwn(error)) throw error;
        if (attempt >= ATTEMPTS) throw this.#failure(url, wanted, reason(error), error);
      } finally {
        clearTimeout(timer);
        this.#options.signal.removeEventListener('abort', stop);
      }
      await sleep(this.#options.retryDelay ?? 1000, undefined, { signal: this.#options.signal });
    }
  }

  /** `fetch` takes no user and password in a URL: they become a header, which no other host gets. */
  #address(url: string, wanted: Wanted): { address: URL; headers: Record<string, string> } {
    let address: URL;
    try {
      address = new URL(url);
    } catch {
      throw this.#failure(url, wanted, 'That is no URL');
    }
    if (address.protocol !== 'https:' && address.protocol !== 'http:') {
      throw this.#failure(url, wanted, `'${address.protocol}' is no protocol for a download`);
    }
    const headers: Record<string, string> = { 'user-agent': 'tsdbt' };
    if (address.username !== '' || address.password !== '') {
      const login = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
      headers['authorization'] = `Basic ${Buffer.from(login).toString('base64')}`;
      address.username = '';
      address.password = '';
    }
    return { address, headers };
  }

  #failure(url: string, wanted: Wanted, why: string, cause?: unknown): Error {
    const { env } = this.#options;
    const proxy = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find((name) => env[name]);
    const hint =
      proxy !== undefined && env['NODE_USE_ENV_PROXY'] !== '1'
        ? `${proxy} is set, but Node heeds it only with NODE_USE_ENV_PROXY=1 (Node 24, or 22.21 and later).`
        : 'Check the address and the connection; the packages that are installed were left as they are.';
    return packageError('download-failed', `Can't get ${shownUrl(url)}: ${why}`, wanted, hint, { cause });
  }
}

const isOwn = (error: unknown): boolean => error instanceof Error && error.name === 'DbtError';

/** `fetch` hides the reason in the cause. */
function reason(error: unknown): string {
  const { cause, message } = error as Error;
  const inner = cause as (Error & { readonly errors?: readonly Error[] }) | undefined;
  return inner?.errors?.[0]?.message || inner?.message || message;
}
