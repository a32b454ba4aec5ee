import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { londonTime } from '../../../shared/domain/london.ts';
import { decideSend, isNeutral, type SendContext } from '../../../functions/goodsam/rules/decideSend.ts';
import { liveLink, type LiveLink } from '../../../functions/goodsam/state.ts';
import type { LiveLinkProvider } from '../../../functions/goodsam/provider/port.ts';
import type { Outgoing } from '../../../shared/notify/messenger.ts';
import { lookupOf, type Outside } from './support/outside.ts';
import { begin, gateOf, real, step, type Run, type Sender } from './support/sequence.ts';

/**
 * goodsam.md 21.13 and 15, A2: no session, text or e-mail unless the gate allows it with the facts of that very moment, whatever was clicked, reported, repeated, lost or broken before.
 * The facts are put together here from the true world, not by the code under test.
 */
const seed = 20_261_125;

interface Tally { sessions: number; texts: number; mails: number; codes: number; neutral: number; confirmed: number; readonly ends: Map<string, number> }
const tallied = (): Tally => ({ sessions: 0, texts: 0, mails: 0, codes: 0, neutral: 0, confirmed: 0, ends: new Map() });

function truth(world: Outside, link: LiveLink): SendContext {
  const now = new Date(world.now).toISOString();
  const { hour, minute } = londonTime(now);
  const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  // The person's own plan, as it is or was last known, and the officer's: both must allow.
  const plans = [world.plan ?? link.knownPlan, link.contactPlan].filter(plan => plan !== undefined);
  return {
    area: link.area, reasonCode: link.reasonCode, channel: link.channel, addressHmac: link.addressHmac, onVoiceCall: link.onVoiceCall && isRecent(link.onVoiceAt, world.now), contactFacts: link.contactFacts, safeContact: link.safeContact,
    contactPlan: plans.find(plan => !isOpen(plan, clock)) ?? plans[0], markerLookup: lookupOf(world), unsafeList: world.isListDown ? 'FAILED' : world.isListed ? 'LISTED' : 'CLEAR',
    sendNo: Math.max(...link.sends.map(send => send.no)), now, londonTime: clock,
  };
}

/** To be on the call is true for ten minutes after it was said (goodsam.md 21.9). */
const isRecent = (said: string | undefined, now: number): boolean => said !== undefined && now - Date.parse(said) >= 0 && now - Date.parse(said) <= 600_000;

function isOpen({ allowedFrom, allowedTo }: { allowedFrom: string; allowedTo: string }, clock: string): boolean {
  const [from, to, now] = [allowedFrom, allowedTo, clock].map(text => Number(text.replace(':', '')));
  return from !== undefined && to !== undefined && now !== undefined && (from <= to ? now >= from && now < to : now >= from || now < to);
}

/** Nothing is begun in any other state: not after a stop, a cancel, the end of the link; a code that was read out has left already. */
function mayBegin({ progress, channel }: LiveLink): boolean {
  return progress.state === 'SENDING' || (channel === 'READ_ALOUD_CODE' && ['SENT', 'OPENED', 'CONSENTED', 'NO_ANSWER'].includes(progress.state));
}

function watch(run: Run, tally: Tally): void {
  const { world } = run;
  world.onCall = call => {
    const link = run.current?.state;
    if (!link) throw new Error('something leaves without a request');
    const context = truth(world, link);
    const decision = decideSend(context);
    if (decision.result !== 'ALLOW') throw new Error(`${'text' in call ? 'a message' : 'a session'} leaves against ${decision.rule}`);
    if (!mayBegin(link)) throw new Error(`something leaves while the request is ${link.progress.state}`);
    if ('text' in call) message(world, call.text, { context, link });
    tally.confirmed += decision.rule === 'allow-confirmed' ? 1 : 0;
    tally.neutral += isNeutral(context) ? 1 : 0;
    if ('create' in call) tally[link.channel === 'READ_ALOUD_CODE' ? 'codes' : 'sessions'] += 1;
    else tally[link.channel === 'EMAIL' ? 'mails' : 'texts'] += 1;
  };
}

/** One text a send; to this person; and one that names nobody whenever the case is one of safeguarding, or serious crime. */
function message(world: Outside, text: Outgoing, { context, link }: { context: SendContext; link: LiveLink }): void {
  if (world.texts.has(text.reference)) throw new Error('a second text of one send');
  if (text.reference !== `${link.requestId}:${link.progress.sendNo}` || text.to !== link.address) throw new Error('a text of another send, or to somebody else');
  if (isNeutral(context) && (text.service !== 'neutral' || text.personalisation['link']?.startsWith('https://open.example/') !== true)) throw new Error('a text that names the police');
}

