import type { JSX } from 'preact';
import { chooseLanguage } from '../app/state';
import { language, words } from '../words/language';
import { chooseTheme, theme, type Theme } from '../words/theme';

/** Language and theme: each language is named in itself, so that its readers find it. */
export function Switches(): JSX.Element {
  const texts = words.value;
  const themes: readonly (readonly [Theme, string])[] = [['auto', texts.themeAuto], ['light', texts.themeLight], ['dark', texts.themeDark]];
  return (
    <div class="switches">
      <div class="segmented" role="group" aria-label={texts.language}>
        <button type="button" lang="en" aria-pressed={language.value === 'en'} onClick={() => void chooseLanguage('en')}>English</button>
        <button type="button" lang="fa" aria-pressed={language.value === 'fa'} onClick={() => void chooseLanguage('fa')}>فارسی</button>
      </div>
      <label class="theme">
        <span>{texts.theme}</span>
        <select value={theme.value} onChange={({ currentTarget }) => chooseTheme(currentTarget.value as Theme)}>
          {themes.map(([value, name]) => <option key={value} value={value}>{name}</option>)}
        </select>
      </label>
    </div>
  );
}
