import { writeFileAtomic } from '../write-file.js';
import { type XmlElement, xmlDocument } from '../xml.js';

/** One test, or one node of a build. */
export interface JunitCase {
  readonly name: string;
  /** What it is about, e.g. `shop.orders`: CI systems group by it. */
  readonly classname: string;
  readonly seconds: number;
  readonly outcome: 'passed' | 'failed' | 'error' | 'skipped';
  /** Of what did not pass: one line, and all that there is to say. */
  readonly message: string;
  readonly detail: string;
  /** The status, or the code of the error. */
  readonly type: string;
  /** What is to be said of a test that passed, e.g. that it warns. */
  readonly output: string;
}

/** The tests of one model, seed, snapshot, source or file. */
export interface JunitSuite {
  readonly name: string;
  /** Relative to the project. */
  readonly file: string | null;
  /** ISO 8601, when the first of its cases began. */
  readonly timestamp: string | null;
  readonly cases: readonly JunitCase[];
}

/**
 * A report in the XML of JUnit as CI systems read it: no element and no attribute that the schema of Jenkins has not,
 * counts and seconds on every level.
 */
export function junitXml(name: string, suites: readonly JunitSuite[], seconds: number): string {
  const all = suites.flatMap((suite) => suite.cases);
  const { skipped: _skipped, ...counts } = countsOf(all);
  return xmlDocument({
    name: 'testsuites',
    attributes: { name, ...counts, time: seconds.toFixed(3) },
    children: suites.map(suiteElement),
  });
}

/** Writes the report aside and renames it. Throws a DbtError `artifact-unwritable`. */
export async function writeJunit(path: string, xml: string): Promise<void> {
  await writeFileAtomic(path, xml);
}

function countsOf(cases: readonly JunitCase[]): { readonly [name: string]: number } {
  const count = (outcome: JunitCase['outcome']): number => cases.filter((c) => c.outcome === outcome).length;
  return { tests: cases.length, failures: count('failed'), errors: count('error'), skipped: count('skipped') };
}

function suiteElement({ name, file, timestamp, cases }: JunitSuite): XmlElement {
  const seconds = cases.reduce((sum, c) => sum + c.seconds, 0);
  return {
    name: 'testsuite',
    attributes: {
      name,
      ...countsOf(cases),
      time: seconds.toFixed(3),
      // The schema knows no zone and no fraction; it is UTC.
      timestamp: timestamp?.slice(0, 19) ?? null,
      file,
    },
    children: cases.map(caseElement),
  };
}

const ELEMENTS = { failed: 'failure', error: 'error', skipped: 'skipped' } as const;

function caseElement(test: JunitCase): XmlElement {
  const { name, classname, seconds, outcome, message, detail, type, output } = test;
  const children: XmlElement[] = [];
  if (outcome === 'skipped') children.push({ name: 'skipped', attributes: message === '' ? {} : { message } });
  else if (outcome !== 'passed') {
    children.push({ name: ELEMENTS[outcome], attributes: { message, type }, children: detail });
  }
  if (output !== '') children.push({ name: 'system-out', children: output });
  return { name: 'testcase', attributes: { name, classname, time: seconds.toFixed(3) }, children };
}
