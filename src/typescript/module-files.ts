import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError } from '../diagnostics/errors.js';
import { stripTypes } from './strip-types.js';
import { childrenOf, parseModule, type SyntaxNode, spanOf } from './syntax.js';

/** An import by a relative path. */
interface LocalImport {
  readonly specifier: string;
  readonly start: number;
  readonly end: number;
  /** Whether it is one of `import(…)`, which may lead nowhere as long as it is not run. */
  readonly lazy: boolean;
}

/** A module of the project. */
export interface ModuleFile {
  /** Absolute, as it was reached. */
  readonly path: string;
  /** Absolute, without links: what Node knows it by. `deps` links local packages. */
  readonly realPath: string;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly hash: string;
  /** Its text without types; null for what is neither TypeScript nor JavaScript. */
  readonly code: string | null;
  /** What its relative imports lead to: specifier -> absolute path. */
  readonly links: ReadonlyMap<string, string>;
}

/** What is kept of a text. */
interface Kept {
  readonly code: string;
  readonly imports: readonly LocalImport[];
}

const TYPESCRIPT: ReadonlySet<string> = new Set(['.ts', '.mts']);
const JAVASCRIPT: ReadonlySet<string> = new Set(['.js', '.mjs']);
/** What an extension in an import may stand for, as TypeScript has it. */
const SOURCES: { readonly [extension: string]: string } = { '.js': '.ts', '.mjs': '.mts' };
/** Raised when what is kept has another form or another version of the library made it. */
const FORMAT = 'swc-1.16.2/1';

/**
 * Reads modules of a project and what they import by relative paths. A text is read by the compiler once: what came of it is
 * kept in a directory, by the hash of the text.
 */
export class ModuleFiles {
  readonly #root: string;
  readonly #directory: string | null;
  readonly #files = new Map<string, ModuleFile>();
  readonly #reachedBy = new Map<string, string>();

  /**
   * @param root Paths in diagnostics are relative to it.
   * @param directory Where results are kept; null keeps none.
   */
  constructor(root: string, directory: string | null) {
    this.#root = root;
    this.#directory = directory;
  }

  /** The path for diagnostics; of a module's real path the one that it was reached by. */
  display(path: string): string {
    return relative(this.#root, this.#reachedBy.get(path) ?? path)
      .split(sep)
      .join('/');
  }

  /**
   * A module and all that it imports by relative paths, itself first.
   *
   * @throws DbtError `typescript-syntax`, or `typescript-import` for an import that leads nowhere.
   */
  closure(path: string): readonly ModuleFile[] {
    const found = new Map<string, ModuleFile>();
    const open = [path];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue;
      const file = this.read(next);
      found.set(next, file);
      open.push(...file.links.values());
    }
    return [...found.values()];
  }

  /** One module; of the same reading each time. */
  read(path: string): ModuleFile {
    let file = this.#files.get(path);
    if (!file) {
      file = this.#read(path);
      this.#files.set(path, file);
      this.#reachedBy.set(file.realPath, path);
    }
    return file;
  }

  #read(path: string): ModuleFile {
    const bytes = readFileSync(path);
    const realPath = realpathSync(path);
    const hash = createHash('sha256').update(bytes).digest('hex');
    const extension = extname(path);
    const typescript = TYPESCRIPT.has(extension);
    if (!typescript && (!JAVASCRIPT.has(extension) || path.includes(`${sep}node_modules${sep}`))) {
      return { path, realPath, hash, code: null, links: new Map() };
    }
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
    const { code, imports } = this.#compiled(text, hash, path, typescript);
    const links = new Map<string, string>();
    for (const { specifier, start, end, lazy } of imports) {
      const target = locate(resolve(dirname(path), specifier));
      if (target !== null) links.set(specifier, target);
      else if (!lazy) throw this.#missing(path, text, specifier, { start, end });
    }
    return { path, realPath, hash, code: typescript ? code : null, links };
  }

  #compiled(text: string, hash: string, path: string, typescript: boolean): Kept {
    const kept = this.#directory === null ? null : join(this.#directory, `${hash}${typescript ? '.ts' : '.js'}.json`);
    if (kept !== null) {
      const known = readKept(kept);
      if (known) return known;
    }
    const display = this.display(path);
    const code = typescript ? stripTypes(text, display) : text;
    const fresh = { code, imports: importsOf(parseModule(code, display)) };
    if (kept !== null) writeKept(kept, fresh);
    return fresh;
  }

  #missing(path: string, text: string, specifier: string, place: { start: number; end: number }): DbtError {
    const names = [...this.#files.keys()].map((known) => `./${relative(dirname(path), known).split(sep).join('/')}`);
    return new DbtError('typescript-import', `Cannot find '${specifier}', imported by ${this.display(path)}`, {
      span: spanOf(place, text, this.display(path)),
      sourceText: text,
      hint: didYouMean(specifier, names) ?? 'Correct the path, or make the file.',
    });
  }
}

/** The file that an import's path means: itself, a source in its place, or with an extension that was left out. */
function locate(path: string): string | null {
  const extension = extname(path);
  const source = SOURCES[extension];
  const candidates = [
    path,
    ...(source ? [path.slice(0, -extension.length) + source] : []),
    ...['.ts', '.mts', '.js', '.mjs'].flatMap((ending) => [path + ending, join(path, `index${ending}`)]),
  ];
  return candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile()) ?? null;
}

/** The relative imports of a module, each once. */
function importsOf(module: SyntaxNode): readonly LocalImport[] {
  const found = new Map<string, LocalImport>();
  const add = (source: SyntaxNode | null | undefined, lazy: boolean): void => {
    if (source?.type !== 'Literal' || typeof source.value !== 'string' || !/^\.\.?\//.test(source.value)) return;
    if (found.get(source.value)?.lazy === false) return;
    found.set(source.value, { specifier: source.value, start: source.start, end: source.end, lazy });
  };
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') add(node.source, false);
    else if (node.type === 'ExportNamedDeclaration') add(node.source, false);
    else if (node.type === 'ImportExpression') add(node.source, true);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(module);
  return [...found.values()];
}

function readKept(path: string): Kept | null {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept & { readonly format?: string };
    return kept.format === FORMAT ? kept : null;
  } catch {
    // Not there, or cut off: it is made anew.
    return null;
  }
}

/** A directory that can't be written to costs time, nothing else. */
function writeKept(path: string, { code, imports }: Kept): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const aside = `${path}.${process.pid}.${performance.now()}`;
    writeFileSync(aside, JSON.stringify({ format: FORMAT, code, imports }));
    renameSync(aside, path);
  } catch {
    return;
  }
}
