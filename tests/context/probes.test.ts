import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PyError } from '../../src/jinja/errors.js';
import { comparable, kindOf } from './comparable.js';
import { type Answer, CASES, ProbeShop } from './probe-shop.js';

/** A template, or one whose answer differs from dbt's on purpose. */
type Probe =
  | string
  | { readonly template: string; readonly deviates: string; readonly gives: { readonly [context: string]: object } };

interface Spec {
  readonly contexts: readonly string[];
  readonly probes: readonly Probe[];
}

/** What dbt gave in one context. */
interface Recorded {
  readonly is?: unknown;
  /** dbt's text of the error. */
  readonly text?: string;
  /** The class of Python's error below dbt's. */
  readonly cause?: string;
}

interface Recording {
  /** For each probe one answer for all contexts, or one for each. */
  readonly answers: readonly (Recorded | { readonly by_context: { readonly [context: string]: Recorded } })[];
}

const directory = join(CASES, 'probes');
const names = readdirSync(directory)
  .filter((name) => name.endsWith('.json') && !name.endsWith('.recorded.json'))
  .map((name) => name.slice(0, -'.json'.length));

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(directory, name), 'utf8')) as T;
}

const shop: { open?: ProbeShop } = {};
beforeAll(async () => {
  shop.open = await ProbeShop.open();
});
afterAll(() => shop.open?.close());

/** Python's classes of errors that ours have as well; others differ in name only. */
const PYTHON_ERRORS = /^(Type|Value|Key|Index|Attribute|ZeroDivision|Overflow|Undefined)Error$/;

/** An answer as it is compared. A properties file has no node: its errors have no heading. */
function compared({ text, cause, is }: Recorded, context: string, other: Recorded): object {
  if (text === undefined) return { is };
  const kind = context === 'yaml' ? {} : { kind: kindOf(text) };
  // Where dbt has made an error of its own of Python's, its class says nothing.
  const known = cause !== undefined && other.cause !== undefined && PYTHON_ERRORS.test(other.cause);
  return { error: comparable(text), ...kind, ...(known && PYTHON_ERRORS.test(cause) ? { cause } : {}) };
}

function own(answer: Answer): Recorded {
  const { error, text } = answer;
  if (error === undefined) return { is: answer.is };
  return { text: text ?? '', ...(error instanceof PyError ? { cause: error.type } : {}) };
}

describe.each(names)('%s', (name) => {
  const { contexts, probes } = read<Spec>(`${name}.json`);
  const { answers } = read<Recording>(`${name}.recorded.json`);

  it.each(probes.map((probe, i) => [typeof probe === 'string' ? probe : probe.template, i] as const))(
    '%s',
    async (template, i) => {
      const recorded = answers[i];
      const probe = probes[i];
      if (!recorded || probe === undefined || !shop.open) throw new Error('not recorded');
      const found: { [context: string]: object } = {};
      const expected: { [context: string]: object } = {};
      for (const context of contexts) {
        const dbts = 'by_context' in recorded ? recorded.by_context[context] : recorded;
        if (!dbts) throw new Error(`not recorded for ${context}`);
        const answer = await shop.open.answer(template, context);
        if (answer.error) expect(answer.error.diagnostic.span, 'an error has its place').toBeDefined();
        const ours = own(answer);
        found[context] = compared(ours, context, dbts);
        expected[context] = compared(dbts, context, ours);
      }
      if (typeof probe === 'string') expect(found).toEqual(expected);
      else {
        expect(found, 'it no longer deviates').not.toEqual(expected);
        expect(found).toEqual(probe.gives);
      }
    },
  );
});
