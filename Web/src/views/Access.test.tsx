import { afterEach, expect, it } from 'vitest';
import { act } from 'preact/test-utils';
import { route } from '../app/route';
import { fakeApi } from '../testing/api';
import { clear, draw } from '../testing/page';
import { choose } from '../words/language';
import { fa } from '../words/fa';
import { Access } from './Access';

afterEach(() => {
  choose('en');
  localStorage.clear();
  clear();
});

it('What is missing is asked for in the language of the page, not of the browser, and nothing is sent', async () => {
  const { asked } = fakeApi(() => ({}));
  choose('fa');
  route.value = { page: 'home' };
  const place = draw(<Access />);
  const form = place.querySelector('form')!;
  expect(form.noValidate).toBe(true);
  await act(() => void form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));
  expect(Array.from(place.querySelectorAll('.wrong')).map(({ textContent }) => textContent)).toEqual([fa.fields.required, fa.fields.required]);
  expect(asked).toEqual([]);
});
