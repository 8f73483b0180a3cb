import type { JsonObject } from '../contracts/common.js';
import type { GraphResource, ManifestNode } from '../contracts/nodes.js';

/** dbt's `node_info` of an event: which node it is about and how far that node is. */
export interface NodeInfo {
  readonly materialized: string;
  readonly meta: JsonObject;
  readonly node_checksum: string;
  readonly node_finished_at: string;
  readonly node_name: string;
  readonly node_path: string;
  readonly node_relation: {
    readonly alias: string;
    readonly database: string;
    readonly relation_name: string;
    readonly schema: string;
  };
  readonly node_started_at: string;
  readonly node_status: string;
  readonly resource_type: string;
  readonly unique_id: string;
}

/** How far a node is; dbt writes `None` for a node that has not begun. */
export interface NodeProgress {
  readonly status: string;
  /** ISO 8601, UTC, without zone, as dbt has it here; empty when not yet. */
  readonly startedAt: string;
  readonly finishedAt: string;
}

const NOT_BEGUN: NodeProgress = { status: 'None', startedAt: '', finishedAt: '' };

type Described = GraphResource & {
  readonly [K in 'config' | 'meta' | 'checksum' | 'alias' | 'database' | 'relation_name' | 'schema']?: ManifestNode[K];
};

/** Of a node, or of an exposure, which has less. */
export function nodeInfo(node: Described, progress: NodeProgress = NOT_BEGUN): NodeInfo {
  return {
    materialized: node.config?.materialized ?? '',
    meta: node.meta ?? {},
    node_checksum: node.checksum?.checksum ?? '',
    node_finished_at: progress.finishedAt,
    node_name: node.name,
    node_path: node.path,
    node_relation: {
      alias: node.alias ?? '',
      database: node.database ?? '',
      relation_name: node.relation_name ?? '',
      schema: node.schema ?? '',
    },
    node_started_at: progress.startedAt,
    node_status: progress.status,
    resource_type: node.resource_type,
    unique_id: node.unique_id,
  };
}
