/** A random `client_id`. `crypto.randomUUID` exists in secure contexts alone; a page on plain HTTP of a local network is none. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
