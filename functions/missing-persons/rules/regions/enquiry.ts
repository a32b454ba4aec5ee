import { addTo } from '../clock/duration.ts';
import { fail, isFailed, reasonFailures, unless, type Actor } from '../machine/moment.ts';
import type { Failure, FlagCode } from '../terms.ts';
import { commsStateOf, enquiryTable, isPending, type EnquiryCommand, type EnquiryRow, type EnquirySlice } from './enquirySlice.ts';
import { enquiryTypes, isIpa } from './enquiryTypes.ts';
import { about, rowIn, take, type DueItem, type RegionAnswer, type Want } from './region.ts';
import type { RegionSettings } from './settings.ts';

export interface EnquiryFacts { readonly isUnder18: boolean; readonly flags: readonly FlagCode[]; readonly isMissing: boolean }
type Answer = RegionAnswer<EnquirySlice>;
type On<Do extends EnquiryCommand['do']> = Extract<EnquiryCommand, { do: Do }>;

export function decideEnquiry(slice: EnquirySlice, command: EnquiryCommand, facts: EnquiryFacts, actor: Actor): Answer {
  const row = rowIn(enquiryTable, commsStateOf(slice), command.do, actor);
  if (isFailed(row)) return row;
  switch (command.do) {
    case 'RecordEnquiry': return record(slice, command, actor);
    case 'RequestLiveLink': return requestLiveLink(slice, command, facts, actor);
    case 'RequireCdCancellation': return take(slice, 'CdCancellationRequired', 'none', ...slice.enquiries.filter(item => isIpa(item) && isPending(item)).map((item): Want => ({ what: 'CD_CANCEL_TASK', about: item.id })));
    default: {
      const enquiry = slice.enquiries.find(item => item.id === command.id);
      return enquiry ? onEnquiry(slice, enquiry, command, actor) : [fail('NOT_FOUND', row.id, 'There is no such enquiry.')];
    }
  }
}

function onEnquiry(slice: EnquirySlice, enquiry: EnquiryRow, command: On<'WriteUpEnquiry' | 'DecideEnquiry' | 'RecordEnquiryResult' | 'CancelEnquiry' | 'ApproveLiveLink'>, actor: Actor): Answer {
  switch (command.do) {
    case 'WriteUpEnquiry': return writeUp(slice, enquiry, command, actor);
    case 'DecideEnquiry': return decide(slice, enquiry, command, actor);
    case 'RecordEnquiryResult': return recordResult(slice, enquiry, command, actor);
    case 'CancelEnquiry': return cancel(slice, enquiry, command.reason, actor);
    case 'ApproveLiveLink': return approveLiveLink(slice, enquiry, command, actor);
  }
}

const put = ({ enquiries }: EnquirySlice, next: EnquiryRow): EnquirySlice => ({ enquiries: enquiries.map(item => (item.id === next.id ? next : item)) });
const says = (text: string): boolean => text.trim().length >= 10;

function groundFailures({ necessity, proportionality, collateral }: Pick<EnquiryRow, 'necessity' | 'proportionality' | 'collateral'>, rule: string): Failure[] {
  return [
    ...unless(says(necessity), 'REASON_REQUIRED', rule, 'Say why it is necessary.'), ...unless(says(proportionality), 'REASON_REQUIRED', rule, 'Say why it is proportionate.'),
    ...unless(says(collateral), 'REASON_REQUIRED', rule, 'Say which intrusion on others it brings, and what is done about it.'),
  ];
}

/** Communications data needs all three grounds; an urgent one by word of mouth needs its necessity now and the rest in 24 h. */
function ipaFailures({ isRequestToSpoc, cdGrade, isVerbal, ...grounds }: On<'RecordEnquiry'>, { roles }: Actor): Failure[] {
  return [
    ...unless(isRequestToSpoc === true || roles.includes('CD_SPOC'), 'ROLE_DENIED', '3.8', 'Communications data is obtained by CD_SPOC; make it a request to CD_SPOC.'), ...unless(cdGrade === 1 || cdGrade === 2 || cdGrade === 3, 'FIELD_INVALID', '3.8', 'Give the grade: 1, 2 or 3.'),
    ...unless(isVerbal !== true || cdGrade === 1 || cdGrade === 2, 'GUARD_UNMET', '3.8', 'Only an urgent request, grade 1 or 2, may be made by word of mouth.'),
    ...isVerbal === true ? unless(says(grounds.necessity), 'REASON_REQUIRED', '3.8', 'Say why it is necessary.') : groundFailures(grounds, '3.8'),
  ];
}

