import { commit } from '../../shared/case/commit.ts';
import { operationIdOf, sha256 } from '../../shared/case/keys.ts';
import { loadCase } from '../../shared/case/load.ts';
import { present } from '../../shared/domain/present.ts';
import { ProblemError } from '../../shared/http/problem.ts';
import { liveLinkNewsQueue, type LiveLinkAsk, type LiveLinkNews } from '../../shared/messages.ts';
import { claimOnly, releaseClaim } from './claim.ts';
import type { LinkHttp } from './create.ts';
import type { Command, Effect } from './decide.ts';
import { gateOf } from './gate.ts';
import type { CreateRequest } from './rules/law/create.ts';
import { noIncident } from './rules/law/step.ts';
import { isTerminal } from './rules/machine.ts';
import { normaliseNumber } from './rules/phone.ts';
import { checkReference, ownReference } from './rules/references.ts';
import type { LiveLink, Track } from './state.ts';
import { addressHmac } from './tokens.ts';

/** Whom another room wants to be located, as it says at the moment of asking. */
export interface Subject {
  /** Who asked for it there; they cannot release the hold. */
  readonly askedBy: string;
  readonly number?: string;
  readonly name?: string;
  readonly isChild: boolean;
  /** Why contacting this person is necessary and proportionate, as approved. */
  readonly grounds: string;
  readonly incidentRef?: string;
  /** The other room's own reference, for a case without an incident. */
  readonly caseRef: string;
}

/** Of an enquiry of another room; undefined when the link is no longer wanted there. */
export type Subjects = (caseId: string, enquiryId: string) => Promise<Subject | undefined>;

/** What a request has come to, for the room that asked. */
export interface Located {
  readonly ref: string;
  readonly state: string;
  readonly isOver: boolean;
  readonly place?: { readonly lat: number; readonly lng: number; readonly accuracyM: number; readonly at: string };
}

/**
 * Takes a message of the missing-persons room: the request that it names is made as if an officer of the control room had asked for it, through the same law. It always meets the hold of
 * `decideSend`, for nobody is on the line; who may release one does so. Called again it makes nothing twice. What cannot become a request is told back as a code.
 */
export async function takeAsk(deps: LinkHttp, subjects: Subjects, ask: LiveLinkAsk): Promise<void> {
  const refusal = ask.want === 'SEND' ? await make(deps, subjects, ask) : undefined;
  if (refusal !== undefined) await tell(deps, ask, refusal);
  // The person may have been found while it was made, and the word to stop may have come before there was anything to stop.
  else if (ask.want === 'STOP' || !await subjects(ask.caseId, ask.enquiryId)) await stop(deps, ask);
}

async function make(deps: LinkHttp, subjects: Subjects, ask: LiveLinkAsk): Promise<string | undefined> {
  if (await linkOf(deps, ask.requestId)) return undefined;
  const subject = await subjects(ask.caseId, ask.enquiryId);
  if (!subject) return 'NOT_WANTED';
  const number = normaliseNumber(subject.number ?? '', { world: deps.world, area: 'FCC' });
  if (!number.ok) return subject.number === undefined ? 'NO_NUMBER' : number.code;
  const contact = { address: number.e164, addressLast4: number.e164.slice(-4), addressHmac: addressHmac(deps.secrets, number.e164), ...incidentOf(deps, subject) };
  const key = sha256(`${contact.addressHmac} FCC ${contact.incidentRef}`);
  try {
    await claimOnly(deps, { requestId: ask.requestId, caller: { objectId: subject.askedBy, tenantId: '', roles: [] }, key });
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status < 500) return error.problem.code;
    throw error;
  }
  const outcome = await commit<LiveLink, Track, Command, Effect>(deps.cases, deps.room, {
    caseId: ask.requestId, operationId: ask.operationId, hash: sha256(`${ask.caseId} ${ask.enquiryId}`), name: 'LocateMissingPerson', by: subject.askedBy, roles: [], parts: [], creates: true, reply: () => ({ status: 202, body: {} }),
    command: async () => ({ ...commandOf(ask, subject), ...contact, gate: await gateOf(deps, { ...contact, channel: 'SMS' }) }),
  });
  if (outcome.kind === 'committed' || outcome.kind === 'replayed') return undefined;
  await releaseClaim(deps, { requestId: ask.requestId, key });
  return outcome.kind === 'refused' ? outcome.code : 'NOT_MADE';
}

