import { afterEach, describe, expect, it } from 'vitest';
import { ApiError } from '../api/errors';
import { actions as noActions } from '../testing/actions';
import { clear, draw } from '../testing/page';
import { fa } from '../words/fa';
import { language } from '../words/language';
import { Field, Problem } from './Field';
import { PendingItem } from './PendingItem';
import { en } from '../words/en';

afterEach(() => {
  clear();
  language.value = 'en';
});

const wrong = new ApiError('invalid_request', 400, { slug: ['This field is required.', 'At most 64 characters.'] });

function field(props: { error?: ApiError | null; hint?: string; wire?: string; name?: string }) {
  const place = draw(<Field name="slug" label="Address" {...props}>{(input) => <input {...input} />}</Field>);
  return { place, input: place.querySelector('input')! };
}

describe('A field', () => {
  it('is named by its label', () => {
    const { place, input } = field({});
    expect([place.querySelector('label')?.htmlFor, input.name]).toEqual([input.id, 'slug']);
    expect([input.getAttribute('aria-invalid'), input.getAttribute('aria-describedby')]).toEqual(['false', null]);
    expect(input.id).not.toBe('');
  });

  it('is described by its hint and by what is wrong with it', () => {
    const { place, input } = field({ hint: 'Letters', error: wrong });
    const described = input.getAttribute('aria-describedby')!.split(' ').map((id) => place.querySelector(`#${CSS.escape(id)}`)?.textContent);
    expect(described).toEqual(['Letters', 'This is needed. At most 64 characters.']);
    expect(input.getAttribute('aria-invalid')).toBe('true');
  });

  it('says what is wrong in the reader\'s language', () => {
    language.value = 'fa';
    expect(field({ error: wrong }).place.querySelector('.wrong')?.textContent).toBe(`${fa.fields.required} ${fa.fields.atMost('۶۴')}`);
  });

  it('is not at fault for another, and may have another name on the wire', () => {
    expect(field({ error: wrong, name: 'type' }).input.getAttribute('aria-invalid')).toBe('false');
    expect(field({ error: wrong, name: 'address', wire: 'slug' }).input.getAttribute('aria-invalid')).toBe('true');
    expect(field({ error: new ApiError('slug_taken', 409) }).place.querySelector('.wrong')).toBeNull();
  });
});

describe('What went wrong with a form', () => {
  it('is said aloud when it appears', () => {
    const place = draw(<Problem error={null} />);
    expect([place.querySelector('[role=alert]')?.textContent]).toEqual(['']);
    expect(draw(<Problem error={new ApiError('slug_taken', 409)} />).querySelector('[role=alert]')?.textContent).toBe(en.errors.slug_taken);
  });
});

describe('A message on its way', () => {
  it('says that it waits, or why it was not sent and what can be done', () => {
    const actions = noActions();
    const item = { clientId: 'c', text: '<b>x', at: 0 };
    expect(draw(<PendingItem item={{ ...item, state: 'waiting' }} locale={en} actions={actions} />).querySelector('small')?.textContent).toBe(en.waiting);
    const busy = draw(<PendingItem item={{ ...item, state: 'waiting', error: new ApiError('too_many_requests', 429) }} locale={en} actions={actions} />);
    expect(busy.querySelector('small')?.textContent).toBe(en.errors.too_many_requests);
    const failed = draw(<PendingItem item={{ ...item, state: 'failed', error: new ApiError('forbidden', 403) }} locale={en} actions={actions} />);
    expect(failed.querySelector('[role=alert]')?.textContent).toContain(en.errors.forbidden);
    expect([...failed.querySelectorAll('button')].map(({ textContent }) => textContent)).toEqual([en.sendAgain, en.discard]);
    expect(failed.querySelector('b')).toBeNull();
  });
});
