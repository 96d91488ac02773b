import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { language } from '../words/language';
import { number } from './numbers';
import { clock, date, dayName, dayOf, fullTime, shortTime } from './time';

/** 1 Farvardin 1405, in this machine's zone. */
const nowruz = new Date(2026, 2, 21, 9, 5);

afterEach(() => {
  language.value = 'en';
});

describe('For a Persian reader', () => {
  beforeEach(() => {
    language.value = 'fa';
  });

  it('dates are of the Jalali calendar in Persian digits', () => {
    expect(date(nowruz)).toBe('۱ فروردین ۱۴۰۵');
    expect(date(new Date(2026, 2, 20))).toBe('۲۹ اسفند ۱۴۰۴');
    expect(date(new Date(2025, 2, 20))).toBe('۳۰ اسفند ۱۴۰۳'); // A leap year.
    expect(clock(nowruz)).toBe('۰۹:۰۵');
    expect(fullTime(nowruz)).toMatch(/شنبه.*۱ فروردین|فروردین.*شنبه/u);
  });

  it.each([
    ['فروردین', 3, 21], ['اردیبهشت', 4, 21], ['خرداد', 5, 22], ['تیر', 6, 22], ['مرداد', 7, 23], ['شهریور', 8, 23],
    ['مهر', 9, 23], ['آبان', 10, 23], ['آذر', 11, 22], ['دی', 12, 22], ['بهمن', 13, 21], ['اسفند', 14, 20],
  ])('knows when %s begins', (name, month, day) => {
    expect(date(new Date(2026, month - 1, day))).toBe(`۱ ${name} ۱۴۰۵`);
  });

  it('days are named', () => {
    expect(dayName(nowruz, nowruz)).toBe('امروز');
    expect(dayName(new Date(2026, 2, 20, 23, 59), nowruz)).toBe('دیروز');
    expect(dayName(new Date(2026, 2, 19), nowruz)).toMatch(/پنجشنبه/u);
  });

  it('numbers are in Persian digits', () => {
    expect(number(1405)).toBe('۱٬۴۰۵');
    expect(number(0)).toBe('۰');
  });
});

describe('For an English reader', () => {
  it('dates are Gregorian in Latin digits', () => {
    expect(date(nowruz)).toBe('March 21, 2026');
    expect(clock(nowruz)).toMatch(/^09:05/);
    expect(number(16_000)).toBe('16,000');
  });

  it('today and yesterday change at midnight, not after 24 hours', () => {
    const midnight = new Date(2026, 2, 21, 0, 0);
    const minuteBefore = new Date(2026, 2, 20, 23, 59);
    expect(dayName(midnight, midnight)).toBe('Today');
    expect(dayName(minuteBefore, minuteBefore)).toBe('Today');
    expect(dayName(minuteBefore, midnight)).toBe('Yesterday');
    expect(dayName(new Date(2026, 2, 20, 0, 0), new Date(2026, 2, 21, 23, 59))).toBe('Yesterday');
    expect(dayName(new Date(2026, 2, 19, 23, 59), midnight)).toMatch(/Thursday/);
  });

  it('yesterday may be of last month and last year', () => {
    expect(dayName(new Date(2025, 11, 31, 23, 0), new Date(2026, 0, 1, 1, 0))).toBe('Yesterday');
    expect(dayName(new Date(2024, 1, 29), new Date(2024, 2, 1))).toBe('Yesterday');
  });

  it('a weekday stands within a year, the year with older ones', () => {
    expect(dayName(new Date(2025, 11, 1), nowruz)).toMatch(/^Monday.*December 1|^Monday, December 1/);
    expect(dayName(new Date(2025, 11, 1), nowruz)).not.toMatch(/2025/);
    expect(dayName(new Date(2025, 2, 22), nowruz)).toBe('March 22, 2025');
  });

  it('a list shows the clock today, else the day', () => {
    expect(shortTime(new Date(2026, 2, 21, 0, 1), nowruz)).toMatch(/12:01/);
    expect(shortTime(new Date(2026, 2, 20, 23, 59), nowruz)).toBe('Yesterday');
  });

  it('two days have two numbers', () => {
    const days = Array.from({ length: 800 }, (_, index) => dayOf(new Date(2025, 0, 1 + index)));
    expect(new Set(days).size).toBe(800);
    expect(dayOf(new Date(2026, 2, 21, 0, 0))).toBe(dayOf(new Date(2026, 2, 21, 23, 59)));
  });
});
