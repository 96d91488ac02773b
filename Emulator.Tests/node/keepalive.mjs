// The client's own keepalive: it closes itself unless its pings are answered.
import assert from 'node:assert/strict';
import { connect, until } from './lib.mjs';

const client = await connect({ keepAliveIntervalInMs: 100, keepAliveTimeoutInMs: 1000 });
const sent = [];
const socket = client.client._wsClient;
const send = socket.send.bind(socket);
socket.send = (data, ...rest) => {
  sent.push(String(data));
  return send(data, ...rest);
};
await until(() => sent.filter((data) => data.includes('"ping"')).length >= 15, 'pings');
assert.equal(client.count('disconnected'), 0);
process.exit(0);
