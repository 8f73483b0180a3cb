import type { SiteColumn, SiteNode } from '../../site-data.js';
import type { Page } from '../app.js';
import { h } from '../dom.js';
import { lineagePanel } from '../graph/panel.js';
import { labelOf, type SiteIndex, TYPE_TITLES } from '../index-data.js';
import { inlineMarkdown, markdown } from '../markdown.js';
import { codeTabs, duration, facts, kindChip, nodeLink, section, statusChip, table, valueText } from './parts.js';

/** The page of a node: what it is, its columns and tests, what it stands between, its code. */
export function nodePage(index: SiteIndex, at: number): Page {
  const node = index.nodes[at]!;
  const drawings: Page['drawings'] = [];
  const lineage = lineagePanel(index, at, drawings);
  const tests = index.testsOn.get(at) ?? [];
  const sections = [
    section(
      'Description',
      'description',
      node.description ? markdown(node.description) : h('p', { class: 'quiet' }, 'Not described.'),
    ),
    node.columns && section(`Columns (${node.columns.length})`, 'columns', columnTable(index, node.columns, tests)),
    node.test && section('Tests', 'test', testFacts(index, node)),
    tests.length > 0 && section(`Tests (${tests.length})`, 'tests', testTable(index, tests)),
    section('Lineage', 'lineage', lineage.element),
    relatives(index, at),
    code(node),
    node.meta &&
      section('Meta', 'meta', facts(Object.entries(node.meta).map(([name, value]) => [name, valueText(value)]))),
  ];
  const element = h('article', {}, head(node, index), ...sections.filter((part) => part instanceof HTMLElement));
  return { title: labelOf(node), element, drawings, mounted: lineage.mounted };
}

function head(node: SiteNode, index: SiteIndex): HTMLElement {
  const run = node.run;
  const pairs: [string, HTMLElement | string][] = [
    ...(node.details ?? []).map(([name, value]): [string, HTMLElement | string] => [
      name,
      name === 'Relation' ? h('code', {}, value) : value,
    ]),
    ['Package', node.package],
    ['File', h('code', {}, node.path)],
    ...(node.describedIn && node.describedIn !== node.path
      ? [['Described in', h('code', {}, node.describedIn)] as [string, HTMLElement]]
      : []),
    ...(node.url ? [['Address', link(node.url)] as [string, HTMLElement]] : []),
  ];
  if (run) {
    const text = [
      duration(run.seconds),
      run.message,
      index.data.runAt && `at ${index.data.runAt.replace('T', ' ').slice(0, 16)} UTC`,
    ];
    pairs.push(['Last run', h('span', {}, statusChip(run), ` ${text.filter(Boolean).join(' · ')}`)]);
  }
  return h(
    'div',
    { class: 'page-head' },
    h(
      'div',
      { class: 'chips' },
      kindChip(node.type),
      node.materialized && node.materialized !== node.type && h('span', { class: 'chip' }, node.materialized),
      (node.tags ?? []).map((tag) => h('span', { class: 'chip tag' }, `#${tag}`)),
      run && statusChip(run),
    ),
    h('h1', {}, labelOf(node)),
    facts(pairs),
  );
}

/** An exposure's address; only the web's own schemes become a link. */
function link(url: string): HTMLElement {
  return /^https?:\/\//i.test(url)
    ? h('a', { href: url, rel: 'noopener noreferrer', target: '_blank' }, url)
    : h('span', {}, url);
}

function columnTable(index: SiteIndex, columns: readonly SiteColumn[], tests: readonly number[]): HTMLElement {
  const byColumn = new Map<string, number[]>();
  for (const at of tests) {
    const column = index.nodes[at]?.test?.column?.toLowerCase();
    if (column !== undefined) byColumn.set(column, [...(byColumn.get(column) ?? []), at]);
  }
  const rows = columns.map((column) =>
    h(
      'tr',
      { class: column.only === 'project' ? 'missing' : undefined },
      h(
        'td',
        { class: 'column-name' },
        h('code', {}, column.name),
        (column.tags ?? []).map((tag) => h('span', { class: 'chip tag' }, `#${tag}`)),
        column.only === 'project' &&
          h('span', { class: 'chip', title: 'Described, but not in the database' }, 'not built'),
      ),
      h('td', {}, column.type && h('code', { class: 'type' }, column.type)),
      h(
        'td',
        {},
        column.description && inlineMarkdown(column.description),
        (column.constraints ?? []).map((constraint) => h('span', { class: 'chip' }, constraint)),
        column.meta &&
          h(
            'div',
            { class: 'quiet' },
            Object.entries(column.meta)
              .map(([k, v]) => `${k}: ${valueText(v)}`)
              .join(' · '),
          ),
      ),
      h(
        'td',
        {},
        (byColumn.get(column.name.toLowerCase()) ?? []).map((at) => testChip(index, at)),
      ),
    ),
  );
  return table('columns', ['Column', 'Type', 'Description', 'Tests'], rows);
}

