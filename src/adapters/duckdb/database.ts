import { createRequire } from 'node:module';
import { isAbsolute, resolve } from 'node:path';
import type * as Driver from '@duckdb/node-api';
import type { DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { DbtError, isDbtError } from '../../diagnostics/errors.js';
import { pyRepr, pyStr, typeName } from '../../jinja/values.js';
import type { AdapterHooks } from '../base/adapter.js';
import { schemeOf } from './attachment.js';
import type { TextOf } from './convert.js';
import { textConverter } from './convert-text.js';
import type { DuckDbCredentials } from './credentials.js';
import { engineError, openError } from './engine-error.js';
import { claimFile } from './file-claims.js';
import { heldInstance, type InstancePlace, keepInstance } from './held-instances.js';
import { whenFree } from './lock-wait.js';
import { type AttachStep, type ExtensionStep, openingSteps, sessionStatements } from './opening.js';
import { withRetries } from './retry.js';
import { escapeSqlString, withoutSecrets } from './secrets.js';
import { Session, type SessionOwner } from './session.js';

/**
 * An open database and its sessions. Sessions that are given back serve the next node: opening one costs the settings
 * of the profile. The driver is loaded here, when the database is opened, and nowhere else.
 */
export class Database implements SessionOwner {
  readonly retries: DuckDbCredentials['retries'];
  readonly toText: TextOf;
  readonly api: typeof Driver;
  readonly #credentials: DuckDbCredentials;
  readonly #instance: DuckDBInstance;
  readonly #idle: Session[] = [];
  readonly #used = new Set<Session>();
  readonly #hooks: AdapterHooks;
  /** End the claims on the files that are open. */
  readonly #claims: (() => void)[] = [];
  /** Gives back an instance that somebody else holds; without it this one's own is closed. */
  readonly #giveBack: (() => void) | undefined;

  private constructor(
    credentials: DuckDbCredentials,
    instance: DuckDBInstance,
    api: typeof Driver,
    hooks: AdapterHooks,
    giveBack?: () => void,
  ) {
    this.#hooks = hooks;
    this.#giveBack = giveBack;
    this.api = api;
    this.#credentials = credentials;
    this.#instance = instance;
    this.toText = textConverter(api);
    this.retries = credentials.retries;
  }

  /**
   * Opens the file, or a database in memory, loads extensions, makes secrets, attaches what is to be attached. Where a program
   * holds the file open in this process, its instance is used as it is.
   */
  static async open(credentials: DuckDbCredentials, cwd: string, given: AdapterHooks = {}): Promise<Database> {
    const hooks = { ...given, lockTimeout: given.lockTimeout ?? credentials.lock_timeout };
    // Not import(): Node would read each of the driver's CommonJS files twice to learn its exports, some 80 ms.
    const api = createRequire(import.meta.url)('@duckdb/node-api') as typeof Driver;
    const { path, retries } = credentials;
    const options: { [name: string]: string } = { autoinstall_known_extensions: 'false' };
    for (const [name, value] of Object.entries(credentials.config_options)) options[name] = optionText(value);
    const place = placeOf(credentials, cwd);
    const readOnly = /^read_only$/i.test(options['access_mode'] ?? '');
    let unclaim = (): void => {};
    let giveBack: (() => void) | undefined;
    const create = async (): Promise<DuckDBInstance> => {
      const held = heldInstance(place);
      if (held) {
        giveBack = held.borrow();
        return held.instance;
      }
      if (place.isFile) unclaim = claimFile(place.file, readOnly);
      try {
        return await api.DuckDBInstance.create(place.file, options);
      } catch (error) {
        unclaim();
        throw error;
      }
    };
    let instance: DuckDBInstance;
    try {
      instance = await withRetries(retries, retries.connect_attempts, () => whenFree(path, place.file, hooks, create));
    } catch (error) {
      throw openError(error, path, cwd);
    }
    const database = new Database(credentials, instance, api, hooks, giveBack);
    database.#claims.push(unclaim);
    if (giveBack) return database;
    try {
      await database.#prepare(cwd);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  }

  /**
   * Opens it for a program that keeps it open, or joins those that do: until `release` is called, `open` uses this instance.
   *
   * @throws DbtError what keeps it from being opened.
   */
  static async hold(
    credentials: DuckDbCredentials,
    cwd: string,
    hooks: AdapterHooks = {},
  ): Promise<{ readonly instance: DuckDBInstance; readonly release: () => void }> {
    const place = placeOf(credentials, cwd);
    const held = heldInstance(place);
    if (held) return { instance: held.instance, release: held.hold() };
    const database = await Database.open(credentials, cwd, hooks);
    const kept = keepInstance(place, database.#instance, () => database.close());
    return { instance: kept.instance, release: kept.release() };
  }

  async #prepare(cwd: string): Promise<void> {
    const session = new Session(await this.#instance.connect(), this);
    // Files that SQL reads by a relative path are looked for in the invocation's working directory.
    const elsewhere = resolve(cwd) !== process.cwd();
    if (elsewhere) {
      await session.execute(`SET GLOBAL file_search_path = '${escapeSqlString(resolve(cwd))}'`);
    }
    for (const step of openingSteps(this.#credentials, elsewhere ? resolve(cwd) : undefined)) {
      if (typeof step === 'string') await this.#makeSecret(session, step);
      else if ('sql' in step) await this.#attach(session, step, cwd);
      else await loadExtension(session, step);
    }
    await this.#applySettings(session);
    this.#idle.push(session);
  }

  /** The error of a secret that can't be made does not show what is secret; nor does its cause, which is left out. */
  async #makeSecret(session: Session, sql: string): Promise<void> {
    try {
      await session.execute(sql);
    } catch (error) {
      if (!isDbtError(error)) throw error;
      const { hint } = error.diagnostic;
      const message = withoutSecrets(error.message, this.#credentials.secrets);
      throw new DbtError(error.code, message, hint === undefined ? {} : { hint });
    }
  }

  async #attach(session: Session, { sql, file, readOnly }: AttachStep, cwd: string): Promise<void> {
    await whenFree(file ?? '', resolve(cwd, file ?? ''), this.#hooks, async () => {
      const unclaim = file === null ? undefined : claimFile(resolve(cwd, file), readOnly);
      try {
        await session.execute(sql);
        if (unclaim) this.#claims.push(unclaim);
      } catch (error) {
        unclaim?.();
        throw error;
      }
    });
  }

  async #applySettings(session: Session): Promise<void> {
    for (const statement of sessionStatements(this.#credentials)) await session.execute(statement);
  }

  /** A session that nobody uses, or a new one. */
  async session(name: string): Promise<Session> {
    let session = this.#idle.pop();
    if (!session) {
      try {
        session = new Session(await this.#instance.connect(), this);
      } catch (error) {
        throw engineError(error);
      }
      await this.#applySettings(session);
    }
    session.name = name;
    this.#used.add(session);
    return session;
  }

  async release(session: Session): Promise<void> {
    if (!this.#used.delete(session)) return;
    try {
      await session.rollback();
      await session.dropTemporary();
    } finally {
      session.name = 'idle';
      if (session.lent) session.close();
      else this.#idle.push(session);
    }
  }

  /** Cancels what runs; the names of the sessions concerned. */
  cancelAll(): readonly string[] {
    const names: string[] = [];
    for (const session of this.#used) {
      session.cancel();
      names.push(session.name);
    }
    return names;
  }

  /** A template's value as one that DuckDB can bind. */
  readonly bind = (value: unknown): DuckDBValue => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint')
      return value;
    if (typeof value === 'number') return value;
    if (typeName(value) === 'float') return Number(pyStr(value));
    return pyStr(value);
  };

  close(): void {
    for (const session of [...this.#idle, ...this.#used]) session.close();
    this.#idle.length = 0;
    this.#used.clear();
    if (this.#giveBack) this.#giveBack();
    else this.#instance.closeSync();
    for (const unclaim of this.#claims.splice(0)) unclaim();
  }
}

/** Where the database is, and what an instance of it would be opened with. */
function placeOf(credentials: DuckDbCredentials, cwd: string): InstancePlace {
  const { path, config_options: options, settings, extensions, secrets, attach } = credentials;
  return {
    file: path === ':memory:' || isAbsolute(path) || schemeOf(path) !== '' ? path : resolve(cwd, path),
    isFile: path !== ':memory:' && schemeOf(path) === '',
    settings: pyRepr([resolve(cwd), options, settings, extensions, secrets, attach]),
  };
}

function optionText(value: unknown): string {
  return typeof value === 'boolean' ? String(value) : pyStr(value);
}

/** Loads an extension, and installs it if it is not there: the profile asks for it by name. */
async function loadExtension(session: Session, { name, install }: ExtensionStep): Promise<void> {
  try {
    await session.execute(`LOAD ${name}`);
    return;
  } catch (error) {
    if (!(error instanceof DbtError) || error.code !== 'extension-missing') throw error;
  }
  try {
    await session.execute(install);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DbtError('extension-missing', `The extension '${name}' is not installed and could not be: ${reason}`, {
      cause: error,
      hint: `Without a network, put ${name}.duckdb_extension for this version of DuckDB into ~/.duckdb/extensions, or take '${name}' out of the profile's \`extensions\`.`,
    });
  }
  await session.execute(`LOAD ${name}`);
}
