// What the scripts share: the official clients, and ways to wait for what they bring.
import { setTimeout as delay } from 'node:timers/promises';
import { WebPubSubServiceClient } from '@azure/web-pubsub';
import { WebPubSubClient, WebPubSubJsonProtocol, WebPubSubJsonReliableProtocol } from '@azure/web-pubsub-client';

const limit = 20000;
export const allRoles = ['webpubsub.joinLeaveGroup', 'webpubsub.sendToGroup'];
export const connectionString = process.argv[2];

export const service = (hub = 'test') => new WebPubSubServiceClient(connectionString, hub, { allowInsecureConnection: true });

/** A promise's value, or an error that says what was waited for. */
export async function inTime(promise, what) {
  const abort = new AbortController();
  const timeout = delay(limit, undefined, { signal: abort.signal }).then(() => {
    throw new Error(`Waited in vain: ${what}`);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    abort.abort();
    timeout.catch(() => {});
  }
}

export async function until(condition, what) {
  const end = Date.now() + limit;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`Waited in vain: ${what}`);
    }
    await delay(10);
  }
}

/** An official client with everything that it received. */
export class Client {
  received = [];
  events = [];

  constructor(credential, { reliable = true, ...options } = {}) {
    const protocol = reliable ? WebPubSubJsonReliableProtocol() : WebPubSubJsonProtocol();
    this.client = new WebPubSubClient(credential, { protocol, messageRetryOptions: { maxRetries: 0 }, ...options });
    this.client.on('server-message', ({ message }) => this.received.push(message));
    this.client.on('group-message', ({ message }) => this.received.push(message));
    for (const name of ['connected', 'disconnected', 'stopped', 'rejoin-group-failed']) {
      this.client.on(name, (args) => this.events.push({ name, ...args }));
    }
  }

  get connectionId() {
    return this.events.findLast((event) => event.name === 'connected')?.connectionId;
  }

  count(name) {
    return this.events.filter((event) => event.name === name).length;
  }

  async start() {
    await this.client.start();
    await until(() => this.connectionId, 'connected');
    return this;
  }

  async stop() {
    this.client.stop();
    await until(() => this.count('stopped') === 1, 'stopped');
  }

  /** The next message that has not been taken. */
  async next() {
    await until(() => this.received.length > 0, 'a message');
    return this.received.shift();
  }
}

export async function connect({ userId, roles = allRoles, groups, reliable, hub = 'test', rewrite = (url) => url, ...options } = {}) {
  const getClientAccessUrl = async () => rewrite((await service(hub).getClientAccessToken({ userId, roles, groups })).url);
  return new Client({ getClientAccessUrl }, { reliable, ...options }).start();
}

export const text = (data) => (data instanceof ArrayBuffer ? new TextDecoder().decode(data) : data);
