import { inferSeed } from '../../../src/adapters/base/seed-inference.js';
import type { JsonObject } from '../../../src/contracts/common.js';
import type { Manifest } from '../../../src/contracts/manifest.js';
import { createGraph } from '../../../src/graph/create-graph.js';
import type { Graph } from '../../../src/graph/graph.js';
import { normalizeDefinitions } from '../../../src/graph/selector/normalize.js';
import { selectNodes } from '../../../src/graph/selector/select-nodes.js';
import type { Random } from '../../helpers/random.js';
import { caseJson, filesOf } from '../corpus.js';
import { ends, type Target } from '../target.js';
import { type Language, mutated } from '../text-mutations.js';
import { changed } from '../value-mutations.js';

const SELECTION: Language = {
  pieces: [
    '+',
    '1+',
    '+2',
    '@',
    ',',
    ' ',
    ':',
    '.',
    '*',
    '?',
    '[',
    ']',
    '[!',
    '/',
    '..',
    'tag:',
    'config.',
    'config.meta.a:',
    'state:',
    'result:',
    'source_status:',
    'version:',
    'path:',
    'file:',
    'selector:',
    'package:this',
    '99999999999+',
    'source:a.b.c.d',
  ],
  token: /\w+|\s+|[\s\S]/g,
  block: /[^ ,]+|[ ,]/g,
};

const manifest = caseJson<Manifest>('select/manifest.json');
const stateManifest = caseJson<Manifest>('select/state_manifest.json');
const selections = caseJson<{ select: string[]; exclude: string[] }[]>('select/selections.json').slice(1);
const selectors = Object.values(manifest.selectors) as JsonObject[];

interface Selecting {
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly mode: 'eager' | 'cautious' | 'buildable' | 'empty';
}

let graph: Graph | undefined;

/** `--select` and `--exclude`. */
export const selection: Target<Selecting> = {
  name: 'selection',
  what: 'mutated selections over the recorded manifest',
  short: 250,
  share: 1,
  generate(random) {
    const all = selections.flatMap((one) => [...one.select, ...one.exclude]).filter((text) => text !== '');
    const some = (): string[] => random.times(random.below(3), () => mutated(random, all, SELECTION));
    return { select: some(), exclude: some(), mode: random.pick(['eager', 'cautious', 'buildable', 'empty'] as const) };
  },
  async attempt({ select, exclude, mode }) {
    graph ??= createGraph(manifest);
    const options = { manifest, graph, select, exclude, indirectSelection: mode, state: { manifest: stateManifest } };
    await ends(() => selectNodes(options), false);
  },
};

interface Definitions {
  readonly definitions: readonly unknown[];
  readonly name: string;
}

/** selectors.yml once it is read. */
export const definitions: Target<Definitions> = {
  name: 'selectors',
  what: 'definitions of selectors.yml with values of every kind at every place',
  short: 150,
  share: 0.5,
  generate: (random) => {
    const all = random.pick(selectors);
    return { definitions: [changed(random, all) as JsonObject, random.pick(selectors)], name: String(all['name']) };
  },
  async attempt({ definitions: given, name }) {
    graph ??= createGraph(manifest);
    const options = { manifest, graph, selector: name, selectors: given as JsonObject[] };
    await ends(() => normalizeDefinitions(given as JsonObject[]), false);
    await ends(() => selectNodes(options as Parameters<typeof selectNodes>[0]), false);
  },
};

const CSV: Language = {
  pieces: [
    ',',
    ';',
    '"',
    '""',
    '\n',
    '\r\n',
    ' ',
    'null',
    'NULL',
    '1',
    '1.5',
    '1e5',
    'true',
    'yes',
    '2020-01-01',
    '2020-13-45',
    '2020-01-01 10:00:00',
    '2020-01-01T10:00:00+25:00',
    '10:00',
    '$1,000',
    '-',
    '%',
    '1_000',
    '٣',
    '1,2,3,4,5,6,7',
    'NaN',
    'inf',
    '99999999999999999999999999',
    '0001-01-01',
    '9999-12-31T23:59:59',
  ],
  token: /[^,"\n]+|[\s\S]/g,
  block: /[^\n]*\n|[^\n]+/g,
};

interface Csv {
  readonly text: string;
  readonly delimiter: string;
}

let csv: readonly string[] | undefined;

function seedCorpus(): readonly string[] {
  csv ??= filesOf(['tests/cases', 'seeds'], ['.csv']);
  return csv;
}

/** Seeds' files. */
export const seeds: Target<Csv> = {
  name: 'seeds',
  what: 'mutated CSV: rows, types of columns',
  short: 250,
  share: 1,
  generate: (random: Random) => ({
    text: mutated(random, seedCorpus(), CSV),
    delimiter: random.chance(0.8) ? ',' : random.pick([';', '|', '\t', '', 'ab', '"', '\n']),
  }),
  attempt: async ({ text, delimiter }) => {
    await ends(() => inferSeed(text, { delimiter, file: 'seeds/f.csv' }), false);
  },
};
