import { beforeEach, describe, expect, it } from 'vitest';
import { later, settle } from '../testing/api';
import { change, message, pageOf } from '../testing/chat';
import { beginWithConversation, conversation, last, logHas, openAt, queries, serve } from '../testing/conversation';
import { asDeleted } from './revise';

beginWithConversation();
beforeEach(() => openAt(100));

const quoted = () => conversation.quotes.find(3)?.message;
const of3 = (more: object = {}) => ({ messages: [message(3, more)], before: 3, last_id: 100 });

async function want(): Promise<void> {
  conversation.quotes.want(3);
  await settle();
}

describe('A quoted message that is on its way', () => {
  it.each([
    ['deleted', change(101, 3, { event: 'deleted' }), ''],
    ['edited', change(101, 3), 'm3 of 101'],
  ])('and is %s meanwhile is shown so, though the answer is from before', async (_, heard, shown) => {
    const answer = later();
    serve(({ address }) => (address.includes('before') ? answer.answer : pageOf(last, address)));
    await want();
    conversation.receive(heard);
    answer.come(of3());
    await settle();
    expect(quoted()).toBe(shown);
  });

  it('knows of what happened already where the answer is from after it', async () => {
    const answer = later();
    serve(({ address }) => (address.includes('before') ? answer.answer : pageOf(last, address)));
    await want();
    conversation.receive(change(101, 3));
    answer.come(of3({ message: 'newer', revision: 102 }));
    await settle();
    expect(quoted()).toBe('newer');
  });

  it('is asked for again where more was missed meanwhile than is caught up', async () => {
    const answer = later();
    let asked = 0;
    logHas(5000);
    serve(({ address }) => (!address.includes('before=4') ? pageOf(last, address) : ++asked === 1 ? answer.answer : of3({ message: 'as it stands' })));
    await want();
    await conversation.catchUp();
    answer.come(of3());
    await settle();
    expect([asked, quoted()]).toEqual([2, 'as it stands']);
  });
});

describe('A quoted message that is here', () => {
  beforeEach(async () => {
    serve(({ address }) => (address.includes('before=4') ? of3() : { messages: [change(101, 3), change(102, 3, { event: 'reaction', emoji: '👍', count: 1 })], before: null, last_id: 102, more: false }));
    await want();
  });

  it('takes an edit that is heard after a reaction of later', async () => {
    conversation.receive(change(102, 3, { event: 'reaction', emoji: '👍', count: 1 }));
    await settle();
    expect(quoted()).toBe('m3 of 101');
  });

  it('takes a newer copy, and is not what it was once it is deleted', () => {
    conversation.receive(message(3, { message: 'edited here', revision: 103 }));
    expect(quoted()).toBe('edited here');
    conversation.quotes.change(3, (present) => asDeleted(present, 'now'));
    conversation.receive(message(3, { message: 'an answer from before', revision: 104 }));
    expect(quoted()).toBe('');
  });

  it('is forgotten where more was missed than is caught up, and asked for when it is next on the screen', async () => {
    logHas(5000);
    serve(({ address }) => (address.includes('before=4') ? of3({ message: 'as it stands' }) : pageOf(last, address)));
    await conversation.catchUp();
    expect([quoted(), queries().length]).toEqual([undefined, 6]);
    await want();
    expect(quoted()).toBe('as it stands');
  });
});
