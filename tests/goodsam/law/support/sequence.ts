import { sendLink, type SendTurn } from '../../../../functions/goodsam/effects/send.ts';
import { lawOf, mayStart, type Command, type LinkCase } from '../../../../functions/goodsam/decide.ts';
import type { LinkDeps } from '../../../../functions/goodsam/deps.ts';
import type { CreateRequest } from '../../../../functions/goodsam/rules/law/create.ts';
import type { Gate, SendResult } from '../../../../functions/goodsam/rules/law/sending.ts';
import { defaultSettings } from '../../../../functions/goodsam/rules/law/step.ts';
import type { PublicCommand } from '../../../../functions/goodsam/rules/law/public.ts';
import type { Area, Marker } from '../../../../functions/goodsam/rules/terms.ts';
import { eventName } from '../../../../functions/goodsam/rules/fold.ts';
import type { Owed } from '../../../../functions/goodsam/state.ts';
import { linkAgenda } from '../../../../functions/goodsam/work.ts';
import { depsOf, lookupOf, outside, type Outside, type Point } from './outside.ts';
import { officer, request, sergeant, start } from './requests.ts';

/** What sends: the real effect, or a broken twin of it. */
export type Sender = (deps: LinkDeps, turn: SendTurn, run: Run) => Promise<SendResult>;

export interface Run {
  readonly world: Outside;
  readonly deps: LinkDeps;
  current: LinkCase | undefined;
  /** Effects that were begun and are not over: the messages of the queue. */
  readonly queue: Owed[];
  /** Results that a worker has and that are not recorded yet. */
  readonly held: Command[];
  /** What happens at the next such points, once each. */
  readonly meanwhile: { readonly point: Point; readonly act: () => void }[];
  /** What the request was created with. */
  created: Gate | undefined;
  readonly ran: string[];
}

const law = lawOf(defaultSettings);
const agenda = linkAgenda(defaultSettings);
const clear = { suspectPresentOrDue: 'NO', sharedHandset: 'NO', suspectsNumber: 'NO', personSaidNo: 'NO' } as const;

/** From what a sequence may begin: each area, channel and reason of the gate. */
const beginnings: readonly (readonly [Area, Partial<CreateRequest>])[] = [
  ['FCC', {}], ['FCC', { onVoiceCall: true, safe: 'LIVE_VOICE', contactFacts: clear }], ['FCC', { reasonCode: 'SILENT_OR_ABANDONED_CALL', mode: 'LOCATION' }], ['FCC', { reasonCode: 'MISSING_PERSON_LOCATE', mode: 'LOCATION' }],
  ['FCC', { channel: 'READ_ALOUD_CODE', onVoiceCall: true }], ['FCC', { channel: 'EMAIL', address: 'sample@example.com' }], ['DA', {}], ['DA', { safe: 'UNKNOWN' }], ['DA', { channel: 'READ_ALOUD_CODE' }], ['DA', { safe: 'PARTNER_AGENCY', onVoiceCall: false }],
  ['SOM', {}], ['SOCU', {}], ['SOCU', { reasonCode: 'THREAT_TO_LIFE_SAFE_CONTACT', safe: 'UNKNOWN' }], ['FOR', {}], ['CCTV', {}], ['CCTV', { channel: 'EMAIL', address: 'sample@example.com', safe: 'PARTNER_AGENCY' }], ['FAL', {}],
  ['FCC', { safe: 'SAFE_NUMBER_ON_RECORD', liveCheck: true, onVoiceCall: true, contactPlan: { allowedFrom: '08:30', allowedTo: '09:30' } }],
];
const markerSets: readonly (readonly Marker[])[] = [[], [], ['DOMESTIC_ABUSE'], ['OTHER'], ['THREAT_TO_LIFE']];
const waits = [1, 2, 9, 31, 61, 179, 301, 599, 901, 3_600, 90_000];
const points: readonly Point[] = ['look-up', 'asked', 'create', 'find', 'text', 'sleep'];

