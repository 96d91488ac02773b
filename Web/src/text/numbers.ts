import { locale } from '../words/language';

const formats = new Map<string, Intl.NumberFormat>();

/** A whole number in the reader's digits. */
export function number(value: number): string {
  const tag = locale.value;
  let format = formats.get(tag);
  if (!format) {
    formats.set(tag, (format = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 })));
  }

  return format.format(value);
}
