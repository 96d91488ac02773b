// Lost TCP connections between the client and the emulator: a proxy here cuts them.
import assert from 'node:assert/strict';
import { connect as tcpConnect, createServer } from 'node:net';
import { once } from 'node:events';
import { connect, connectionString, service, until } from './lib.mjs';

const target = new URL(/Endpoint=([^;]+)/.exec(connectionString)[1]);
const links = new Set();
let open = true;
const proxy = createServer((from) => {
  if (!open) {
    from.destroy();
    return;
  }
  const to = tcpConnect(Number(target.port), target.hostname);
  links.add(from);
  for (const [one, other] of [[from, to], [to, from]]) {
    one.pipe(other);
    one.on('error', () => other.destroy());
    one.on('close', () => {
      other.destroy();
      links.delete(one);
    });
  }
}).listen(0, '127.0.0.1');
await once(proxy, 'listening');
const cut = () => links.forEach((link) => link.destroy());
const rewrite = (url) => url.replace(target.host, `127.0.0.1:${proxy.address().port}`);

const reliable = await connect({ userId: 'ann', rewrite });
await reliable.client.joinGroup('g');
const group = service().group('g');
await group.sendToAll('1', { contentType: 'text/plain' });
open = false;
cut();
for (const data of ['2', '3']) {
  await group.sendToAll(data, { contentType: 'text/plain' });
}
open = true;
await group.sendToAll('4', { contentType: 'text/plain' });
for (const data of ['1', '2', '3', '4']) {
  assert.equal((await reliable.next()).data, data);
}
await reliable.client.sendToGroup('g', '5', 'text');
assert.equal((await reliable.next()).data, '5');
assert.equal(reliable.count('disconnected'), 0, 'a recovery is no disconnect');
assert.equal(reliable.count('connected'), 1);

// A refused recovery makes a new connection that rejoins its groups.
const before = reliable.connectionId;
await service().closeConnection(before, { reason: 'out' });
await until(() => reliable.count('connected') === 2, 'a new connection');
assert.notEqual(reliable.connectionId, before);
assert.equal(reliable.events.find((event) => event.name === 'disconnected').message.message, 'out');
await until(() => service().groupExists('g'), 'the group is joined again');
await group.sendToAll('6', { contentType: 'text/plain' });
assert.equal((await reliable.next()).data, '6');

// Without the reliable protocol a cut makes a new connection at once.
const plain = await connect({ userId: 'bob', reliable: false, rewrite });
await plain.client.joinGroup('h');
cut();
await until(() => plain.count('connected') === 2, 'the plain client is back');
assert.equal(plain.count('disconnected'), 1);
await service().group('h').sendToAll('7', { contentType: 'text/plain' });
assert.equal((await plain.next()).data, '7');
process.exit(0);
