import { HttpRequest } from '@azure/functions';
import { describe, expect, it, jest } from '@jest/globals';
import * as z from 'zod';
import { readForm, requireOwnForm } from '../../../shared/http/form.ts';
import { ProblemError } from '../../../shared/http/problem.ts';

jest.spyOn(console, 'warn').mockImplementation(() => undefined);
const schema = z.strictObject({ reason: z.enum(['LANGUAGE', 'OTHER'], 'Select a reason').optional(), scope: z.array(z.enum(['VIDEO', 'SOUND'])).min(1, 'Select one').optional(), note: z.string().max(20, 'Too long').optional() });
const rules = { lists: ['scope'], textAreas: ['note'] };

function post(body: string, contentType = 'application/x-www-form-urlencoded') {
  return new HttpRequest({ method: 'POST', url: 'https://live.example.test/live/x/agree', body: { string: body }, headers: { 'content-type': contentType, 'content-length': String(Buffer.byteLength(body)) } });
}
const codeOf = async (body: string, contentType?: string): Promise<number | undefined> => await readForm(post(body, contentType), schema, rules).then(() => undefined, (error: unknown) => (error instanceof ProblemError ? error.problem.status : undefined));

describe('a form', () => {
  it('is read trimmed, with declared lists and text areas', async () => {
    expect(await readForm(post('reason=+OTHER+&scope=VIDEO&scope=SOUND&note=a%0D%0Ab'), schema, rules)).toEqual({ ok: true, values: { reason: 'OTHER', scope: ['VIDEO', 'SOUND'], note: 'a\nb' } });
    expect(await readForm(post('scope=VIDEO'), schema, rules)).toEqual({ ok: true, values: { scope: ['VIDEO'] } });
  });

  it('of one button and no field is empty', async () => {
    expect(await readForm(post(''), schema, rules)).toEqual({ ok: true, values: {} });
  });

  it('says what the person can mend, one message a field', async () => {
    const result = await readForm(post('reason=BECAUSE&scope=&note=' + 'x'.repeat(30)), schema, rules);
    expect(result).toMatchObject({ ok: false, given: { reason: 'BECAUSE' } });
    if (result.ok) return;
    expect(result.messages.map(({ field }) => field)).toEqual(['reason', 'scope', 'note']);
    expect(result.messages.map(({ text }) => text)).toEqual(expect.arrayContaining(['Select a reason', 'Too long']));
  });

  it.each([
    ['a field twice', 'reason=OTHER&reason=LANGUAGE'], ['an unknown field', 'admin=true'], ['a prototype', '__proto__=x'], ['a null character', 'note=a%00b'], ['a line break in one line', 'reason=OTHER%0Ax'],
    ['an escape character', 'note=%1B[31m'], ['a mark that turns text round', 'note=%E2%80%AEabc'], ['broken percent codes', 'note=%zz'], ['broken UTF-8', 'note=%ff%fe'], ['bytes that are not encoded', 'note=é'],
    ['too many fields', Array.from({ length: 201 }, (_, n) => `f${n}=1`).join('&')],
  ])('with %s is refused', async (_what, body) => {
    expect(await codeOf(body)).toBe(400);
  });

  it('of another type or above 32 KB is refused', async () => {
    expect(await codeOf('{"reason":"OTHER"}', 'application/json')).toBe(415);
    expect(await codeOf('reason=OTHER', 'multipart/form-data; boundary=x')).toBe(415);
    expect(await codeOf(`note=${'x'.repeat(32 * 1_024)}`)).toBe(413);
  });

  it('with a plain schema ignores what it does not know (citizen-portal.md 9.4.30)', async () => {
    expect(await readForm(post('a=1&b=2'), z.object({ a: z.string() }))).toEqual({ ok: true, values: { a: '1' } });
  });
});

describe('a form of another site', () => {
  const ours = { publicOrigin: 'https://live.example.test' };
  const check = (headers: Record<string, string>, rule: { publicOrigin: string; isSecretAddress?: boolean } = ours) => () => requireOwnForm(new Headers(headers), rule);

  it('is told by Origin, and by Sec-Fetch-Site where the browser sends it', () => {
    expect(check({ origin: 'https://live.example.test' })).not.toThrow();
    expect(check({ origin: 'https://live.example.test', 'sec-fetch-site': 'same-origin' })).not.toThrow();
    for (const headers of [{}, { origin: 'null' }, { origin: 'https://evil.example.test' }, { origin: 'https://live.example.test.evil.test' }, { origin: 'http://live.example.test' }, { origin: 'https://live.example.test', 'sec-fetch-site': 'cross-site' }, { origin: 'https://live.example.test', 'sec-fetch-site': 'same-site' }]) {
      expect(check(headers)).toThrow('not-permitted');
    }
  });

  it('from a page of a secret address may say null, for the page sends no referrer', () => {
    const secret = { ...ours, isSecretAddress: true };
    expect(check({ origin: 'null', 'sec-fetch-site': 'same-origin' }, secret)).not.toThrow();
    expect(check({ origin: 'null' }, secret)).not.toThrow();
    expect(check({ origin: 'null', 'sec-fetch-site': 'cross-site' }, secret)).toThrow('not-permitted');
    expect(check({ origin: 'https://evil.example.test' }, secret)).toThrow('not-permitted');
  });
});
