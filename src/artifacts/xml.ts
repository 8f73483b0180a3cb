/** What XML 1.0 has no place for, not even escaped: most control characters, halves of surrogate pairs, U+FFFE, U+FFFF. */
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** An element's name, its attributes in their order (null ones are left out) and what it holds: text, or elements. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: { readonly [name: string]: string | number | null };
  readonly children?: string | readonly XmlElement[];
}

/** A document of XML 1.0 in UTF-8, an element a line. What XML can't hold becomes U+FFFD. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, '')}`;
}

function element({ name, attributes = {}, children = [] }: XmlElement, indent: string): string {
  const parts = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [` ${key}="${attributeText(String(value))}"`],
  );
  const open = `${indent}<${name}${parts.join('')}`;
  if (children.length === 0) return `${open}/>\n`;
  if (typeof children === 'string') return `${open}>${contentText(children)}</${name}>\n`;
  return `${open}>\n${children.map((child) => element(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

function contentText(text: string): string {
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** A parser would make blanks of tabs and line ends in attributes. */
function attributeText(text: string): string {
  return contentText(text).replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
}
