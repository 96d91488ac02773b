// @azure/web-pubsub-client on a chat's channel, over negotiated addresses: what is sent as event "message" comes back to everyone.
import assert from 'node:assert/strict';
import { Client } from './lib.mjs';

const [, , url, other, reliable] = process.argv;
const ann = await new Client(url, { reliable: reliable === 'true' }).start();
const bob = await new Client(other, { reliable: reliable === 'true' }).start();

// The other's coming is told too, sooner or later.
const next = async (one) => {
  for (;;) {
    const { data } = await one.next();
    if (data.event !== 'presence') return data;
  }
};

await ann.client.sendEvent('message', { message: 'سلام', client_id: 'c1' }, 'json');
const frames = [await next(ann), await next(bob)];
assert.deepEqual(frames[0], frames[1]);
assert.deepEqual(Object.keys(frames[0]), ['id', 'message', 'user', 'timestamp', 'client_id']);

await ann.client.sendEvent('message', { client_id: 'c2' }, 'json');
const refused = await next(ann);
assert.equal(refused.error.code, 'invalid_request');
assert.equal(refused.client_id, 'c2');

await bob.client.sendEvent('message', JSON.stringify({ message: 'as text' }), 'text');
assert.equal((await next(ann)).message, 'as text');
assert.equal((await next(bob)).message, 'as text');
assert.deepEqual(bob.received.filter(({ data }) => data.event !== 'presence'), []);
console.log(JSON.stringify(frames[0]));
process.exit(0);
