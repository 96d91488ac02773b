import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import type { Message } from '../api/shapes';
import { message } from '../testing/chat';
import { People } from './people';

it('Whom a message can mention is who wrote lately, and nobody whose account is gone', () => {
  const messages = signal<readonly Message[]>([message(1, { user: 'ali' }), message(2, { user: 'deleted user' }), message(3, { user: 'omid' }), message(4, { user: 'sara' })]);
  expect(new People('g', 'Sara', messages).names.value).toEqual(['omid', 'ali']);
});
