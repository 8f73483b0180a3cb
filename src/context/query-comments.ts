import { DBT_VERSION } from '../contracts/dbt-version.js';
import type { ManifestNode } from '../contracts/nodes.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { compileTemplate } from '../jinja/environment.js';
import { type HostObject, JINJA, NO_KEYWORDS } from '../jinja/values.js';
import type { MacroNamespace } from './macro-namespace.js';
import { addComment, defaultComment } from './query-comment.js';
import { type Members, TemplateContext } from './template-context.js';

/** The comment that a project puts before its statements: dbt's own JSON, or a template of the project's. */
export class QueryComments {
  readonly #config: RuntimeConfig;
  readonly #members: Members;
  readonly #macros: MacroNamespace;

  constructor(config: RuntimeConfig, members: Members, macros: MacroNamespace) {
    this.#config = config;
    this.#members = members;
    this.#macros = macros;
  }

  /**
   * What adds the comment to the statements of one connection; the comment is made once. A project that does not say
   * has dbt's own (null), one that sets it to nothing has none ('').
   */
  for(connectionName: string, node: ManifestNode | null): (sql: string) => string | Promise<string> {
    const { comment, append } = this.#config.project.query_comment;
    if (comment === '') return (sql) => sql;
    let text: string | Promise<string> | undefined;
    return (sql) => {
      text ??= comment === null ? this.#default(connectionName, node) : this.#render(comment, connectionName, node);
      return typeof text === 'string' ? addComment(sql, text, append) : text.then((t) => addComment(sql, t, append));
    };
  }

  #default(connectionName: string, node: ManifestNode | null): string {
    const { target } = this.#config;
    return defaultComment({
      dbtVersion: DBT_VERSION,
      profileName: target.profile_name,
      targetName: target.target_name,
      connectionName,
      nodeId: node?.unique_id ?? null,
    });
  }

  async #render(comment: string, connectionName: string, node: ManifestNode | null): Promise<string> {
    // As in dbt the comment is a macro's body: the macros that it calls don't see its arguments.
    const { macros } = compileTemplate(`${HEAD}${comment}{% endmacro %}`, { file: 'dbt_project.yml' });
    const context = new TemplateContext({ owner: null, macros: this.#macros, members: this.#members });
    const body = macros[0]?.bind(context);
    const shown = node ? new CommentNode(node) : null;
    return String(await body?.callAsync({ positional: [connectionName, shown], keyword: NO_KEYWORDS }));
  }
}

const HEAD = '{% macro query_comment_macro(connection_name, node) %}';

/** A node in a comment's template: what it does not have is empty text. */
class CommentNode implements HostObject {
  readonly [JINJA.type] = 'QueryHeaderContextWrapper';
  readonly #node: ManifestNode;

  constructor(node: ManifestNode) {
    this.#node = node;
  }

  [JINJA.attr](name: string): unknown {
    const fields = this.#node as unknown as { readonly [name: string]: unknown };
    return Object.hasOwn(fields, name) ? (fields[name] ?? null) : '';
  }
}
