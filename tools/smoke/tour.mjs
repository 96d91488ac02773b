// The tour of README.md, as steps: a name, and what has to be true.
import { strict as assert } from 'node:assert';
import { randomBytes } from 'node:crypto';
import { Person, request } from './person.mjs';
import { Socket } from './socket.mjs';

export class Tour {
  #base;
  #sockets = [];
  #groupMade = false;

  constructor(base) {
    const run = randomBytes(5).toString('hex');
    this.#base = base;
    this.sara = new Person(base, `سارا-smoke-${run}`);
    this.bob = new Person(base, `bob-smoke-${run}`);
    this.slug = `دوستان-smoke-${run}`;
  }

  get #group() {
    return `/chat/group/${encodeURIComponent(this.slug)}/`;
  }

  /** @param patience runs a step again while it fails, for what a fresh deployment needs time for. */
  steps(patience) {
    return [
      ['the app is healthy', () => patience(() => this.#health())],
      ['the page is there', () => this.#page()],
      ['two people register and sign in', () => Promise.all([this.sara.register(), this.bob.register()])],
      ['a group with a Persian name', () => this.#create()],
      ['both open its socket', () => patience(() => this.#open())],
      ['Web PubSub is let call the app, and strangers are not', () => this.#events()],
      ['a message over a socket is heard by both', () => this.#overSocket()],
      ['a message over HTTP too, and its repeat is stored once', () => this.#overHttp()],
      ['what came after an id', () => this.#history()],
      ['a private message is notified', () => this.#privately()],
      ['the dashboard shows both', () => this.#dashboard()],
    ];
  }

  async #health() {
    const answer = await request(this.#base, 'GET', '/health/');
    const text = await answer.text();
    assert.equal(answer.status, 200, `GET /health/: ${answer.status} ${text.slice(0, 200)}`);
    assert.match(text, /^\{"status":"ok"/, 'GET /health/: this is not ServerlessChat');
  }

  async #page() {
    const answer = await request(this.#base, 'GET', '/', { headers: { accept: 'text/html' } });
    assert.equal(answer.status, 200, `GET /: ${answer.status}`);
    assert.match(await answer.text(), /\S/, 'GET /: nothing');
  }

  async #create() {
    await this.sara.send('POST', '/chat/create_group/', { group_name: 'دوستان ما', slug: this.slug, type: 'public' }, 201);
    this.#groupMade = true;
    const { group } = await this.sara.get(this.#group);
    assert.equal(group.slug, this.slug, 'the slug comes back as another: something on the way changes paths');
  }

  async #open() {
    const address = `/ws/chat/${encodeURIComponent(this.slug)}/`;
    this.#close();
    for (const person of [this.sara, this.bob]) {
      this.#sockets.push(await Socket.open(person, address));
    }
  }

  async #events() {
    const origin = this.#sockets[0].host;
    const consent = await request(this.#base, 'OPTIONS', '/webpubsub/events', { headers: { 'WebHook-Request-Origin': origin } });
    const allowed = consent.headers.get('WebHook-Allowed-Origin');
    assert.ok(consent.ok && (allowed === '*' || allowed === origin), `OPTIONS /webpubsub/events: ${consent.status}, WebHook-Allowed-Origin: ${allowed}`);
    const forged = await request(this.#base, 'POST', '/webpubsub/events', { headers: { 'WebHook-Request-Origin': origin, 'ce-awpsversion': '1.0' } });
    assert.equal(forged.status, 401, `an event without a proof was answered ${forged.status}: anybody can speak for anybody`);
  }

  async #overSocket() {
    const [sara, bob] = this.#sockets;
    sara.send({ message: 'سلام!', client_id: '1' });
    await Promise.all([sara, bob].map((socket) => socket.frame({ id: 1, message: 'سلام!', user: this.sara.username })));
  }

  async #overHttp() {
    const body = { message: 'over HTTP', client_id: '2' };
    const first = await this.bob.send('POST', this.#group, body, 201);
    const again = await this.bob.send('POST', this.#group, body, 200);
    assert.deepEqual([first.id, again.id], [2, 2], 'the repeat got another id');
    await Promise.all(this.#sockets.map((socket) => socket.frame({ id: 2, user: this.bob.username })));
  }

  async #history() {
    const { messages, last_id } = await this.sara.get(`${this.#group}?after=1`);
    assert.deepEqual([messages.map(({ id }) => id), last_id], [[2], 2]);
  }

  async #privately() {
    const notifications = await Socket.open(this.sara, `/ws/notifications/${encodeURIComponent(this.sara.username)}/`);
    this.#sockets.push(notifications);
    await this.bob.send('POST', `/chat/private/${encodeURIComponent(this.sara.username)}/`, { message: 'just us' }, 201);
    await notifications.frame({ kind: 'private_message', message: 'just us', sender: this.bob.username });
  }

  async #dashboard() {
    const { groups, private_chats } = await this.sara.get('/chat/');
    assert.deepEqual([groups.map(({ slug }) => slug), private_chats.map(({ username }) => username)], [[this.slug], [this.bob.username]]);
  }

  #close() {
    for (const socket of this.#sockets.splice(0)) socket.close();
  }

  /** Removes what the API can remove. @returns what stays behind, or could not be removed. */
  async cleanUp() {
    this.#close();
    const left = [];
    if (this.#groupMade) {
      await this.sara.send('DELETE', `/chat/delete_group/${encodeURIComponent(this.slug)}/`, null, 204).catch((error) => left.push(error.message));
    }

    for (const person of [this.sara, this.bob].filter(({ isRegistered }) => isRegistered)) {
      await person.logOut().catch((error) => left.push(error.message));
      left.push(`the account ${person.username}`);
    }

    return left;
  }
}
