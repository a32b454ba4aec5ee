import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { fold, ordered, type Entry, type EventEntry, type EventName, type Progress } from '../../../functions/goodsam/rules/fold.ts';
import { initialProgress, withCommand, withEvents } from '../../../functions/goodsam/rules/law/step.ts';
import { isTerminal } from '../../../functions/goodsam/rules/machine.ts';
import { requestState } from '../../../functions/goodsam/rules/terms.ts';
import type { LiveLink } from '../../../functions/goodsam/state.ts';
import { desk } from './support/desk.ts';
import { at, start } from './support/requests.ts';

/** goodsam.md 21.12: what the request has become does not hang on the order in which it came to be known. */
const empty: LiveLink = { ...desk().create('FCC').link, log: [], progress: initialProgress(start) };

interface Commanded { readonly kind: 'command'; readonly on: string; readonly at: string; readonly set: Partial<Progress> }
const command = (on: string, seconds: number, set: Partial<Progress>): Commanded => ({ kind: 'command', on, at: at(seconds), set });

/** One send as it was lived: its commands, and what the provider and the text service say of it. The times are seconds from its sending. */
interface Lived { readonly commands: readonly Commanded[]; readonly events: readonly EventEntry[]; readonly lasts: number }

const gaps = fc.integer({ min: 1, max: 240 });
const middles: readonly (readonly EventName[])[] = [
  [], ['connectionLost', 'reconnected'], ['connectionLost', 'reconnected', 'connectionLost', 'reconnected'], ['consentNarrowed'], ['permissionDenied', 'locationFirst'], ['locationFirst', 'connectionLost', 'locationFirst', 'reconnected'],
];
const uploads: readonly (readonly EventName[])[] = [['uploadCompleted'], ['uploadPaused', 'uploadStarted', 'uploadCompleted'], ['connectionLost', 'reconnected', 'uploadPaused'], []];
const ends: readonly (readonly EventName[])[] = [[], ['personEnd'], ['officerEnd'], ['maxDuration'], ['consentWithdrawn', 'personEnd'], ['safetyExit', 'personEnd'], ['connectionLost']];
const receipts: readonly (readonly EventName[])[] = [[], ['delivered'], ['undelivered'], ['delivered', 'undelivered']];
const closings = ['none', 'officerEnd', 'graceElapsed', 'markUnsafe', 'expired', 'cancel', 'outcome'] as const;

