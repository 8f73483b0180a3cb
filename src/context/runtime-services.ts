import type { AdapterCall } from '../adapters/base/adapter.js';
import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { ManifestNode } from '../contracts/nodes.js';
import type { Invocation } from './invocation.js';
import type { MacroTable } from './macro-table.js';
import type { ManifestLookup } from './manifest-lookup.js';
import type { NodeConnection } from './node-connection.js';
import type { ResourceCopies } from './resource-copies.js';
import type { Members } from './template-context.js';

/** What the context of a node needs of the run that it belongs to. */
export interface RuntimeServices {
  readonly invocation: Invocation;
  readonly manifest: Manifest;
  readonly macros: MacroTable;
  readonly lookup: ManifestLookup;
  /** Jinja's `selected_resources`. */
  readonly selected: readonly UniqueId[];
  /** The names of the phase. */
  readonly members: Members<never>;
  /** The resources as templates get them. */
  readonly copies: ResourceCopies;
  /** Those of macros that no node calls. */
  readonly macroMembers: Members<never>;
  /** Jinja's `graph`. */
  readonly graph: { readonly [part: string]: unknown };
  /** What the adapter's methods get to work with. */
  adapterCall(connection: NodeConnection, node: ManifestNode | null): AdapterCall;
}
