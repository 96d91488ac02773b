import { effect, signal } from '@preact/signals';
import { kept } from '../storage';

export type Theme = 'auto' | 'light' | 'dark';

const key = 'chat.theme';
const stored = kept.get(key);

export const theme = signal<Theme>(stored === 'light' || stored === 'dark' ? stored : 'auto');

export function chooseTheme(chosen: Theme): void {
  kept.set(key, chosen);
  theme.value = chosen;
}

/** The page stays in it until it is loaded again. */
export const forgetTheme = (): void => kept.remove(key);

export function followTheme(): void {
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
  });
}
