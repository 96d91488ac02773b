// A socket of a channel, opened as the contract says: negotiate, then a plain WebSocket.
const OPEN_LIMIT = 30_000;
const FRAME_LIMIT = 20_000;

// Node has one of its own from version 22 on.
const WebSocket = globalThis.WebSocket ?? (await import('ws')).WebSocket;

export class Socket {
  #socket;
  #frames = [];
  #looking = () => {};

  static async open(person, address) {
    const { url } = await person.get(address);
    const socket = new Socket(url);
    await socket.#opened(address);
    return socket;
  }

  constructor(url) {
    this.host = new URL(url).hostname;
    this.#socket = new WebSocket(url);
    this.#socket.addEventListener('message', ({ data }) => {
      this.#frames.push(JSON.parse(String(data)));
      this.#looking();
    });
  }

  #opened(address) {
    return limited(OPEN_LIMIT, `${address}: the socket did not open`, (resolve, reject) => {
      this.#socket.addEventListener('open', resolve);
      // Neither event may say why: doctor does (docs/doctor.md).
      this.#socket.addEventListener('error', ({ message }) => reject(new Error(`${address}: the socket was refused${message ? `: ${message}` : ''}`)));
      this.#socket.addEventListener('close', ({ code }) => reject(new Error(`${address}: the socket was closed with ${code}`)));
    });
  }

  send(frame) {
    this.#socket.send(JSON.stringify(frame));
  }

  /** The first frame, come or to come, with these fields. */
  frame(fields) {
    const fits = (frame) => Object.entries(fields).every(([name, value]) => frame[name] === value);
    return limited(FRAME_LIMIT, () => `no frame with ${JSON.stringify(fields)} among the ${this.#frames.length} that came`, (resolve) => {
      this.#looking = () => {
        const found = this.#frames.find(fits);
        if (found) resolve(found);
      };
      this.#looking();
    });
  }

  close() {
    this.#socket.close();
  }
}

function limited(milliseconds, problem, start) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${typeof problem === 'string' ? problem : problem()} in ${milliseconds / 1000} s`)), milliseconds);
    start(
      (value) => (clearTimeout(timer), resolve(value)),
      (error) => (clearTimeout(timer), reject(error)),
    );
  });
}