function pick<T>(list: readonly [T, ...T[]] | readonly T[], n: number): T {
  const found = list[n % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

export function begin(n: number): Run {
  const world = outside();
  world.markers = pick(markerSets, n >>> 8);
  world.isLookUpDown = (n >>> 12) % 9 === 8;
  world.isListed = (n >>> 16) % 12 === 11;
  const run: Run = { world, deps: depsOf(world), current: undefined, queue: [], held: [], meanwhile: [], created: undefined, ran: [] };
  world.at = point => {
    const index = run.meanwhile.findIndex(item => item.point === point);
    if (index >= 0) run.meanwhile.splice(index, 1)[0]?.act();
  };
  run.created = gateOf(run);
  const [area, changes] = pick(beginnings, n);
  give(run, request(area, { ...changes, gate: run.created }, start));
  return run;
}

/** As it is looked up for a command: the truth of this moment. */
export function gateOf({ world }: Run): Gate {
  return { markerLookup: lookupOf(world), unsafeList: world.isListDown ? 'FAILED' : world.isListed ? 'LISTED' : 'CLEAR', ...(world.plan && { contactPlan: world.plan }) };
}

export function give(run: Run, command: Command, by = officer): boolean {
  const roles = by === sergeant ? ['FCC', 'FAL', 'DA', 'SOM', 'FOR', 'CCTV', 'SOCU'].map(area => `GoodSam.Authorise.${area}`) : [];
  const decision = law(run.current, command, { now: new Date(run.world.now).toISOString(), by, roles });
  if (decision.kind === 'refused') return false;
  run.current = decision.next;
  run.queue.push(...decision.effects);
  return true;
}

/** One step of a sequence; the number says which. A step that does not fit does nothing. */
export async function step(run: Run, n: number, sender: Sender): Promise<void> {
  const more = n >>> 5;
  const kind = n % 32;
  if (kind < 6) {
    await deliver(run, sender, 'recorded');
    return;
  }
  switch (kind) {
    // The worker dies before its result is recorded, and the message comes again.
    case 6: await deliver(run, sender, 'lost'); return;
    // Others are quicker than the record of the result.
    case 7: await deliver(run, sender, 'held'); return;
    case 8: case 9: record(run); return;
    case 10: case 11: case 12: runAgenda(run); return;
    case 13: case 14: run.world.now += 1000 * pick(waits, more); return;
    case 15: {
      const point = pick(points, more);
      // What changes after the answer was given is seen by nobody, but for a stop of the request itself.
      run.meanwhile.push({ point, act: () => disturb(run, point === 'asked' ? 5 + (more >>> 4) % 2 : more >>> 4) });
      return;
    }
    case 16: run.world.providerFails.push(pick(['unavailable', 'timeout', 'rateLimited', 'auth'] as const, more)); return;
    case 17: run.world.textFails.push(pick(['unavailable', 'timeout', 'rateLimited', 'validation'] as const, more)); return;
    case 18: case 19: disturb(run, more); return;
    default: act(run, kind, more);
  }
}

/** What comes from outside: the markers, the list of unsafe contacts, the person's plan, a stop. */
function disturb(run: Run, n: number): void {
  const { world } = run;
  const more = n >>> 3;
  switch (n % 8) {
    case 0: world.markers = pick(markerSets, more); return;
    case 1: world.isLookUpDown = !world.isLookUpDown; return;
    case 2: world.isListed = more % 3 === 0; return;
    case 3: world.isListDown = !world.isListDown && more % 2 === 0; return;
    case 4: world.plan = pick([undefined, undefined, { allowedFrom: '08:30', allowedTo: '09:30' }, { allowedFrom: '22:00', allowedTo: '06:00' }, { allowedFrom: '00:00', allowedTo: '23:59' }].map(plan => ({ plan })), more).plan; return;
    case 5: give(run, { do: 'MarkUnsafe', reason: 'CALLER_SAID_SO' }); return;
    case 6: give(run, { do: 'Cancel', reason: 'NOT_NEEDED' }); return;
    default: world.now += 1000 * pick([1, 5, 60, 601], more);
  }
}

function act(run: Run, kind: number, more: number): void {
  const gate = gateOf(run);
  const sendNo = run.current?.state.progress.sendNo ?? 0;
  switch (kind) {
    case 20: case 21: case 22: give(run, { do: 'ConfirmSafe', method: pick(['LIVE_VOICE', 'LIVE_VOICE', 'SAFE_NUMBER_ON_RECORD', 'PARTNER_AGENCY'] as const, more), liveCheck: true, onVoiceCall: more % 3 === 0, gate }); return;
    case 23: give(run, { do: 'Authorise', decision: more % 5 === 4 ? 'REFUSED' : 'APPROVED', reason: 'CHECKED', overrideTicked: true, gate }, sergeant); return;
    case 24: case 25: give(run, { do: 'Resend', gate }); return;
    case 26: give(run, { do: 'ReleaseHold', reason: 'CHECKED', gate }, sergeant); return;
    case 27: case 28: visit(run, sendNo, more); return;
    case 29: case 30: report(run, sendNo, more); return;
    default: give(run, pick<Command>([{ do: 'MarkUnsafe', reason: 'X' }, { do: 'Cancel', reason: 'X' }, { do: 'End' }, { do: 'LetIn' }], more));
  }
}

function visit(run: Run, sendNo: number, n: number): void {
  const agree = { do: 'Agree', sendNo, scope: [run.current?.state.mode === 'UPLOAD' ? 'FILES' : run.current?.state.mode === 'LOCATION' ? 'LOCATION' : 'VIDEO'], textVersion: '1.0', locale: 'en-GB', deviceHash: 'd' } as const;
  const visits: readonly PublicCommand[] = [{ do: 'Join', sendNo }, { do: 'Open', sendNo }, { do: 'Open', sendNo }, agree, agree, { do: 'Decline', sendNo, reason: 'NOT_SAFE' }, { do: 'Exit', sendNo }, { do: 'Stop', sendNo }];
  const command = pick(visits, n);
  give(run, command, 'public');
  if (command.do === 'Join') give(run, { do: 'LetIn' });
}

function report(run: Run, sendNo: number, n: number): void {
  const on = pick(eventName.options, n);
  const at = new Date(run.world.now - 1000 * ((n >>> 4) % 20)).toISOString();
  give(run, { do: 'Report', events: [{ kind: 'event', id: `event-${n % 64}`, on, at, sendNo: Math.max(1, sendNo - (n >>> 9) % 2), seq: n % 64 }], fixes: [], chat: [], media: 'none', types: [on] }, 'system');
}

/** As the sweeper of due times does it. A timer that is there again after it ran would run for ever. */
function runAgenda(run: Run): void {
  for (;;) {
    const item = run.current && agenda.next(run.current, new Date(run.world.now).toISOString());
    if (!item) return;
    if (run.ran.includes(item.key)) throw new Error(`the agenda goes round: ${item.key}`);
    run.ran.push(item.key);
    if (!give(run, item.command, 'system')) throw new Error(`the agenda was refused: ${item.key}`);
  }
}

async function deliver(run: Run, sender: Sender, how: 'recorded' | 'lost' | 'held'): Promise<void> {
  const effect = run.queue[0];
  if (!effect || !run.current) return;
  // The fence of the storage protocol: an effect does not start when the state forbids it; and of one effect there is one worker at a time.
  if (mayStart(run.current, effect)) {
    run.queue.shift();
    return;
  }
  const result = await resultOf(run, effect, sender);
  if (how === 'lost' || result === undefined) return;
  run.queue.shift();
  if (how === 'held') run.held.push(result);
  else give(run, result, 'system');
}

function record(run: Run): void {
  const result = run.held.shift();
  if (result) give(run, result, 'system');
}

async function resultOf(run: Run, effect: Owed, sender: Sender): Promise<Command | undefined> {
  switch (effect.kind) {
    case 'send': {
      const sendNo = Number(effect.about);
      const turn: SendTurn = { sendNo, reload: () => Promise.resolve(run.current?.state), signal: new AbortController().signal };
      return { do: 'RecordSend', sendNo, result: await sender(run.deps, turn, run) };
    }
    case 'close-session': return { do: 'RecordClosed', sessionId: effect.about };
    case 'card': return { do: 'RecordCard', cardId: effect.about, refs: [], isShown: true };
    case 'list-unsafe':
      run.world.isListed = true;
      return { do: 'RecordDone', kind: 'list-unsafe' };
    default: return { do: 'RecordDone', kind: effect.kind };
  }
}

export const real: Sender = (deps, turn) => sendLink(deps, turn);
