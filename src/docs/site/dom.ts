type Child = Node | string | number | false | null | undefined | readonly Child[];

interface Attributes {
  readonly class?: string;
  readonly [name: string]: string | number | boolean | ((event: Event) => void) | undefined;
}

/**
 * Makes an element. Texts become text nodes, so nothing in them is ever read as HTML. An attribute `onclick` etc. takes
 * a function; `true` is an attribute without value, `false` and undefined none.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === false || child === null || child === undefined) continue;
    if (Array.isArray(child)) append(parent, child as readonly Child[]);
    else parent.append(child instanceof Node ? child : String(child));
  }
}

/** An element whose content is HTML that a library made of a text and escaped. */
export function trusted(tag: 'div' | 'code' | 'span', className: string, html: string): HTMLElement {
  const element = h(tag, { class: className });
  element.innerHTML = html;
  return element;
}
