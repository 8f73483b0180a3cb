import { h } from './dom.js';

const KEY = 'tsdbt-theme';

/** The button that goes between light and dark; the choice is kept where the browser allows it. */
export function themeButton(onChange: () => void): HTMLElement {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const follow = (): void => apply(stored() ?? (system.matches ? 'dark' : 'light'));
  follow();
  const button = h(
    'button',
    {
      class: 'icon-button',
      type: 'button',
      title: 'Light or dark',
      'aria-label': 'Switch between light and dark',
      onclick: () => {
        const next = isDark() ? 'light' : 'dark';
        apply(next);
        try {
          localStorage.setItem(KEY, next);
        } catch {
          // A page opened from the disk may have no storage.
        }
        onChange();
      },
    },
    '◐',
  );
  system.addEventListener('change', () => {
    follow();
    onChange();
  });
  return button;
}

/** What is shown now. */
export function isDark(): boolean {
  return document.documentElement.dataset['theme'] === 'dark';
}

function apply(theme: string): void {
  document.documentElement.dataset['theme'] = theme;
}

function stored(): string | null {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'dark' || theme === 'light' ? theme : null;
  } catch {
    return null;
  }
}
