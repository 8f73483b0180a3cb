/** Writes the project below a directory; gives what there is of each kind. */
export function generate(
  directory: string,
  size?: { readonly models?: number; readonly macros?: number },
): { readonly models: number; readonly macros: number; readonly packages: number };
