import type { DuckDbCredentials } from './credentials.js';

type Retries = DuckDbCredentials['retries'];

/** Names of DuckDB's Python exceptions that are not the words of the message with `Exception`. */
const NAMES: { readonly [words: string]: string } = {
  FATAL: 'FatalException',
  INTERNAL: 'InternalException',
  INTERRUPT: 'InterruptException',
  'Mismatch Type': 'TypeMismatchException',
  TransactionContext: 'TransactionException',
};

/**
 * The name that `retryable_exceptions` of a profile has for an error of DuckDB's: that of the class in Python, made of
 * what the message begins with. Null when the error is none of DuckDB's.
 */
export function exceptionName(error: unknown): string | null {
  const words = error instanceof Error ? /^([A-Za-z]+(?: [A-Za-z]+)*) Error: /.exec(error.message)?.[1] : undefined;
  if (words === undefined) return null;
  if (Object.hasOwn(NAMES, words)) return NAMES[words] ?? null;
  return `${words.replace(/(?:^| )([a-z])?/g, (_gap, letter: string | undefined) => letter?.toUpperCase() ?? '')}Exception`;
}

/**
 * Does what may fail, at most `attempts` times, as dbt-duckdb does: again only after an error that the profile names,
 * 1, 2, 4 … seconds later.
 */
export async function withRetries<T>(
  { exceptions }: Pick<Retries, 'exceptions'>,
  attempts: number,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const name = exceptionName(error);
      if (attempt >= attempts || name === null || !exceptions.includes(name)) throw error;
      await new Promise((done) => setTimeout(done, 1000 * 2 ** (attempt - 1)));
    }
  }
}
