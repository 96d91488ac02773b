// @azure/web-pubsub against the emulator: every operation of the service client.
import assert from 'node:assert/strict';
import { AzureKeyCredential, WebPubSubServiceClient, odata } from '@azure/web-pubsub';
import { connect, connectionString, service, text, until } from './lib.mjs';

const hub = service();
const plain = { contentType: 'text/plain' };
const ann = await connect({ userId: 'ann' });
const bob = await connect({ userId: "o'hara", groups: ['from/token'] });
const id = ann.connectionId;

// Sends
await hub.sendToAll({ message: 'Hello' });
assert.deepEqual((await ann.next()).data, { message: 'Hello' });
assert.deepEqual((await bob.next()).data, { message: 'Hello' });
await hub.sendToAll(new TextEncoder().encode('bytes'), { excludedConnections: [id] });
assert.equal(text((await bob.next()).data), 'bytes');
await hub.sendToAll('filtered', { ...plain, filter: odata`userId eq ${"o'hara"}` });
assert.equal((await bob.next()).data, 'filtered');
await hub.sendToAll('grouped', { ...plain, filter: "'from/token' in groups and not('other' in groups)", messageTtlSeconds: 10 });
assert.equal((await bob.next()).data, 'grouped');
await hub.sendToUser("o'hara", 'to user', plain);
assert.equal((await bob.next()).data, 'to user');
await hub.sendToConnection(id, 'to connection', plain);
assert.equal((await ann.next()).data, 'to connection');
await hub.group('from/token').sendToAll('to group', { ...plain, filter: "userId ne 'ann'" });
assert.equal((await bob.next()).data, 'to group');

// What exists
assert.equal(await hub.connectionExists(id), true);
assert.equal(await hub.connectionExists('none'), false);
assert.equal(await hub.userExists("o'hara"), true);
assert.equal(await hub.userExists('none'), false);
assert.equal(await hub.groupExists('from/token'), true);
assert.equal(await hub.groupExists('none'), false);

// Membership; names that need encoding
const group = hub.group('a b/c?d#e%2F*\'(é)');
await group.addConnection(id);
await group.addUser("o'hara");
const members = [];
for await (const member of await group.listConnections({ maxPageSize: 1 })) {
  members.push(member.userId);
}
assert.deepEqual(members.sort(), ['ann', "o'hara"]);
const pages = [];
for await (const page of (await group.listConnections({ maxPageSize: 1, top: 2 })).byPage()) {
  pages.push(page.length);
}
assert.deepEqual(pages, [1, 1]);
await group.removeConnection(id);
await group.removeUser("o'hara");
assert.equal(await hub.groupExists('a b/c?d#e%2F*\'(é)'), false);
await hub.addConnectionsToGroups(['x', 'y'], "userId eq 'ann'");
await hub.removeConnectionsFromGroups(['x'], "'y' in groups");
assert.deepEqual([await hub.groupExists('x'), await hub.groupExists('y')], [false, true]);
await hub.removeConnectionFromAllGroups(id);
assert.equal(await hub.groupExists('y'), false);
await hub.removeUserFromAllGroups("o'hara");
assert.equal(await hub.groupExists('from/token'), false);
await assert.rejects(group.addConnection('none'), { statusCode: 404 });

// Permissions
const guest = await connect({ roles: [] });
assert.equal(await hub.hasPermission(guest.connectionId, 'sendToGroup', { targetName: 'g' }), false);
await hub.grantPermission(guest.connectionId, 'sendToGroup', { targetName: 'g' });
assert.equal(await hub.hasPermission(guest.connectionId, 'sendToGroup', { targetName: 'g' }), true);
await guest.client.sendToGroup('g', 1, 'json');
await hub.revokePermission(guest.connectionId, 'sendToGroup', { targetName: 'g' });
assert.equal(await hub.hasPermission(guest.connectionId, 'sendToGroup', { targetName: 'g' }), false);
await assert.rejects(hub.grantPermission('none', 'sendToGroup', { targetName: 'g' }), { statusCode: 404 });

// Errors keep the service's text
const failure = await hub.sendToAll('x', { ...plain, filter: 'invalid filter' }).then(() => null, (error) => error);
assert.equal(failure.statusCode, 400);
assert.equal(
  JSON.parse(failure.message).message,
  "Invalid syntax for 'invalid filter': Syntax error at position 14 in 'invalid filter'. (Parameter 'filter')");

// Other ways to sign and to get tokens
const endpoint = /Endpoint=([^;]+)/.exec(connectionString)[1];
const key = /AccessKey=([^;]+)/.exec(connectionString)[1];
const byKey = new WebPubSubServiceClient(endpoint, new AzureKeyCredential(key), 'test', { allowInsecureConnection: true });
assert.equal(await byKey.userExists('ann'), true);
const wrong = new WebPubSubServiceClient(endpoint, new AzureKeyCredential('x'.repeat(40)), 'test', { allowInsecureConnection: true });
await assert.rejects(wrong.userExists('ann'), { statusCode: 401 });
const token = await hub.getClientAccessToken({ userId: 'cy', clientProtocol: 'default' });
assert.match(token.url, /^ws:/);

// Closing, with reasons
const stays = { autoReconnect: false };
const closing = await Promise.all([connect({ userId: 'c1', ...stays }), connect({ userId: 'c2', ...stays }), connect({ groups: ['c'], ...stays }), connect(stays)]);
await hub.closeConnection(closing[0].connectionId, { reason: 'one' });
await hub.closeUserConnections('c2', { reason: 'two' });
await hub.group('c').closeAllConnections({ reason: 'three' });
await until(() => closing.slice(0, 3).every((client) => client.count('stopped') === 1), 'three are closed');
await hub.closeAllConnections({ reason: 'four', excluded: [ann.connectionId, bob.connectionId, guest.connectionId] });
await until(() => closing[3].count('stopped') === 1, 'the fourth is closed');
const reasons = closing.map((client) => client.events.find((event) => event.name === 'disconnected').message.message);
assert.deepEqual(reasons, ['one', 'two', 'three', 'four']);
process.exit(0);