/** Sequences of numbers: the first says with what it begins, each further one is a step. */
const sequences = fc.array(fc.nat(0xff_ff_ff), { minLength: 10, maxLength: 28, size: 'max' });

function property(sender: Sender, tally = tallied()) {
  return fc.asyncProperty(sequences, async ([first = 0, ...steps]) => {
    const run = begin(first);
    watch(run, tally);
    for (const n of steps) await step(run, n, sender);
    // What is stored always fits its description; looked at now and then, for it takes as long as all the rest.
    if (first % 8 === 0 && run.current) liveLink.parse(run.current.state);
    const state = run.current?.state.progress.state;
    tally.ends.set(state ?? 'refused', (tally.ends.get(state ?? 'refused') ?? 0) + 1);
  });
}

describe('nothing leaves without the gate', () => {
  it('in 10,000 sequences of commands, reports, failures and changes of the world', async () => {
    const tally = tallied();
    await fc.assert(property(real, tally), { numRuns: 10_000, seed });
    // Not for want of trying.
    expect(tally.sessions).toBeGreaterThan(1_500);
    expect(tally.texts).toBeGreaterThan(700);
    expect(tally.mails).toBeGreaterThan(50);
    expect(tally.codes).toBeGreaterThan(100);
    expect(tally.neutral).toBeGreaterThan(200);
    expect(tally.confirmed).toBeGreaterThan(200);
    expect([...tally.ends.keys()]).toEqual(expect.arrayContaining(['SENT', 'SAFETY_HELD', 'BLOCKED_UNSAFE', 'ABORTED_SAFETY', 'CANCELLED', 'EXPIRED', 'SEND_FAILED', 'AUTH_PENDING', 'DECLINED', 'OPENED', 'CONSENTED']));
  }, 240_000);

  /** Each is how somebody may write it who does not know why; the property must see that it is wrong. */
  const twins: readonly (readonly [string, Sender])[] = [
    ['no gate at the effect', ungated],
    ['the look-up of the creation is trusted', (deps, turn, run) => {
      const then = run.created ?? gateOf(run);
      return real({ ...deps, safeguarding: { lookUp: () => Promise.resolve({ ...then.markerLookup, at: new Date(run.world.now).toISOString(), codeWordOnFile: false }) } }, turn, run);
    }],
    ['the gate before the session only', (deps, turn, run) => {
      let asked = 0;
      const blind = { at: '', result: 'NONE' as const, markers: [] };
      return real({ ...deps, safeguarding: { lookUp: () => Promise.resolve({ ...(asked++ === 0 ? lookupOf(run.world) : { ...blind, at: lookupOf(run.world).at }), codeWordOnFile: false }) } }, turn, run);
    }],
    ['a second try without the gate', (deps, turn, run) => {
      const again: LiveLinkProvider['createSession'] = async (request, options) => {
        try {
          return await deps.provider.createSession(request, options);
        } catch {
          await deps.cases.sleep(2_000);
          return await deps.provider.createSession(request, options);
        }
      };
      return real({ ...deps, provider: { ...deps.provider, createSession: again } }, turn, run);
    }],
    ['the list of unsafe contacts is not read', (deps, turn, run) => real({ ...deps, cases: { ...deps.cases, work: { ...deps.cases.work, get: () => Promise.resolve(undefined) } } }, turn, run)],
    ['the request is read once', async (deps, turn, run) => {
      const link = await turn.reload();
      return await real(deps, { ...turn, reload: () => Promise.resolve(link) }, run);
    }],
    ['the text is not looked for', (deps, turn, run) => real({ ...deps, messenger: { ...deps.messenger, findByReference: () => Promise.resolve(undefined) } }, turn, run)],
  ];
  it.each(twins)('a twin is found out: %s', async (_name, twin) => {
    const found = await fc.check(property(twin), { numRuns: 10_000, seed, endOnFailure: true });
    expect(found.failed).toBe(true);
    expect(String(found.errorInstance)).toMatch(/leaves|names the police|second text/);
  }, 240_000);
});

async function ungated(deps: Parameters<Sender>[0], { sendNo, reload, signal }: Parameters<Sender>[1]): ReturnType<Sender> {
  const link = await reload();
  const send = link?.sends.find(item => item.no === sendNo);
  if (!link || !send) return { kind: 'void' };
  const session = await deps.provider.createSession(
    { externalRef: link.requestId, mode: link.mode, locale: link.locale, record: link.record, chat: false, expiresAt: send.linkExpiresAt, operatorRef: link.requestedBy, callbackUrl: deps.callbackUrl }, { idempotencyKey: `${link.requestId}-${sendNo}`, signal });
  return { kind: 'accepted', sessionId: session.sessionId, publicUrl: session.publicUrl };
}
