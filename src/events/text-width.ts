let measure: ((text: string) => number) | undefined;

/** Loads what measures texts outside of ASCII. It is needed when rows are shown, which most commands never do. */
export async function loadTextWidth(): Promise<void> {
  measure ??= (await import('string-width')).default;
}

/** Columns of the terminal that the text takes; before `loadTextWidth`, one for each character outside of ASCII. */
export function displayWidth(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  return measure ? measure(text) : [...text].length;
}
