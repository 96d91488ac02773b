import { computed, effect, signal } from '@preact/signals';
import { en, type Words } from './en';
import { fa } from './fa';
import { kept } from '../storage';

export type Language = 'en' | 'fa';

const key = 'chat.language';

/** What was chosen here, else the first of the browser's languages that there is. */
function first(): Language {
  const chosen = kept.get(key);
  if (chosen === 'en' || chosen === 'fa') {
    return chosen;
  }

  return navigator.languages.map((tag) => tag.split('-')[0]).find((tag) => tag === 'fa' || tag === 'en') === 'fa' ? 'fa' : 'en';
}

/** The browser's own English: it knows 12 or 24 hours, and whether the day or the month comes first. */
const english = navigator.languages.find((tag) => /^en(-[A-Z]{2})?$/.test(tag)) ?? 'en';

export const language = signal<Language>(first());

/** The texts of the present language. */
export const words = computed<Words>(() => (language.value === 'fa' ? fa : en));

export const direction = computed(() => (language.value === 'fa' ? 'rtl' : 'ltr'));

/** Persian readers get the Jalali calendar and Persian digits; `latn` keeps English ones from following the device's region. */
export const locale = computed(() => (language.value === 'fa' ? 'fa-IR-u-ca-persian-nu-arabext' : `${english}-u-ca-gregory-nu-latn`));

/** Whether a language was chosen on this device. */
export const hasChosen = (): boolean => kept.get(key) !== null;

export function choose(chosen: Language): void {
  kept.set(key, chosen);
  language.value = chosen;
}

/** The page stays in it until it is loaded again. */
export const forgetLanguage = (): void => kept.remove(key);

/** Keeps the document in the language. */
export function followLanguage(): void {
  effect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dir = direction.value;
  });
  addEventListener('storage', (event) => {
    if (event.key === key && (event.newValue === 'en' || event.newValue === 'fa')) {
      language.value = event.newValue;
    }
  });
}
