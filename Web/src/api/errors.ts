/** `offline`: no answer came. Everything else is a `code` of the API. */
export type ErrorCode = string;

/** What the API (or the lack of an answer) said. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly status: number,
    /** What is wrong with each field, in the API's English. */
    readonly fields: Readonly<Record<string, readonly string[]>> = {},
    /** Seconds to wait; null when the answer named none. */
    readonly retryAfter: number | null = null,
  ) {
    super(`${status} ${code}`);
    this.name = 'ApiError';
  }

  /** Whether the same request may succeed later as it is. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

interface Problem {
  readonly code?: unknown;
  readonly errors?: unknown;
}

/** The error that an answer tells; one that is no problem document (a proxy's page) is known by its status. */
export async function errorOf(response: Response): Promise<ApiError> {
  const problem = await read(response);
  const code = typeof problem.code === 'string' ? problem.code : codeOf(response.status);
  return new ApiError(code, response.status, fieldsOf(problem.errors), secondsOf(response.headers.get('Retry-After')));
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) {
    return error;
  }

  console.error(error);
  return new ApiError('internal', 500);
}

async function read(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 401:
      return 'not_signed_in';
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 413:
      return 'body_too_large';
    case 429:
      return 'too_many_requests';
    default:
      return status >= 502 ? 'unavailable' : status >= 500 ? 'internal' : 'invalid_request';
  }
}

function fieldsOf(errors: unknown): Record<string, readonly string[]> {
  const fields: Record<string, readonly string[]> = {};
  if (typeof errors === 'object' && errors !== null) {
    for (const [name, texts] of Object.entries(errors)) {
      fields[name] = Array.isArray(texts) ? texts.filter((text) => typeof text === 'string') : [];
    }
  }

  return fields;
}

function secondsOf(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}
