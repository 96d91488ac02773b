import type { Notification } from '../api/shapes';

/** What a frame of `json.webpubsub.azure.v1` is to us. */
export type Frame =
  | { readonly type: 'notification'; readonly notification: Notification }
  | { readonly type: 'connected' }
  | { readonly type: 'other' };

/** Reads one frame; what is not understood is `other` and never an exception. */
export function readFrame(text: unknown): Frame {
  const frame = parse(text);
  if (frame?.type === 'system') {
    return { type: frame.event === 'connected' ? 'connected' : 'other' };
  }

  return frame?.type === 'message' && isNotification(frame.data) ? { type: 'notification', notification: frame.data } : { type: 'other' };
}

function parse(text: unknown): Record<string, unknown> | null {
  try {
    const value: unknown = typeof text === 'string' ? JSON.parse(text) : null;
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function isNotification(data: unknown): data is Notification {
  return typeof data === 'object' && data !== null && 'kind' in data && typeof data.kind === 'string'
    && 'sender' in data && typeof data.sender === 'string' && 'message' in data && typeof data.message === 'string';
}
