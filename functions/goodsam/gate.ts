import type { LinkDeps } from './deps.ts';
import { decideSend, isNeutral, type SendContext, type SendDecision } from './rules/decideSend.ts';
import { contextOf, type Gate } from './rules/law/sending.ts';
import type { LiveLink, Send } from './state.ts';
import { isUnsafe } from './tokens.ts';

type Contact = Pick<LiveLink, 'address' | 'addressHmac' | 'channel' | 'incidentRef'>;

/** Looks up what the decision to send rests on, now: markers and plan of contact (800 ms at most), and the list of unsafe contacts. No answer is FAILED, which holds. */
export async function gateOf(deps: Pick<LinkDeps, 'cases' | 'safeguarding' | 'secrets'>, link: Contact, signal?: AbortSignal): Promise<Gate> {
  const [lookup, unsafeList] = await Promise.all([
    // A code that is read out has no address: the incident stands for the person.
    deps.safeguarding.lookUp({ address: link.address ?? link.incidentRef, channel: link.channel, incidentRef: link.incidentRef }, signal ? { signal } : {}),
    readUnsafe(deps, link),
  ]);
  const { at, result, markers, contactPlan } = lookup;
  return { markerLookup: { at, result, markers }, unsafeList, ...(contactPlan && { contactPlan }) };
}

async function readUnsafe({ cases, secrets }: Pick<LinkDeps, 'cases' | 'secrets'>, link: Contact): Promise<SendContext['unsafeList']> {
  try {
    return await isUnsafe(cases, secrets, { address: link.address, addressHmac: link.addressHmac, now: cases.now().toISOString() }) ? 'LISTED' : 'CLEAR';
  } catch {
    // Whatever it was, the list was not read; decideSend makes that a HOLD (goodsam.md 21.4).
    return 'FAILED';
  }
}

/** The decision at the effect itself, with facts of this moment (goodsam.md 21.2). A text that names the police holds as soon as only a neutral one would do (21.7). */
export function maySend(deps: Pick<LinkDeps, 'cases'>, link: LiveLink, gate: Gate, send: Pick<Send, 'no' | 'neutral'>): SendDecision {
  const context = contextOf(link, gate, { now: deps.cases.now().toISOString(), sendNo: send.no });
  const decision = decideSend(context);
  return decision.result === 'ALLOW' && isNeutral(context) && !send.neutral ? { result: 'HOLD', rule: 'hold-text-not-neutral' } : decision;
}
