// Somebody who uses the chat over HTTP. No password or token is ever printed.
import { randomBytes } from 'node:crypto';

const TIME_LIMIT = 60_000; // The first request starts the app.

export class Person {
  #base;
  #token = '';
  #password = randomBytes(18).toString('base64url');

  constructor(base, username) {
    this.#base = base;
    this.username = username;
    this.isRegistered = false;
  }

  /** The account and its session. */
  async register() {
    const { username } = this;
    await this.send('POST', '/chat/register/', { username, password1: this.#password, password2: this.#password }, 201);
    this.isRegistered = true;
    this.#token = (await this.send('POST', '/chat/login/', { username, password: this.#password }, 200)).token;
  }

  /** Ends the session. The account stays: the API erases none. */
  async logOut() {
    if (this.#token) await this.send('POST', '/chat/logout/', null, 204);
  }

  /**
   * @param form null for no body, else fields of an HTML form.
   * @param status what has to come.
   * @returns the JSON that came; null for none.
   */
  async send(method, path, form, status) {
    const answer = await request(this.#base, method, path, {
      headers: this.#token ? { authorization: `Bearer ${this.#token}` } : {},
      body: form ? new URLSearchParams(form) : undefined,
    });
    if (answer.status !== status) {
      throw new Error(`${method} ${path}: ${status} was expected, ${answer.status} came: ${await brief(answer)}`);
    }

    const text = await answer.text();
    return text ? JSON.parse(text) : null;
  }

  get(path) {
    return this.send('GET', path, null, 200);
  }
}

/** An answer of the app, whatever its status. Redirects are answers. */
export async function request(base, method, path, options = {}) {
  try {
    return await fetch(new URL(path, base), { method, redirect: 'manual', signal: AbortSignal.timeout(TIME_LIMIT), ...options });
  } catch (error) {
    throw new Error(`${method} ${path}: no answer: ${error.cause?.message || error.cause?.code || error.message}`);
  }
}

/** Enough of an answer to know it by: a problem's code and detail, or the beginning of its text. */
async function brief(answer) {
  const text = await answer.text();
  try {
    const { code, detail, title } = JSON.parse(text);
    return [code, detail ?? title].filter(Boolean).join(', ') || 'another JSON';
  } catch {
    return text.slice(0, 200).replace(/\s+/g, ' ') || 'no body';
  }
}