function record(slice: EnquirySlice, command: On<'RecordEnquiry'>, actor: Actor): Answer {
  const ipa = isIpa(command);
  const failures = [
    ...unless(command.type !== 'LIVE_LINK', 'FIELD_INVALID', '15.2 item 36', 'A live link has its own request.'), ...unless(!slice.enquiries.some(({ id }) => id === command.id), 'FIELD_INVALID', '3.8', 'This enquiry is recorded already.'),
    ...unless(enquiryTypes.find(row => row.type === command.type)?.authorities.includes(command.authority) === true, 'FIELD_INVALID', '3.8', `${command.authority} is no authority for ${command.type}.`),
    ...ipa ? ipaFailures(command, actor) : [...unless(command.cdGrade === undefined, 'FIELD_INVALID', '3.8', 'Grades are for communications data only.'), ...unless(says(command.necessity), 'REASON_REQUIRED', '3.8', 'Say why it is necessary.')],
  ];
  if (failures.length > 0) return failures;
  const { id, type, authority, necessity, proportionality, collateral, cdGrade, nextCheckAt } = command;
  const isVerbal = ipa && command.isVerbal === true;
  const enquiry: EnquiryRow = {
    id, type, authority, necessity, proportionality, collateral, state: ipa ? 'AWAITING_DECISION' : 'OPEN', isRequestToSpoc: command.isRequestToSpoc === true, isVerbal, requestedAt: actor.now, requestedBy: actor.by, ...(cdGrade !== undefined && { cdGrade }),
    ...(nextCheckAt !== undefined && { nextCheckAt }),
  };
  const wants: Want[] = [...ipa ? [{ what: 'CD_SPOC_REQUEST', about: id } as const] : [], ...isVerbal ? [{ what: 'CD_WRITE_UP_TASK', about: id } as const] : []];
  return about(take({ enquiries: [...slice.enquiries, enquiry] }, 'EnquiryRecorded', ipa ? 'collection' : 'none', ...wants), { id, type, authority });
}

function writeUp(slice: EnquirySlice, enquiry: EnquiryRow, { necessity, proportionality, collateral }: On<'WriteUpEnquiry'>, { by, now, roles }: Actor): Answer {
  const failures = [
    ...unless(enquiry.isVerbal && enquiry.writtenUpAt === undefined, 'GUARD_UNMET', 'CD2', 'Only a verbal request is written up, once.'), ...unless(enquiry.requestedBy === by || roles.includes('CD_SPOC'), 'ROLE_DENIED', 'CD2', 'It is written up by who made it, or by CD_SPOC.'),
    ...groundFailures({ necessity, proportionality, collateral }, 'CD2'),
  ];
  return failures.length > 0 ? failures : take(put(slice, { ...enquiry, necessity, proportionality, collateral, writtenUpAt: now, writtenUpBy: by }), 'EnquiryWrittenUp', 'none');
}

function decide(slice: EnquirySlice, enquiry: EnquiryRow, { isApproved, reason }: On<'DecideEnquiry'>, { by, now }: Actor): Answer {
  const failures = [
    ...unless(isIpa(enquiry) && enquiry.state === 'AWAITING_DECISION', 'TRANSITION_NOT_ALLOWED', 'CD3', 'This enquiry waits for no decision.'), ...unless(enquiry.requestedBy !== by, 'SEGREGATION', 'CD3', 'The person who asked cannot decide.'), ...reasonFailures(reason, 'CD3'),
  ];
  return failures.length > 0 ? failures : about(take(put(slice, { ...enquiry, state: isApproved ? 'APPROVED' : 'REFUSED', decisionBy: by, decidedAt: now, decisionReason: reason }), 'EnquiryDecided', 'none'), { id: enquiry.id, decision: isApproved ? 'APPROVED' : 'REFUSED' });
}

/** Content and raw data stay with CD_SPOC (2.5): numbers of telephones, devices and accounts, coordinates and addresses of the net are turned away. */
export function holdsRawData(text: string): boolean {
  return /(?:\d[\s-]?){7,}|-?\d{1,3}\.\d{4,}|\S+@\S+\.\S+|https?:\/\/|(?:\d{1,3}\.){3}\d{1,3}/i.test(text) || text.split('\n').length > 6;
}

function recordResult(slice: EnquirySlice, enquiry: EnquiryRow, { summary, informationId }: On<'RecordEnquiryResult'>, { now, roles }: Actor): Answer {
  const ipa = isIpa(enquiry);
  const failures = [
    ...unless(enquiry.state === (ipa || enquiry.type === 'LIVE_LINK' ? 'APPROVED' : 'OPEN'), 'TRANSITION_NOT_ALLOWED', 'CD4', `A result is not possible while the enquiry is ${enquiry.state}.`), ...unless(!ipa || roles.includes('CD_SPOC'), 'ROLE_DENIED', 'CD4', 'CD_SPOC records what came back.'),
    ...unless(summary.trim().length >= 5 && summary.length <= 400, 'FIELD_INVALID', 'CD4', 'Sum it up in 5 to 400 characters.'), ...unless(!ipa || !holdsRawData(summary), 'FIELD_INVALID', 'CD4', 'Only what it means, no content and no raw data: leave out numbers, coordinates and addresses.'),
    ...unless(enquiry.type !== 'LIVE_LINK' || informationId !== undefined, 'EVIDENCE_MISSING', '15.2 item 36', 'The result of a live link is an information item: name it.'),
  ];
  return failures.length > 0 ? failures : take(put(slice, { ...enquiry, state: 'RETURNED', resultAt: now, resultSummary: summary, ...(informationId !== undefined && { informationId }) }), 'EnquiryReturned', 'collection');
}

