import type { JSX } from 'preact';

const paths = {
  back: 'M15 5l-7 7 7 7',
  check: 'M4 13l5 5L20 6',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M12 5v14M6 13l6 6 6-6',
  group: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 19c0-3 2.7-5 6-5s6 2 6 5M16 11a2.5 2.5 0 1 0 0-5M17 14c2.5.3 4 2 4 4.5',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z',
  more: 'M12 6v.01M12 12v.01M12 18v.01',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c0-3.5 3.6-6 8-6s8 2.5 8 6',
  plus: 'M12 5v14M5 12h14',
  send: 'M21 3L10.5 13.5M21 3l-6.5 18-4-7.5L3 9.5z',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.01',
} as const;

/** Drawn with the text's colour; says nothing to a screen reader. `flip`: points the reading way, so it turns in a right-to-left page. */
export function Icon({ name, flip = false }: { readonly name: keyof typeof paths; readonly flip?: boolean }): JSX.Element {
  return (
    <svg class={flip ? 'flip' : undefined} viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width={name === 'more' ? 3.5 : 2} stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