function testChip(index: SiteIndex, at: number): HTMLElement {
  const { test, run, id } = index.nodes[at]!;
  const status = run ? ` ${statusChip(run).className.split(' ').at(-1)}` : '';
  return h(
    'a',
    { class: `chip test${status}`, href: `#!/test/${encodeURIComponent(id)}`, title: run?.status },
    test?.kind ?? 'test',
  );
}

function testTable(index: SiteIndex, tests: readonly number[]): HTMLElement {
  const rows = tests.map((at) => {
    const node = index.nodes[at]!;
    const given = Object.entries(node.test?.arguments ?? {}).map(([name, value]) => `${name}: ${valueText(value)}`);
    return h(
      'tr',
      {},
      h('td', {}, nodeLink(index, at)),
      h('td', {}, node.test?.column && h('code', {}, node.test.column)),
      h('td', {}, given.join(', '), node.test?.severity && h('span', { class: 'chip' }, node.test.severity)),
      h('td', {}, node.run && statusChip(node.run)),
    );
  });
  return table('tests', ['Test', 'Column', 'Arguments', 'Last run'], rows);
}

function testFacts(index: SiteIndex, node: SiteNode): HTMLElement {
  const { kind, column, on, arguments: given, severity } = node.test!;
  return facts([
    ['Kind', kind],
    ...(on === undefined ? [] : [['Of', nodeLink(index, on)] as [string, HTMLElement]]),
    ...(column === undefined ? [] : [['Column', h('code', {}, column)] as [string, HTMLElement]]),
    ...Object.entries(given ?? {}).map(([name, value]): [string, string] => [name, valueText(value)]),
    ...(severity === undefined ? [] : [['Severity', severity] as [string, string]]),
    ...(node.run?.failures === undefined ? [] : [['Failures', String(node.run.failures)] as [string, string]]),
  ]);
}

function relatives(index: SiteIndex, at: number): HTMLElement | undefined {
  const isTest = (other: number): boolean => index.nodes[other]?.test !== undefined;
  const up = index.parents(at);
  const down = (index.children[at] ?? []).filter((other) => !isTest(other));
  if (up.length + down.length === 0) return undefined;
  return h(
    'div',
    { class: 'relatives' },
    section('Depends on', 'depends-on', byType(index, up)),
    section('Referenced by', 'referenced-by', byType(index, down)),
  );
}

function byType(index: SiteIndex, positions: readonly number[]): HTMLElement {
  if (positions.length === 0) return h('p', { class: 'quiet' }, 'Nothing.');
  const groups = Object.keys(TYPE_TITLES).map(
    (type) => [type, positions.filter((at) => index.nodes[at]?.type === type)] as const,
  );
  return h(
    'div',
    {},
    groups
      .filter(([, members]) => members.length > 0)
      .map(([type, members]) => [
        h('h3', {}, TYPE_TITLES[type]),
        h(
          'ul',
          { class: 'links' },
          members.map((at) => h('li', {}, nodeLink(index, at))),
        ),
      ]),
  );
}

function code(node: SiteNode): HTMLElement | undefined {
  const language = node.language === undefined ? {} : { language: node.language };
  const compiled = node.language === 'typescript' ? {} : language;
  const versions = [
    // What a TypeScript model came to is SQL, where it was run.
    ...(node.compiled
      ? [{ title: 'Compiled', code: node.compiled.trim(), ...(node.compiled === node.raw ? language : compiled) }]
      : []),
    ...(node.raw ? [{ title: 'Source', code: node.raw.trim(), ...language }] : []),
  ];
  return versions.length > 0 ? section('Code', 'code', codeTabs(versions)) : undefined;
}
