import { signal } from '@preact/signals';
import { locale, words } from '../words/language';

type Kind = 'clock' | 'day' | 'date' | 'full';

const options: Record<Kind, Intl.DateTimeFormatOptions> = {
  clock: { hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  full: { dateStyle: 'full', timeStyle: 'medium' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

function format(kind: Kind, at: Date): string {
  const key = `${kind} ${locale.value}`;
  let made = formats.get(key);
  if (!made) {
    formats.set(key, (made = new Intl.DateTimeFormat(locale.value, options[kind])));
  }

  return made.format(at);
}

export const clock = (at: Date): string => format('clock', at);
export const fullTime = (at: Date): string => format('full', at);
export const date = (at: Date): string => format('date', at);

/** A number that differs for two days of this place's calendar. */
export const dayOf = (at: Date): number => at.getFullYear() * 10_000 + at.getMonth() * 100 + at.getDate();

/** The present day; what names days is drawn again when it changes. */
export const today = signal(dayOf(new Date()));

export function followDay(): void {
  const look = (): void => {
    today.value = dayOf(new Date());
  };
  setInterval(look, 30_000);
  document.addEventListener('visibilitychange', look);
}

/** "Today", "Yesterday", the weekday within the year, else the date. */
export function dayName(at: Date, now = new Date()): string {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayOf(at) === dayOf(now)) {
    return words.value.today;
  }

  if (dayOf(at) === dayOf(yesterday)) {
    return words.value.yesterday;
  }

  return format(now.getTime() - at.getTime() < 300 * 86_400_000 ? 'day' : 'date', at);
}

/** For a list: the clock today, else the day. */
export const shortTime = (at: Date, now?: Date): string => (dayOf(at) === (now ? dayOf(now) : today.value) ? clock(at) : dayName(at, now));
