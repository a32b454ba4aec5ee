import { describe, expect, it } from '@jest/globals';
import { deliver, payloadHashOf } from '../../../functions/missing-persons/delivery/deliver.ts';
import type { NoticeSender } from '../../../functions/missing-persons/delivery/sender.ts';
import type { Situation } from '../../../functions/missing-persons/rules/notices/situation.ts';
import { active, askedOf, at, queuedOf, recipientOf, type Wanted } from '../notices/support.ts';

const wanted: Wanted = { n: 'N04', kind: 'LA_CHILDREN', channel: 'SECURE_MAIL' };
const job = { notice: queuedOf(wanted), payload: askedOf(wanted).payload, to: recipientOf('LA_CHILDREN', 'SECURE_MAIL'), key: 'case1:n1' };
function counting(): { sender: NoticeSender; keys: string[] } {
  const keys: string[] = [];
  return { keys, sender: { send: (_notice, _payload, _to, { key }) => (keys.push(key), Promise.resolve({ outcome: 'accepted', providerRef: 'r' })) } };
}
const reading = (situation: Situation) => () => Promise.resolve(situation);

describe('the last step (15.1 item 20)', () => {
  it('sends with the key when the case still allows it', async () => {
    const { sender, keys } = counting();
    expect(await deliver(job, { sender, readSituation: reading(active) })).toEqual({ verdict: { verdict: 'SEND' }, answer: { outcome: 'accepted', providerRef: 'r' } });
    expect(keys).toEqual(['case1:n1']);
  });

  it('S11: found while the worker was on its way: the adapter is not called', async () => {
    const { sender, keys } = counting();
    const found = { ...active, now: at(4), state: 'LOCATED_VERIFIED' as const, stoppedAt: at(4) };
    expect(await deliver(job, { sender, readSituation: reading(found) })).toMatchObject({ verdict: { verdict: 'PURGE' } });
    expect(keys).toEqual([]);
  });

  it('another text than the one that was queued does not leave', async () => {
    const { sender, keys } = counting();
    expect(payloadHashOf(job.payload)).toBe(job.notice.payloadHash);
    expect(await deliver({ ...job, payload: { ...job.payload, lines: [...job.payload.lines, 'more'] } }, { sender, readSituation: reading(active) })).toMatchObject({ verdict: { verdict: 'REFUSE' } });
    expect(keys).toEqual([]);
  });

  it('without a state nothing is sent', async () => {
    const { sender, keys } = counting();
    await expect(deliver(job, { sender, readSituation: () => Promise.reject(new Error('storage')) })).rejects.toThrow('storage');
    expect(keys).toEqual([]);
  });
});
