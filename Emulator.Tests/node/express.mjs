// @azure/web-pubsub-express as the application's event handler, listening on the port of the second argument.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import express from 'express';
import { WebPubSubEventHandler } from '@azure/web-pubsub-express';
import { Client, connect, connectionString, service, until } from './lib.mjs';

const endpoint = /Endpoint=([^;]+)/.exec(connectionString)[1];
const seen = [];
const handler = new WebPubSubEventHandler('test', {
  path: '/events',
  allowedEndpoints: [endpoint],
  handleConnect(request, response) {
    seen.push(`connect ${request.context.userId} ${request.claims.sub} ${request.subprotocols[0]}`);
    if (request.context.userId === 'mallory') {
      response.fail(401, 'not you');
      return;
    }
    response.setState('count', 0);
    response.success({ groups: ['lobby'], roles: ['webpubsub.sendToGroup.lobby'], userId: 'renamed' });
  },
  handleUserEvent(request, response) {
    const count = request.context.states.count + 1;
    response.setState('count', count);
    if (request.context.eventName === 'fail') {
      response.fail(500, 'broken');
    } else if (request.context.eventName === 'silent') {
      response.success();
    } else {
      response.success(JSON.stringify({ count, data: request.data, type: request.dataType, user: request.context.userId }), 'json');
    }
  },
  onConnected: (request) => seen.push(`connected ${request.context.connectionId}`),
  onDisconnected: (request) => seen.push(`disconnected ${request.context.connectionId} ${request.context.states.count}`),
});
const server = express().use(handler.getMiddleware()).listen(Number(process.argv[3]), '127.0.0.1');
await once(server, 'listening');

const client = await connect({ userId: 'ann', roles: [] });
assert.equal(client.events[0].userId, 'renamed');
assert.equal(seen[0], 'connect ann ann json.reliable.webpubsub.azure.v1');
await client.client.sendToGroup('lobby', 'hello', 'text');
assert.equal((await client.next()).data, 'hello');

await client.client.sendEvent('ask', { q: 1 }, 'json');
assert.deepEqual((await client.next()).data, { count: 1, data: { q: 1 }, type: 'json', user: 'renamed' });
await client.client.sendEvent('ask', 'text', 'text');
assert.deepEqual((await client.next()).data, { count: 2, data: 'text', type: 'text', user: 'renamed' });
await client.client.sendEvent('ask', new TextEncoder().encode('b').buffer, 'binary');
assert.equal((await client.next()).data.count, 3);
await client.client.sendEvent('silent', 1, 'json');

const id = client.connectionId;
await until(() => seen.includes(`connected ${id}`), 'connected');
await assert.rejects(client.client.sendEvent('fail', 1, 'json'), (error) => error.errorDetail.name === 'InternalServerError');
await until(() => seen.includes(`disconnected ${id} 4`), 'disconnected');
await until(() => client.count('connected') === 2, 'the client is back');
await client.stop();

const { url } = await service().getClientAccessToken({ userId: 'mallory' });
const refused = new Client(url, { reconnectRetryOptions: { maxRetries: 0 } });
await assert.rejects(refused.client.start(), /401/);
process.exit(0);