function cancel(slice: EnquirySlice, enquiry: EnquiryRow, reason: string, { roles }: Actor): Answer {
  const failures = [
    ...unless(isPending(enquiry), 'TRANSITION_NOT_ALLOWED', 'CD5', 'It is over already.'), ...unless(!isIpa(enquiry) || roles.includes('CD_SPOC'), 'ROLE_DENIED', 'CD5', 'CD_SPOC cancels communications data.'), ...reasonFailures(reason, 'CD5'),
  ];
  return failures.length > 0 ? failures : take(put(slice, { ...enquiry, state: 'CANCELLED', endReason: reason }), 'EnquiryCancelled', 'none');
}

const exploitation: readonly FlagCode[] = ['CSE', 'CCE', 'COUNTY_LINES', 'TRAFFICKING_NRM'];

/** A picture sent by a child may be made in front of who exploits them: it is held until an inspector says what was agreed for their safety (15.2 item 36). */
function requestLiveLink(slice: EnquirySlice, { id, necessity, proportionality, collateral }: On<'RequestLiveLink'>, { isUnder18, flags, isMissing }: EnquiryFacts, { by, now }: Actor): Answer {
  const failures = [
    ...unless(isMissing, 'GUARD_UNMET', 'CD6', 'The person is not missing any more.'), ...unless(!slice.enquiries.some(item => item.id === id), 'FIELD_INVALID', 'CD6', 'This request is recorded already.'), ...groundFailures({ necessity, proportionality, collateral }, 'CD6'),
  ];
  if (failures.length > 0) return failures;
  const isHeld = isUnder18 && flags.some(flag => exploitation.includes(flag));
  const enquiry: EnquiryRow = { id, type: 'LIVE_LINK', authority: 'NONE_NEEDED', state: isHeld ? 'HELD' : 'AWAITING_DECISION', isRequestToSpoc: false, isVerbal: false, necessity, proportionality, collateral, requestedAt: now, requestedBy: by };
  return about(take({ enquiries: [...slice.enquiries, enquiry] }, 'LiveLinkRequested', 'none', { what: 'LIVE_LINK_APPROVAL', about: id }), { id, state: enquiry.state });
}

function approveLiveLink(slice: EnquirySlice, enquiry: EnquiryRow, { isApproved, reason, safeguarding }: On<'ApproveLiveLink'>, { by, now }: Actor): Answer {
  const failures = [
    ...unless(enquiry.type === 'LIVE_LINK' && (enquiry.state === 'AWAITING_DECISION' || enquiry.state === 'HELD'), 'TRANSITION_NOT_ALLOWED', 'CD7', 'There is no live link that waits for a decision.'), ...unless(enquiry.requestedBy !== by, 'SEGREGATION', 'CD7', 'The person who asked cannot approve.'),
    ...reasonFailures(reason, 'CD7'), ...unless(!isApproved || enquiry.state !== 'HELD' || says(safeguarding ?? ''), 'GUARD_UNMET', '15.2 item 36', 'It is held for a child at risk of exploitation: say what was agreed for their safety.'),
  ];
  if (failures.length > 0) return failures;
  const decisionReason = safeguarding === undefined ? reason : `${reason} ${safeguarding}`;
  const next: EnquiryRow = { ...enquiry, state: isApproved ? 'APPROVED' : 'REFUSED', decisionBy: by, decidedAt: now, decisionReason };
  return take(put(slice, next), 'LiveLinkDecided', 'none', ...isApproved ? [{ what: 'SEND_LIVE_LINK', about: enquiry.id } as const] : []);
}

/** Closure guard of 2.4: communications data that is neither completed nor cancelled. */
export function openCommsData({ enquiries }: EnquirySlice): EnquiryRow[] {
  return enquiries.filter(item => isIpa(item) && isPending(item));
}

/** The other room answers within seconds; what it does not answer in this time is looked after by people [DES]. */
const silenceMins = 10;

export function dueOfEnquiries({ enquiries }: EnquirySlice, { verbalWriteUpHours }: Pick<RegionSettings, 'verbalWriteUpHours'>): DueItem[] {
  return enquiries.flatMap(item => [
    ...item.isVerbal && item.writtenUpAt === undefined ? [{ key: `cd-write-up|${item.id}`, at: addTo(item.requestedAt, { unit: 'hours', n: verbalWriteUpHours }), what: 'CD_WRITE_UP' }] : [],
    ...item.type === 'LIVE_LINK' && item.state === 'APPROVED' && item.liveLinkAskedAt !== undefined && item.liveLinkNews === undefined ? [{ key: `live-link|${item.id}`, at: addTo(item.liveLinkAskedAt, { unit: 'minutes', n: silenceMins }), what: 'LIVE_LINK_SILENT' }] : [],
    ...isPending(item) && item.nextCheckAt !== undefined ? [{ key: `enquiry|${item.id}|${item.nextCheckAt}`, at: item.nextCheckAt, what: 'ENQUIRY_CHECK' }] : [],
  ]);
}
