import { randomBytes } from 'node:crypto';
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { ModuleFiles } from './module-files.js';

/**
 * Node has one set of module hooks for the whole process: registered with the first TypeScript model that is run, and blind to
 * every module but those that a loader asks for. Nothing about a project is kept here.
 */
let hooks: MessagePort | undefined;

function hooksPort(): MessagePort {
  if (hooks) return hooks;
  const { port1, port2 } = new MessageChannel();
  register(new URL('./module-hooks.mjs', import.meta.url), { data: { port: port2 }, transferList: [port2] });
  port1.setMaxListeners(0);
  port1.unref();
  hooks = port1;
  return port1;
}

/**
 * Loads TypeScript modules of a project as Node loads modules: relative imports of other TypeScript files, packages, JSON and
 * circular imports work as they do there, and places in stack traces are those of the files. Each loader has instances of its
 * own, so that nothing that a module keeps goes from one invocation into the next.
 */
export class ModuleLoader {
  readonly #files: ModuleFiles;
  readonly #id = randomBytes(6).toString('hex');
  readonly #sent = new Set<string>();
  #messages = 0;

  constructor(files: ModuleFiles) {
    this.#files = files;
  }

  /**
   * The exports of a module.
   *
   * @param path Absolute.
   * @throws DbtError `typescript-syntax`, `typescript-import`; whatever the module throws when it is evaluated.
   */
  async import(path: string): Promise<{ readonly [name: string]: unknown }> {
    const fresh = this.#files.closure(path).filter((file) => !this.#sent.has(file.path));
    const url = (file: string): string => pathToFileURL(this.#files.read(file).realPath).href;
    for (const file of fresh) this.#sent.add(file.path);
    await this.#send({
      texts: fresh.flatMap(({ path: own, code }) => (code === null ? [] : [[url(own), code]])),
      links: fresh.map(({ path: own, links }) => [
        url(own),
        new Map([...links].map(([specifier, target]) => [specifier, url(target)])),
      ]),
    });
    const native = createRequire(import.meta.url)('./native-import.cjs') as {
      importModule(url: string): Promise<{ readonly [name: string]: unknown }>;
    };
    return native.importModule(`${url(path)}?tsdbt=${this.#id}`);
  }

  /** Frees the texts; what was imported stays usable. */
  async close(): Promise<void> {
    if (this.#messages > 0) await this.#send({ end: true });
  }

  async #send(message: object): Promise<void> {
    this.#messages += 1;
    const ticket = `${this.#id} ${this.#messages}`;
    const port = hooksPort();
    // The answer says that the hooks know what is asked of them next. While somebody listens the process does not end.
    const answered = new Promise<void>((done) => {
      const listen = (answer: unknown): void => {
        if (answer !== ticket) return;
        port.off('message', listen);
        done();
      };
      port.on('message', listen);
    });
    port.postMessage({ id: this.#id, ticket, ...message });
    await answered;
  }
}
