import type { Json, JsonObject } from '../contracts/common.js';

/** Everything that the site shows, as embedded in its page. Absent fields are left out to keep the page small. */
export interface SiteData {
  readonly project: string;
  readonly generatedAt: string;
  readonly dbtVersion: string;
  readonly adapter: string;
  /** Markdown by package; the root project's is the home page. */
  readonly overviews: { readonly [packageName: string]: string };
  readonly nodes: readonly SiteNode[];
  readonly macros: readonly SiteMacro[];
  /** When the run ended whose results are shown, ISO 8601. */
  readonly runAt?: string;
}

export interface SiteColumn {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly meta?: JsonObject;
  readonly constraints?: readonly string[];
  /** The database has it, the project does not describe it, or the other way round. */
  readonly only?: 'database' | 'project';
}

export interface SiteNode {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** What stands in lists and in the graph when it is not the name: `source.table`, `model.v2`. */
  readonly label?: string;
  readonly package: string;
  /** The file it is defined in, relative to its package. */
  readonly path: string;
  /** The file it is described in. */
  readonly describedIn?: string;
  /** Positions in `SiteData.nodes`. */
  readonly parents?: readonly number[];
  /** `docs.show: false`: only its name and its place in the graph are part of the site. */
  readonly hidden?: true;
  readonly color?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly meta?: JsonObject;
  readonly columns?: readonly SiteColumn[];
  /** Name and value, in the order in which they are shown. */
  readonly details?: readonly (readonly [string, string])[];
  readonly materialized?: string;
  readonly raw?: string;
  readonly compiled?: string;
  readonly language?: string;
  readonly url?: string;
  readonly test?: SiteTest;
  readonly run?: SiteRun;
}

export interface SiteTest {
  /** `not_null`, `package.name`, or `singular`. */
  readonly kind: string;
  readonly column?: string;
  /** The position of the node it is attached to. */
  readonly on?: number;
  readonly arguments?: { readonly [name: string]: Json };
  readonly severity?: string;
}

export interface SiteRun {
  readonly status: string;
  readonly seconds: number;
  readonly message?: string;
  readonly failures?: number;
}

export interface SiteMacro {
  readonly id: string;
  readonly name: string;
  readonly package: string;
  readonly path: string;
  readonly description?: string;
  readonly sql: string;
  readonly arguments?: readonly { readonly name: string; readonly type?: string; readonly description?: string }[];
  /** Ids of macros of the site. */
  readonly uses?: readonly string[];
  /** Positions of the nodes that call it. */
  readonly usedBy?: readonly number[];
}
