import { beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'jose';
import { remoteKeys } from '../../../shared/http/keys.ts';

let first: JWK;
let second: JWK;
beforeAll(async () => {
  const make = async (kid: string) => ({ ...await exportJWK((await generateKeyPair('RS256')).publicKey), kid, use: 'sig' });
  [first, second] = await Promise.all([make('one'), make('two')]);
});

/** A key address whose clock and answer the test moves. */
function address() {
  const state: { seconds: number; fetches: number; keys: unknown[] | undefined } = { seconds: 1_000_000, fetches: 0, keys: [first] };
  const find = remoteKeys({
    url: 'https://keys.example/keys',
    now: () => new Date(state.seconds * 1_000),
    fetchJson: () => {
      state.fetches += 1;
      return state.keys ? Promise.resolve({ keys: state.keys }) : Promise.reject(new Error('down'));
    },
  });
  return { state, find: (kid: string, alg = 'RS256') => find({ alg, kid }) };
}

describe('remote keys', () => {
  it('are fetched once for many, and again after an hour', async () => {
    const { state, find } = address();
    await Promise.all(Array.from({ length: 20 }, () => find('one')));
    expect(state.fetches).toBe(1);
    state.seconds += 3_599;
    await find('one');
    expect(state.fetches).toBe(1);
    state.seconds += 2;
    await find('one');
    expect(state.fetches).toBe(2);
  });

  it('are fetched again for an unknown key id, but not more than every 30 seconds', async () => {
    const { state, find } = address();
    await find('one');
    state.keys = [first, second];
    await expect(find('two')).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    expect(state.fetches).toBe(1);
    state.seconds += 31;
    await find('two');
    for (let n = 0; n < 50; n += 1) await expect(find(`guess-${n}`)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    expect(state.fetches).toBe(2);
  });

  it('survive an outage of a day with the last good set', async () => {
    const { state, find } = address();
    await find('one');
    state.keys = undefined;
    state.seconds += 86_000;
    await find('one');
    await expect(find('two')).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    state.seconds += 1_000;
    await expect(find('one')).rejects.toMatchObject({ problem: { status: 503 } });
    state.keys = [first];
    state.seconds += 6;
    await find('one');
  });

  it('that were never had are a 503, asked for again after 5 seconds only', async () => {
    const { state, find } = address();
    state.keys = undefined;
    for (let n = 0; n < 10; n += 1) await expect(find('one')).rejects.toMatchObject({ problem: { status: 503 } });
    expect(state.fetches).toBe(1);
    state.keys = [first];
    state.seconds += 6;
    await find('one');
  });

  it('that are not RSA signing keys are left out', async () => {
    const { state, find } = address();
    state.keys = [{ kty: 'oct', kid: 'secret', k: 'AAAA' }, { ...second, use: 'enc' }, 'nonsense', first];
    await find('one');
    await expect(find('secret', 'HS256')).rejects.toThrow();
    await expect(find('two')).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    const empty = address();
    empty.state.keys = [{ kty: 'oct', kid: 'one', k: 'AAAA' }];
    await expect(empty.find('one')).rejects.toMatchObject({ problem: { status: 503 } });
  });
});
