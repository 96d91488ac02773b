import { describe, expect, it, vi } from 'vitest';
import { problem } from '../testing/api';
import { ApiError, asApiError, errorOf } from './errors';

describe('An error of the API', () => {
  it('has the code, the fields and the wait that the answer tells', async () => {
    const error = await errorOf(problem(400, 'invalid_request', { errors: { slug: ['This field is required.', 'And more.'], type: ['No.'] } }));
    expect(error).toMatchObject({ code: 'invalid_request', status: 400, retryAfter: null });
    expect(error.fields).toEqual({ slug: ['This field is required.', 'And more.'], type: ['No.'] });
    expect(await errorOf(problem(429, 'too_many_requests', { retryAfter: 7 }))).toMatchObject({ code: 'too_many_requests', status: 429, retryAfter: 7 });
  });

  it('takes the code of the body, not the one of its status', async () => {
    expect((await errorOf(problem(401, 'invalid_credentials'))).code).toBe('invalid_credentials');
    expect((await errorOf(problem(409, 'slug_taken'))).code).toBe('slug_taken');
  });

  it.each([
    [400, 'invalid_request'], [401, 'not_signed_in'], [403, 'forbidden'], [404, 'not_found'], [405, 'invalid_request'], [413, 'body_too_large'],
    [429, 'too_many_requests'], [500, 'internal'], [501, 'internal'], [502, 'unavailable'], [503, 'unavailable'], [504, 'unavailable'],
  ])('of a proxy\'s page with %i is %s', async (status, code) => {
    expect(await errorOf(new Response('<html><h1>Sorry</h1>', { status, headers: { 'Content-Type': 'text/html' } }))).toMatchObject({ code, status, fields: {} });
    expect((await errorOf(new Response('', { status }))).code).toBe(code);
  });

  it.each(['null', '[]', '"text"', '7', '{}', '{"code":7}', '{"code":null,"errors":"no"}'])('of JSON that is no problem document (%s) is known by its status', async (body) => {
    expect(await errorOf(new Response(body, { status: 503 }))).toMatchObject({ code: 'unavailable', fields: {} });
  });

  it('leaves out of the fields what is no text', async () => {
    const error = await errorOf(problem(400, 'invalid_request', { errors: { a: ['x', 7, null], b: 'text', c: null } }));
    expect(error.fields).toEqual({ a: ['x'], b: [], c: [] });
  });

  it.each([['0', 0], ['7', 7], ['-1', null], ['Wed, 21 Oct 2026 07:28:00 GMT', null], ['soon', null]])('reads Retry-After %j as %j', async (header, seconds) => {
    expect((await errorOf(new Response('', { status: 503, headers: { 'Retry-After': header } }))).retryAfter).toBe(seconds);
  });

  it.each([[0, true], [400, false], [401, false], [403, false], [404, false], [409, false], [413, false], [429, true], [500, true], [503, true]])('with status %i passes by itself: %s', (status, passing) => {
    expect(new ApiError('any', status).isPassing).toBe(passing);
  });
});

describe('asApiError', () => {
  it('keeps what is one, and tells of everything else as our own mistake', () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const error = new ApiError('offline', 0);
    expect(asApiError(error)).toBe(error);
    expect(told).not.toHaveBeenCalled();
    const mistake = new TypeError('x is undefined');
    expect(asApiError(mistake)).toMatchObject({ code: 'internal', status: 500 });
    expect(told).toHaveBeenCalledWith(mistake);
  });
});
