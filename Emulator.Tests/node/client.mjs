// @azure/web-pubsub-client against the emulator, on both JSON protocols.
import assert from 'node:assert/strict';
import { connect, service, text, until } from './lib.mjs';

for (const reliable of [true, false]) {
  const ann = await connect({ userId: 'ann', reliable });
  const bob = await connect({ userId: 'bob', reliable });
  assert.equal(ann.events[0].userId, 'ann');

  await bob.client.joinGroup('g');
  await ann.client.joinGroup('g');
  for (const [content, type] of [[{ a: [1] }, 'json'], ['سلام', 'text'], [new TextEncoder().encode('bytes').buffer, 'binary']]) {
    const result = await ann.client.sendToGroup('g', content, type, { noEcho: true });
    assert.equal(result.isDuplicated, false);
    const message = await bob.next();
    assert.equal(message.group, 'g');
    assert.equal(message.fromUserId, 'ann');
    assert.equal(message.dataType, type);
    assert.deepEqual(text(message.data), text(content));
  }

  assert.equal(ann.received.length, 0);
  await ann.client.sendToGroup('g', 'echo', 'text');
  assert.equal((await ann.next()).data, 'echo');
  assert.equal((await bob.next()).data, 'echo');
  await ann.client.sendToGroup('g', 'silent', 'text', { fireAndForget: true });
  assert.equal((await bob.next()).data, 'silent');

  const first = await ann.client.sendToGroup('g', 'once', 'text', { ackId: 100 });
  const repeated = await ann.client.sendToGroup('g', 'once', 'text', { ackId: 100 });
  assert.deepEqual([first.isDuplicated, repeated.isDuplicated], [false, true]);
  await bob.next();

  await bob.client.leaveGroup('g');
  await ann.client.sendToGroup('g', 'not for bob', 'text');
  await service().sendToConnection(bob.connectionId, 'end', { contentType: 'text/plain' });
  assert.equal((await bob.next()).data, 'end');

  const guest = await connect({ roles: [], reliable });
  const failure = await guest.client.joinGroup('g').then(() => null, (error) => error);
  assert.equal(failure.errorDetail.name, 'Forbidden');
  await assert.rejects(guest.client.sendEvent('nobody', 1, 'json'), (error) => error.errorDetail.name === 'InternalServerError');

  // A failed event closes the connection; the client comes back with a new one.
  await until(() => guest.count('connected') === 2, 'the guest is back');
  for (const client of [ann, bob, guest]) {
    await client.stop();
  }
}

process.exit(0);