function incidentOf({ references }: Pick<LinkHttp, 'references'>, { incidentRef, caseRef }: Subject): Pick<CreateRequest, 'incidentSystem' | 'incidentRaw' | 'incidentRef'> {
  const checked = checkReference('IML', incidentRef ?? '', references);
  return checked.ok ? { incidentSystem: checked.reference.system, incidentRaw: checked.reference.raw, incidentRef: checked.reference.normalised } : { incidentSystem: noIncident, incidentRaw: caseRef, incidentRef: caseRef };
}

/** Of the phone nothing is known but its number: nothing was asked, nobody is on the line (goodsam.md 7.1). */
function commandOf({ caseId, enquiryId, requestId }: LiveLinkAsk, { name, isChild, grounds }: Subject): Omit<CreateRequest, 'gate' | 'addressHmac' | 'incidentSystem' | 'incidentRaw' | 'incidentRef'> {
  return {
    do: 'Create', requestId, area: 'FCC', reasonCode: 'MISSING_PERSON_LOCATE', mode: 'LOCATION', channel: 'SMS', addons: [], personRole: 'MISSING_PERSON', ...present({ personName: name }), locale: 'en-GB', interpreterNeeded: false, accessibility: 'NONE',
    childInvolved: isChild, appropriateAdult: false, ...(isChild && { vitalInterestReason: grounds.slice(0, 500) }), onVoiceCall: false, verbalConsent: false, overt: true, driving: false, safe: 'UNKNOWN', liveCheck: false,
    contactFacts: { suspectPresentOrDue: 'NOT_ASKED', sharedHandset: 'NOT_ASKED', suspectsNumber: 'NOT_ASKED', personSaidNo: 'NOT_ASKED' }, origin: { caseId, enquiryId },
  };
}

/** The person is not missing any more: no text leaves, and an open link dies. What is over stays as it is. */
async function stop(deps: LinkHttp, ask: LiveLinkAsk): Promise<void> {
  const link = await linkOf(deps, ask.requestId);
  if (!link || isTerminal(link.progress.state)) return;
  const isRunning = ['CONSENTED', 'IN_SESSION', 'INTERRUPTED'].includes(link.progress.state);
  const command = isRunning ? { do: 'End' } as const : { do: 'Cancel', reason: 'The person is not missing any more.' } as const;
  const outcome = await commit<LiveLink, Track, Command, Effect>(deps.cases, deps.room, {
    caseId: ask.requestId, operationId: `${ask.operationId.slice(0, 50)}-${command.do}`, hash: sha256(command.do), name: 'StopLocating', by: 'system', roles: [], parts: [], creates: false, reply: () => ({ status: 202, body: {} }), command: () => command,
  });
  // It moved between the look and the commit: the next delivery looks again.
  if (outcome.kind === 'refused') throw new Error(`not stopped: ${outcome.code}`);
}

/** Tells the room that asked. The same news under the same name, however often it is sent. */
export async function tell(deps: Pick<LinkHttp, 'cases'>, { caseId, enquiryId, requestId }: Pick<LiveLinkAsk, 'caseId' | 'enquiryId' | 'requestId'>, news: string, name = news): Promise<void> {
  const message: LiveLinkNews = { v: 1, caseId, enquiryId, requestId, operationId: operationIdOf('link', `${requestId} ${name}`), news };
  await deps.cases.queues.send(liveLinkNewsQueue, message, 0);
}

/** For the room that asked, and for nothing but the request that it asked for. */
export async function located(deps: LinkHttp, { caseId, enquiryId, requestId }: Pick<LiveLinkNews, 'caseId' | 'enquiryId' | 'requestId'>): Promise<Located | undefined> {
  const link = await linkOf(deps, requestId);
  if (link?.origin?.caseId !== caseId || link.origin.enquiryId !== enquiryId) return undefined;
  const { progress: { state }, lastFix } = link;
  return { ref: ownReference(requestId), state, isOver: isTerminal(state), ...(lastFix && { place: { lat: lastFix.lat, lng: lastFix.lng, accuracyM: lastFix.accuracyM, at: lastFix.at } }) };
}

async function linkOf({ cases, room }: LinkHttp, requestId: string): Promise<LiveLink | undefined> {
  return (await loadCase(cases, room, requestId, [])).state?.value;
}