const plan = fc.record({
  isUpload: fc.boolean(), receipt: fc.constantFrom(...receipts), middle: fc.constantFrom(...middles), upload: fc.constantFrom(...uploads), end: fc.constantFrom(...ends), closing: fc.constantFrom(...closings),
  isAnswered: fc.boolean(), isNumbered: fc.constantFrom('all', 'all', 'some', 'none'), steps: fc.array(gaps, { minLength: 24, maxLength: 24 }), skew: fc.integer({ min: -3, max: 3 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

function live(sendNo: number, from: number, about: Plan): Lived {
  let now = from;
  const steps = about.steps.values();
  const tick = (): number => (now += steps.next().value ?? 1);
  const commands: Commanded[] = [command('queue', now, { state: 'SENDING', sendNo })];
  const events: EventEntry[] = [];
  let seq = 0;
  // The provider's clock is not ours, and some of what it says bears no number.
  const say = (on: EventName, isReceipt = false): void => {
    const isNumbered = !isReceipt && (about.isNumbered === 'all' || (about.isNumbered === 'some' && seq % 2 === 0));
    seq += 1;
    events.push({
      kind: 'event', id: `${sendNo}-${on}-${seq}`, on, at: at(tick() + (isReceipt ? 0 : about.skew)), sendNo, ...(isNumbered && { seq }), ...(on === 'consentNarrowed' && { scope: ['SOUND' as const] }), ...(on === 'permissionDenied' && { scope: ['VIDEO' as const] }),
    });
  };
  commands.push(command('providerAccepted', tick(), { state: 'SENT', sentAt: at(now) }));
  for (const on of about.receipt) say(on, true);
  if (about.isAnswered) {
    commands.push(command('linkOpened', tick(), { state: 'OPENED', openedAt: at(now), consent: 'ASKED' }));
    commands.push(command('consentGiven', tick(), { state: 'CONSENTED', consentedAt: at(now), consent: 'GIVEN', consentScope: about.isUpload ? ['FILES'] : ['VIDEO', 'SOUND', 'LOCATION'] }));
    say(about.isUpload ? 'uploadStarted' : 'mediaStarted');
    for (const on of about.isUpload ? about.upload : about.middle) say(on);
    for (const on of about.end) say(on);
  } else if (about.end.length !== 0) commands.push(command('noAnswer', tick(), { state: 'NO_ANSWER' }));
  commands.push(...closingOf(about, tick()));
  return { commands, events, lasts: now - from };
}

function closingOf({ closing }: Plan, now: number): Commanded[] {
  switch (closing) {
    case 'none': return [];
    case 'officerEnd': return [command('officerEnd', now, { state: 'ENDED', endedAt: at(now), endReason: 'OFFICER' })];
    case 'graceElapsed': return [command('graceElapsed', now, { state: 'ENDED', endedAt: at(now), endReason: 'SIGNAL_LOST' })];
    case 'markUnsafe': return [command('markUnsafe', now, { state: 'ABORTED_SAFETY', endedAt: at(now) })];
    case 'expired': return [command('expired', now, { state: 'EXPIRED', endedAt: at(now) })];
    case 'cancel': return [command('cancel', now, { state: 'CANCELLED', endedAt: at(now) })];
    case 'outcome': return [command('officerEnd', now, { state: 'ENDED', endedAt: at(now), endReason: 'OFFICER' }), command('outcomeRecorded', now + 5, { state: 'CLOSED', closedAt: at(now + 5) })];
  }
}

/** One to three sends; what closes the last one closes the request. */
const history = fc.array(plan, { minLength: 1, maxLength: 3 }).map(plans => {
  const all: Lived[] = [];
  plans.forEach((about, n) => {
    const from = all.reduce((sum, item) => sum + item.lasts + 60, 0);
    all.push(live(n + 1, from, n === plans.length - 1 ? about : { ...about, isAnswered: false, closing: 'none' }));
  });
  return { commands: all.flatMap(item => item.commands), events: all.flatMap(item => item.events) };
});

/** Commands in their order; each report somewhere between them, one to five times, in any order. */
const delivered = history.chain(({ commands, events }) => fc.record({
  commands: fc.constant(commands), events: fc.constant(events),
  deliveries: fc.array(fc.record({ event: fc.nat(Math.max(0, events.length - 1)), after: fc.nat(commands.length) }), { maxLength: events.length * 2 }),
  places: fc.array(fc.nat(commands.length), { minLength: events.length, maxLength: events.length }), order: fc.array(fc.nat(1000), { minLength: events.length * 3, maxLength: events.length * 3 }),
}));
type Delivered = typeof delivered extends fc.Arbitrary<infer T> ? T : never;

type Known = Commanded | EventEntry;

function shuffled({ commands, events, places, deliveries, order }: Delivered): Known[] {
  const all = [...events.map((event, n) => ({ event, after: places[n] ?? 0 })), ...deliveries.flatMap(({ event, after }) => (events[event] ? [{ event: events[event], after }] : []))]
    .map((item, n) => ({ ...item, rank: order[n] ?? n })).sort((a, b) => a.after - b.after || a.rank - b.rank);
  return [...commands, undefined].flatMap((entry, n) => [...all.filter(item => item.after === n).map(item => item.event), ...(entry ? [entry] : [])]);
}

/** As the law keeps it: each report once, however often it comes. */
function told(entries: readonly Known[]): Progress {
  return entries.reduce<LiveLink>((link, entry) => (entry.kind === 'event' ? withEvents(link, [entry]) : withCommand(link, entry.on, entry.at, entry.set)), empty).progress;
}

/** How it was: every report the moment that it happened. */
const plainly = ({ commands, events }: Pick<Delivered, 'commands' | 'events'>): Known[] => {
  const place = new Map(ordered([...commands, ...events]).map((entry, n) => [entry, n]));
  return [...commands, ...events].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
};

/** A twin: each report is applied as it comes, and what does not fit is dropped ("illegal = ignored", 21.12). */
function asItComes(entries: readonly Entry[]): Progress {
  const seen = new Set<string>();
  return entries.reduce<Progress>((current, entry) => {
    if (entry.kind === 'event' && seen.has(entry.id)) return current;
    if (entry.kind === 'event') seen.add(entry.id);
    return fold(current, [entry]).progress;
  }, initialProgress(start));
}

const runs = { numRuns: 3_000, seed: 12 } as const;

describe('the fold of all that is known', () => {
  it('is the same in whatever order, and however often, the reports come', () => {
    const seen = new Map<string, number>();
    fc.assert(fc.property(delivered, given => {
      const expected = told(plainly(given));
      seen.set(expected.state, (seen.get(expected.state) ?? 0) + 1);
      expect(told(shuffled(given))).toEqual(expected);
    }), runs);
    expect([...seen.keys()].sort()).toEqual(expect.arrayContaining(['ABORTED_SAFETY', 'CANCELLED', 'CLOSED', 'DELIVERED', 'ENDED', 'EXPIRED', 'INTERRUPTED', 'IN_SESSION', 'NO_ANSWER', 'UNDELIVERED']));
  });

  it('a twin that takes reports as they come ends elsewhere', () => {
    let differs = 0;
    fc.assert(fc.property(delivered, given => {
      if (asItComes(shuffled(given)).state !== asItComes(plainly(given)).state) differs += 1;
    }), runs);
    // Not in one freak case: in a good part of them.
    expect(differs).toBeGreaterThan(runs.numRuns / 10);
  });

  it('has one order of all entries, whatever order they are given in', () => {
    fc.assert(fc.property(history, fc.infiniteStream(fc.nat(1000)), ({ commands, events }, stream) => {
      // All at one moment, so that numbers and ranks have to decide.
      const squeezed = events.map(event => ({ ...event, at: at(0) }));
      const mixed = squeezed.map(event => ({ event, rank: Number(stream.next().value) })).sort((a, b) => a.rank - b.rank).map(item => item.event);
      expect(ordered([...commands, ...mixed])).toEqual(ordered([...commands, ...squeezed]));
    }), runs);
  });
});

describe('what comes late', () => {
  const over = requestState.options.filter(isTerminal);
  const late = fc.constantFrom(...requestState.options.filter(state => !['CLOSED', 'ABORTED_SAFETY', 'BLOCKED_UNSAFE'].includes(state)));
  const events = fc.constantFrom<EventName>('delivered', 'undelivered', 'mediaStarted', 'locationFirst', 'connectionLost', 'reconnected', 'uploadStarted', 'uploadCompleted', 'consentNarrowed', 'permissionDenied', 'safetyExit', 'personEnd');

  test.each(over)('%s stays, whatever is commanded or reported after it', state => {
    fc.assert(fc.property(fc.array(fc.oneof(late.map(to => command('late', 30, { state: to, sendNo: 9 })), events.map((on): EventEntry => ({ kind: 'event', id: on, on, at: at(40), sendNo: 1 }))), { maxLength: 6 }), entries => {
      const { progress, ignored, pending } = fold(initialProgress(start), [command('queue', 1, { state: 'SENT', sendNo: 1 }), command('end', 20, { state, endedAt: at(20) }), ...entries]);
      expect(progress).toMatchObject({ state, sendNo: 1, endedAt: at(20) });
      expect(pending).toEqual([]);
      expect(ignored.length).toBe(entries.filter(entry => entry.kind === 'event').length);
    }), { numRuns: 50, seed: 5 });
  });

  it('only a safety stop and the closing move what has ended', () => {
    const ended = [command('queue', 1, { state: 'SENT', sendNo: 1 }), command('end', 20, { state: 'EXPIRED' })];
    for (const state of ['CLOSED', 'ABORTED_SAFETY', 'BLOCKED_UNSAFE'] as const) expect(fold(initialProgress(start), [...ended, command('x', 30, { state })]).progress.state).toBe(state);
  });

  it('a report of an older send is ignored, one that does not fit yet waits', () => {
    const log: Entry[] = [command('queue', 1, { state: 'SENDING', sendNo: 1 }), command('providerAccepted', 2, { state: 'SENT' }), command('resend', 10, { state: 'READY' }), command('queue', 11, { state: 'SENDING', sendNo: 2 })];
    const old: EventEntry = { kind: 'event', id: 'old', on: 'mediaStarted', at: at(12), sendNo: 1 };
    const early: EventEntry = { kind: 'event', id: 'early', on: 'mediaStarted', at: at(12), sendNo: 2 };
    expect(fold(initialProgress(start), [...log, old, early])).toMatchObject({ ignored: ['old'], pending: ['early'], progress: { state: 'SENDING' } });
    const consent = command('consentGiven', 20, { state: 'CONSENTED', consent: 'GIVEN', consentScope: ['VIDEO'] });
    expect(fold(initialProgress(start), [...log, early, consent]).progress).toMatchObject({ state: 'IN_SESSION', firstMediaAt: at(12) });
  });

  it('scenario 029: opened before the create returned; the reports before our consent are folded after it', () => {
    const it = desk().create('FCC');
    it.report('mediaStarted');
    expect(it.state).toBe('SENDING');
    it.accepted();
    expect(it.state).toBe('SENT');
    it.must({ do: 'Open', sendNo: 1 }, { by: 'public' });
    it.must({ do: 'Agree', sendNo: 1, scope: ['VIDEO'], textVersion: '1', locale: 'en-GB', deviceHash: 'd' }, { by: 'public' });
    expect(it.state).toBe('IN_SESSION');
  });
});
