import { createRequire } from 'node:module';
import { isAbsolute, resolve } from 'node:path';
import type * as Driver from '@duckdb/node-api';
import type { DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { DbtError } from '../../diagnostics/errors.js';
import { pyStr, typeName } from '../../jinja/values.js';
import { attachSql, schemeOf } from './attachment.js';
import type { TextOf } from './convert.js';
import { textConverter } from './convert-text.js';
import type { DuckDbCredentials, Extension } from './credentials.js';
import { engineError, openError } from './engine-error.js';
import { escapeSqlString, secretSql } from './secrets.js';
import { Session, type SessionOwner } from './session.js';

/**
 * An open database and its sessions. Sessions that are given back serve the next node: opening one costs the settings
 * of the profile. The driver is loaded here, when the database is opened, and nowhere else.
 */
export class Database implements SessionOwner {
  readonly attempts: number;
  readonly toText: TextOf;
  readonly #credentials: DuckDbCredentials;
  readonly #instance: DuckDBInstance;
  readonly #idle: Session[] = [];
  readonly #used = new Set<Session>();

  private constructor(credentials: DuckDbCredentials, instance: DuckDBInstance, toText: TextOf) {
    this.#credentials = credentials;
    this.#instance = instance;
    this.toText = toText;
    this.attempts = credentials.retries.query_attempts;
  }

  /** Opens the file, or a database in memory, loads extensions, makes secrets, attaches what is to be attached. */
  static async open(credentials: DuckDbCredentials, cwd: string): Promise<Database> {
    // Not import(): Node would read each of the driver's CommonJS files twice to learn its exports, some 80 ms.
    const api = createRequire(import.meta.url)('@duckdb/node-api') as typeof Driver;
    const { path } = credentials;
    const options: { [name: string]: string } = { autoinstall_known_extensions: 'false' };
    for (const [name, value] of Object.entries(credentials.config_options)) options[name] = optionText(value);
    const file = path === ':memory:' || isAbsolute(path) || schemeOf(path) !== '' ? path : resolve(cwd, path);
    let instance: DuckDBInstance | undefined;
    for (let attempt = 1; instance === undefined; attempt++) {
      try {
        instance = await api.DuckDBInstance.create(file, options);
      } catch (error) {
        if (attempt >= credentials.retries.connect_attempts) throw openError(error, path, cwd);
        await new Promise((done) => setTimeout(done, 1000 * 2 ** (attempt - 1)));
      }
    }
    const database = new Database(credentials, instance, textConverter(api));
    try {
      await database.#prepare(cwd);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  }

  async #prepare(cwd: string): Promise<void> {
    const session = new Session(await this.#instance.connect(), this);
    // Files that SQL reads by a relative path are looked for in the invocation's working directory.
    if (resolve(cwd) !== process.cwd()) {
      await session.execute(`SET GLOBAL file_search_path = '${escapeSqlString(resolve(cwd))}'`);
    }
    for (const extension of this.#credentials.extensions) await loadExtension(session, extension);
    for (const [i, secret] of this.#credentials.secrets.entries()) await session.execute(secretSql(secret, i + 1));
    for (const attachment of this.#credentials.attach) await session.execute(attachSql(attachment));
    await this.#applySettings(session);
    this.#idle.push(session);
  }

  async #applySettings(session: Session): Promise<void> {
    for (const [name, value] of Object.entries(this.#credentials.settings)) {
      await session.execute(`SET ${name} = '${escapeSqlString(value)}'`);
    }
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
    } finally {
      session.name = 'idle';
      this.#idle.push(session);
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
    this.#instance.closeSync();
  }
}

function optionText(value: unknown): string {
  return typeof value === 'boolean' ? String(value) : pyStr(value);
}

/** Loads an extension, and installs it if it is not there: the profile asks for it by name. */
async function loadExtension(session: Session, extension: Extension): Promise<void> {
  const { name, repo } = typeof extension === 'string' ? { name: extension, repo: null } : extension;
  try {
    await session.execute(`LOAD ${name}`);
    return;
  } catch (error) {
    if (!(error instanceof DbtError) || error.code !== 'extension-missing') throw error;
  }
  try {
    await session.execute(repo === null ? `INSTALL ${name}` : `INSTALL ${name} FROM ${repo}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DbtError('extension-missing', `The extension '${name}' is not installed and could not be: ${reason}`, {
      cause: error,
      hint: `Without a network, put ${name}.duckdb_extension for this version of DuckDB into ~/.duckdb/extensions, or take '${name}' out of the profile's \`extensions\`.`,
    });
  }
  await session.execute(`LOAD ${name}`);
}
