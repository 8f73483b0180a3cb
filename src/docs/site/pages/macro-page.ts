import type { SiteMacro } from '../../site-data.js';
import type { Page } from '../app.js';
import { h } from '../dom.js';
import { hrefOf, type SiteIndex } from '../index-data.js';
import { inlineMarkdown, markdown } from '../markdown.js';
import { codeTabs, facts, kindChip, nodeLink, section, table } from './parts.js';

/** The page of a macro. */
export function macroPage(index: SiteIndex, macro: SiteMacro): Page {
  const called = (macro.uses ?? []).flatMap((id) => index.macro(id) ?? []);
  const parts = [
    section(
      'Description',
      'description',
      macro.description ? markdown(macro.description) : h('p', { class: 'quiet' }, 'Not described.'),
    ),
    macro.arguments &&
      section(
        'Arguments',
        'arguments',
        table(
          'columns',
          ['Argument', 'Type', 'Description'],
          macro.arguments.map((argument) =>
            h(
              'tr',
              {},
              h('td', {}, h('code', {}, argument.name)),
              h('td', {}, argument.type && h('code', { class: 'type' }, argument.type)),
              h('td', {}, argument.description && inlineMarkdown(argument.description)),
            ),
          ),
        ),
      ),
    (called.length > 0 || macro.usedBy) &&
      h(
        'div',
        { class: 'relatives' },
        called.length > 0 &&
          section(
            'Calls',
            'calls',
            h(
              'ul',
              { class: 'links' },
              called.map((other) => h('li', {}, h('a', { href: hrefOf({ id: other.id, type: 'macro' }) }, other.name))),
            ),
          ),
        macro.usedBy &&
          section(
            'Called by',
            'called-by',
            h(
              'ul',
              { class: 'links' },
              macro.usedBy.map((at) => h('li', {}, nodeLink(index, at))),
            ),
          ),
      ),
    section('Code', 'code', codeTabs([{ title: 'Source', code: macro.sql.trim() }])),
  ];
  const element = h(
    'article',
    {},
    h(
      'div',
      { class: 'page-head' },
      h('div', { class: 'chips' }, kindChip('macro')),
      h('h1', {}, macro.name),
      facts([
        ['Package', macro.package],
        ['File', h('code', {}, macro.path)],
      ]),
    ),
    ...parts.filter((part) => part instanceof HTMLElement),
  );
  return { title: macro.name, element, drawings: [] };
}
