import { DbtError } from '../diagnostics/errors.js';
import { jsonDumps } from './functions/json.js';

/** What a query comment says of a statement's origin. */
export interface CommentSubject {
  readonly dbtVersion: string;
  readonly profileName: string;
  readonly targetName: string;
  readonly connectionName: string;
  readonly nodeId: string | null;
}

/** dbt's default comment: JSON as Python writes it. */
export function defaultComment(subject: CommentSubject): string {
  return jsonDumps({
    app: 'dbt',
    dbt_version: subject.dbtVersion,
    profile_name: subject.profileName,
    target_name: subject.targetName,
    ...(subject.nodeId === null ? { connection_name: subject.connectionName } : { node_id: subject.nodeId }),
  });
}

/** Puts a comment before a statement, or behind it when `append` is set; an empty comment changes nothing. */
export function addComment(sql: string, comment: string, append: boolean): string {
  const text = comment.trim();
  if (text === '') return sql;
  if (text.includes('*/')) {
    throw new DbtError('project-invalid', `query comment contains illegal value "*/": ${text}`, {
      hint: 'Change `query-comment` in dbt_project.yml so that it can stand inside /* … */.',
    });
  }
  if (!append) return `/* ${text} */\n${sql}`;
  const trimmed = sql.trimEnd();
  return trimmed.endsWith(';') ? `${trimmed.slice(0, -1)}\n/* ${text} */;` : `${trimmed}\n/* ${text} */`;
}
