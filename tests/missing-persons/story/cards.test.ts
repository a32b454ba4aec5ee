import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { ShownCard } from '../../../local/simulators/teams/state.ts';
import { buttonsOf } from '../../goodsam/story/support.ts';
import { objectIdOf } from '../../support/liveLinks.ts';
import { until } from '../../support/service.ts';
import { must, startMissing, view, type Missing } from '../../support/missing.ts';
import { opened } from '../fault/support.ts';

let missing: Missing;
let recordId: string;
beforeAll(async () => {
  missing = await startMissing();
  for (const login of ['fay.manager', 'oscar.officer', 'abby.attending', 'sita.sergeant']) await missing.links.simulators.teams.install(objectIdOf(login));
  recordId = await opened(missing, 'LOW', 'Example');
  await missing.settle();
}, 120_000);
afterAll(async () => { await missing.stop(); });

const teams = () => missing.links.simulators.teams;
const handover = { summary: 'Missing since the morning, home searched', risks: 'None known', outstanding: ['CCTV of the station'], familyContactAt: '2026-11-24T12:00:00Z' };
const wordsOf = (shown: unknown): string => JSON.stringify(shown);
const cardsTo = (login: string, words: RegExp): ShownCard[] => teams().cards().filter(item => item.to === objectIdOf(login) && words.test(wordsOf(item.card)));

/** A card as it was shown first: what somebody presses later may have been replaced meanwhile. */
interface Held { readonly activityId: string; readonly verb: string; readonly data: Readonly<Record<string, unknown>> }

async function cardTo(login: string, words: RegExp): Promise<Held> {
  const [newest] = await until(() => Promise.resolve(cardsTo(login, words)), cards => cards.length > 0, 20_000);
  const [button] = newest ? buttonsOf(newest) : [];
  if (!newest || !button) throw new Error('the card has no button');
  return { activityId: newest.activityId, ...button };
}

/** Presses the card's own button with what the test changes of it. */
async function press({ data, ...held }: Held, login: string, more: { readonly data?: Readonly<Record<string, unknown>>; readonly verb?: string; readonly invokeId?: string } = {}) {
  return await teams().act({ ...held, ...more, data: { ...data, ...more.data }, as: objectIdOf(login) });
}

const offer = async (from: string, to: string): Promise<Held> => {
  await must(missing.as(from), recordId, 'handover/offer', { userId: objectIdOf(to), role: 'OIC', ...handover });
  await missing.settle();
  return await cardTo(to, /I take it over/);
};
const ownerNow = async (): Promise<unknown> => (await view(missing.as('cora.callhandler'), recordId))['owner'];

describe('a case passes from hand to hand by card (N01, OW4)', () => {
  it('the owner says "I have it" on the card', async () => {
    const shown = await cardTo('fay.manager', /You own this case/);
    expect(await press(shown, 'sita.sergeant')).toMatchObject({ answer: { statusCode: 403 } });
    expect(await press(shown, 'fay.manager', { verb: 'missing.acceptHandover' })).toMatchObject({ answer: { statusCode: 403 } });
    const answered = await press(shown, 'fay.manager');
    expect(answered).toMatchObject({ answer: { statusCode: 200 }, replaced: true });
    expect(wordsOf(answered.answer)).toContain(`Answered by ${objectIdOf('fay.manager').slice(-4)}`);
  });

  it('the other person takes it over on the card: nobody else, once, and the card says by whom', async () => {
    const shown = await offer('fay.manager', 'oscar.officer');
    expect(await press(shown, 'sita.sergeant')).toMatchObject({ answer: { statusCode: 403 } });
    expect(await press(shown, 'oscar.officer', { data: { caseEtag: 'of-another-time' } })).toMatchObject({ answer: { statusCode: 409 } });
    expect(await press(shown, 'oscar.officer', { verb: 'missing.acknowledge' })).toMatchObject({ answer: { statusCode: 403 } });
    expect(await ownerNow()).toBe(objectIdOf('fay.manager'));
    const taken = await press(shown, 'oscar.officer', { invokeId: 'f:take-it-over' });
    expect(taken).toMatchObject({ httpStatus: 200, answer: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' }, replaced: true });
    expect(await ownerNow()).toBe(objectIdOf('oscar.officer'));
    const replayed = await press(shown, 'oscar.officer', { invokeId: 'f:take-it-over' });
    expect(replayed.answer).toEqual(taken.answer);
    const again = await press(shown, 'oscar.officer');
    expect(again).toMatchObject({ answer: { statusCode: 409 } });
    expect(wordsOf(again.answer)).toContain(`Answered by ${objectIdOf('oscar.officer').slice(-4)}`);
    await missing.settle();
    const after = teams().cards().find(({ activityId }) => activityId === shown.activityId);
    expect(wordsOf(after?.card)).toContain(`Answered by ${objectIdOf('oscar.officer').slice(-4)}`);
    expect(buttonsOf({ card: z.looseObject({}).parse(after?.card) })).toEqual([]);
  });

  it('an offer that somebody overtakes is no longer on its card', async () => {
    const shown = await offer('oscar.officer', 'abby.attending');
    await must(missing.as('sita.sergeant'), recordId, 'owner/assign', { userId: objectIdOf('sita.sergeant'), role: 'SGT', reason: 'End of the shift' });
    const late = await press(shown, 'abby.attending');
    expect(late).toMatchObject({ answer: { statusCode: 409 } });
    expect(wordsOf(late.answer)).toContain('No longer needed');
    expect(await ownerNow()).toBe(objectIdOf('sita.sergeant'));
  });

  it('an offer that has lapsed is refused in the words of the law, or its card says that nobody needs it', async () => {
    const shown = await offer('sita.sergeant', 'abby.attending');
    await missing.links.pass(61 * 60);
    const late = await press(shown, 'abby.attending');
    expect(late).toMatchObject({ answer: { statusCode: 409 } });
    expect(wordsOf(late.answer)).toMatch(/The offer has lapsed; the sender owns the case|No longer needed/);
    expect(buttonsOf({ card: z.object({ value: z.looseObject({}) }).parse(late.answer).value })).toEqual([]);
    expect(await ownerNow()).toBe(objectIdOf('sita.sergeant'));
  });
});
