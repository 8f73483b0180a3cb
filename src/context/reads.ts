/**
 * What the parser can be told of: something outside of a file that parsing the file looked at, named so that it can be
 * looked up again another time to see whether it is still the same.
 *
 * - `visible`, `package`, `resolved`, `flat`, `id`, `closure`, `generate`: a macro, as the `MacroTable` finds it;
 * - `file` (absolute path): what it holds;
 * - `var` (package, name), `env` (name), `flag` (name), `member` (a name of the context whose value is the invocation's).
 */
export type ReadKind =
  | 'visible'
  | 'package'
  | 'resolved'
  | 'flat'
  | 'id'
  | 'closure'
  | 'generate'
  | 'var'
  | 'env'
  | 'flag'
  | 'member'
  | 'fixture'
  | 'file';

/** Is told what templates read while the project is parsed, so that the result can be kept until one of these changes. */
export interface ReadObserver {
  read(kind: ReadKind, scope: string, name: string): void;
  /** Something was read that is different each time, or can't be looked up again: the time, chance, all names there are. */
  readUnrepeatable(): void;
}
