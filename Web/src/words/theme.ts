import { effect, signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';

const key = 'chat.theme';
const stored = localStorage.getItem(key);

export const theme = signal<Theme>(stored === 'light' || stored === 'dark' ? stored : 'auto');

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(key, chosen);
  theme.value = chosen;
}

export function followTheme(): void {
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
  });
}
