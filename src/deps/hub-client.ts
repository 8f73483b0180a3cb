import type { Environment } from '../config/env-var.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { formatSpan } from '../diagnostics/span.js';
import type { EventBus } from '../events/event-bus.js';
import { dictEntries, dictGet, isDict, pyStr } from '../jinja/values.js';
import type { Http } from './http.js';
import { packageError, type Wanted } from './wanted.js';

/** A version of a package as the hub has it. */
export interface HubVersion {
  readonly name: string;
  readonly packages: readonly unknown[];
  readonly tarball: string;
  readonly requireDbtVersion: unknown;
}

const PUBLIC_HUB = 'https://hub.getdbt.com/';

/** The index of packages (`DBT_PACKAGE_HUB_URL`, else dbt's). Each document is asked for once. */
export class HubClient {
  readonly #base: string;
  readonly #documents = new Map<string, Promise<unknown>>();

  constructor(
    readonly http: Http,
    readonly bus: Pick<EventBus, 'emit' | 'warn'>,
    env: Environment,
  ) {
    const base = env['DBT_PACKAGE_HUB_URL'] || PUBLIC_HUB;
    this.#base = base.endsWith('/') ? base : `${base}/`;
  }

  /** The names of all packages. */
  async index(wanted: Wanted): Promise<readonly string[]> {
    const url = `${this.#base}api/v1/index.json`;
    const check = (value: unknown): string | undefined => (Array.isArray(value) ? undefined : 'The index is no list');
    const index = await this.#get(url, () => this.http.json(url, wanted, check));
    if (index === undefined) {
      const hint = 'DBT_PACKAGE_HUB_URL is the address above api/v1/.';
      throw packageError('download-failed', `There is no package index at ${url}`, wanted, hint);
    }
    return index as readonly string[];
  }

  /** The versions of a package. Throws `package-missing`; warns, once, of a package that has another name now. */
  async versions(name: string, wanted: Wanted): Promise<ReadonlyMap<string, HubVersion>> {
    const index = await this.index(wanted);
    const missing = (): Error =>
      packageError(
        'package-missing',
        `Package ${name} was not found in the package index`,
        wanted,
        didYouMean(name, index) ?? sameName(name, index) ?? `Look for it at ${this.#base}.`,
      );
    if (!index.includes(name)) throw missing();
    const url = `${this.#base}api/v1/${name.split('/').map(encodeURIComponent).join('/')}.json`;
    const read = this.#get(url, async () => {
      const document = await this.http.json(url, wanted, checkPackage);
      if (document === undefined) throw missing();
      this.#warnMoved(name, document, wanted);
      return readVersions(document);
    });
    return (await read) as ReadonlyMap<string, HubVersion>;
  }

  #warnMoved(old: string, document: unknown, wanted: Wanted): void {
    const field = (key: string): unknown => (isDict(document) ? dictGet(document, key) : undefined);
    if (field('redirectnamespace') === undefined && field('redirectname') === undefined) return;
    const now = `${pyStr(field('redirectnamespace') || field('namespace'))}/${pyStr(field('redirectname') || field('name'))}`;
    this.bus.warn('PackageRedirectDeprecation', {
      msg: `The \`${old}\` package is deprecated in favor of \`${now}\`. Please update your \`packages.yml\` configuration to use \`${now}\` instead.`,
      place: formatSpan(wanted.span),
    });
  }

  #get(url: string, make: () => Promise<unknown>): Promise<unknown> {
    const known = this.#documents.get(url);
    if (known) return known;
    const made = make();
    made.catch(() => {});
    this.#documents.set(url, made);
    return made;
  }
}

/** The same package of another namespace, e.g. of one that has moved. */
function sameName(name: string, index: readonly string[]): string | undefined {
  const own = name.split('/')[1];
  const others = index.filter((other) => other.split('/')[1] === own).slice(0, 3);
  return others.length > 0 ? `Did you mean ${others.map((other) => `'${other}'`).join(' or ')}?` : undefined;
}

function checkPackage(document: unknown): string | undefined {
  if (!isDict(document)) return 'The answer is no JSON object';
  for (const key of ['name', 'versions']) {
    if (dictGet(document, key) === undefined) return `The answer has no '${key}'`;
  }
  const versions = dictGet(document, 'versions');
  if (!isDict(versions)) return "'versions' of the answer is no JSON object";
  for (const [version, entry] of dictEntries(versions)) {
    const downloads = isDict(entry) ? dictGet(entry, 'downloads') : undefined;
    const isRight =
      isDict(entry) &&
      typeof dictGet(entry, 'name') === 'string' &&
      Array.isArray(dictGet(entry, 'packages')) &&
      isDict(downloads) &&
      typeof dictGet(downloads, 'tarball') === 'string';
    if (!isRight) return `Version ${pyStr(version)} of the answer lacks its name, packages or download`;
  }
  return undefined;
}

/** What `checkPackage` has found right. */
function readVersions(document: unknown): ReadonlyMap<string, HubVersion> {
  const { versions } = document as { readonly versions: Record<string, Record<string, unknown>> };
  return new Map(
    Object.entries(versions).map(([version, entry]) => [
      version,
      {
        name: entry['name'] as string,
        packages: entry['packages'] as unknown[],
        tarball: (entry['downloads'] as { tarball: string }).tarball,
        requireDbtVersion: entry['require_dbt_version'],
      },
    ]),
  );
}
