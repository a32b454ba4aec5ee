import * as z from 'zod';
import { hasCome } from '../machine/instants.ts';
import { fail, isFailed, reasonFailures, unless, type Actor } from '../machine/moment.ts';
import type { Failure } from '../terms.ts';
import { mayTell, type TellFacts } from './disclosure.ts';
import { about, isBlank, rowIn, take, type DueItem, type RegionAnswer, type RegionRow } from './region.ts';

/** The family contact log with the promised next call (15.4), and who may not be updated: the informant may be the suspect (section 8). */
export const contactSlice = z.strictObject({
  contacts: z.array(z.strictObject({
    id: z.string(), at: z.string(), recordedAt: z.string(), clientReportedAt: z.string().optional(), withId: z.string().max(80), direction: z.enum(['IN', 'OUT']), channel: z.enum(['PHONE', 'IN_PERSON', 'SMS', 'EMAIL', 'OTHER']), by: z.string(), summary: z.string().max(4_000),
    promisedNextAt: z.string().optional(), toldPlace: z.boolean(),
  })).max(5_000),
  restrictions: z.array(z.strictObject({ contactId: z.string(), reason: z.string(), by: z.string(), at: z.string(), liftedBy: z.string().optional(), liftedAt: z.string().optional() })).max(100),
});
export type ContactSlice = z.infer<typeof contactSlice>;
export const noContacts: ContactSlice = { contacts: [], restrictions: [] };
export type NewContact = Omit<ContactSlice['contacts'][number], 'recordedAt' | 'by'>;

export type ContactCommand =
  | { readonly do: 'RecordContact'; readonly contact: NewContact }
  | { readonly do: 'RestrictUpdates'; readonly contactId: string; readonly reason: string }
  | { readonly do: 'LiftRestriction'; readonly contactId: string; readonly reason: string };

/** One state: a log is only ever added to. */
export const contactTable: readonly RegionRow<'KEPT', ContactCommand['do']>[] = [
  { id: 'CL1', from: ['KEPT'], command: 'RecordContact', via: 'RecordContact', who: ['ATTACHED'], guard: 'Whom, when, how, what; no place without I7; nobody restricted; after C10 only FLO, INSP and DI_SIO', to: ['KEPT'], source: 'S59,DK' },
  { id: 'CL2', from: ['KEPT'], command: 'RestrictUpdates', via: 'RecordContact', who: ['SGT', 'INSP', 'DI_SIO', 'SUPT'], guard: 'Reason', to: ['KEPT'], source: 'DES' },
  { id: 'CL3', from: ['KEPT'], command: 'LiftRestriction', via: 'RecordContact', who: ['INSP', 'DI_SIO', 'SUPT'], guard: 'Not by who set it; reason', to: ['KEPT'], source: 'DES' },
];

export interface ContactFacts { readonly tell: Omit<TellFacts, 'isRestricted'>; readonly isDeceasedPending: boolean }

export function decideContact(slice: ContactSlice, command: ContactCommand, facts: ContactFacts, actor: Actor): RegionAnswer<ContactSlice> {
  const row = rowIn(contactTable, 'KEPT', command.do, actor);
  if (isFailed(row)) return row;
  switch (command.do) {
    case 'RecordContact': return record(slice, command.contact, facts, actor);
    case 'RestrictUpdates': return restrict(slice, command, actor);
    case 'LiftRestriction': return lift(slice, command, actor);
  }
}

/** Whether updates to this person are restricted. */
export function isRestricted({ restrictions }: ContactSlice, contactId: string): boolean {
  return restrictions.some(item => item.contactId === contactId && item.liftedAt === undefined);
}

function record(slice: ContactSlice, contact: NewContact, { tell, isDeceasedPending }: ContactFacts, { by, now, roles }: Actor): RegionAnswer<ContactSlice> {
  const restricted = isRestricted(slice, contact.withId);
  const isSenior = roles.some(role => role === 'FLO' || role === 'INSP' || role === 'DI_SIO');
  const failures: Failure[] = [
    ...unless(!isBlank(contact.withId) && !isBlank(contact.summary), 'FIELD_INVALID', 'CL1', 'Say with whom, and what was said.'), ...unless(!slice.contacts.some(({ id }) => id === contact.id), 'FIELD_INVALID', 'CL1', 'This contact is recorded already.'),
    ...unless(hasCome(contact.at, now), 'TIME_IN_FUTURE', '2.6', 'The time lies in the future.'),
    ...unless(contact.promisedNextAt === undefined || Date.parse(contact.promisedNextAt) > Date.parse(contact.at), 'FIELD_INVALID', 'CL1', 'The promised call lies before this one.'),
    ...contact.direction === 'OUT' && restricted ? [fail('RECIPIENT_NOT_ALLOWED', 'CL2', 'Updates to this person are restricted; ask the inspector.')] : [],
    ...unless(!contact.toldPlace || mayTell('FOUND', 'FAMILY', { ...tell, isRestricted: restricted }), 'CONSENT_MISSING', 'I7', 'The place may not be told: an adult decides, and for a child the local authority.'),
    ...unless(!isDeceasedPending || contact.direction === 'IN' || isSenior, 'CASE_LOCKED_DECEASED', 'C10', 'A body has been found: the family hears from the liaison officer or the inspector only.'),
  ];
  return failures.length > 0 ? failures : about(take({ ...slice, contacts: [...slice.contacts, { ...contact, by, recordedAt: now }] }, 'ContactRecorded', contact.direction === 'OUT' ? 'disclosure' : 'collection'), { id: contact.id, channel: contact.channel });
}

function restrict(slice: ContactSlice, { contactId, reason }: Extract<ContactCommand, { do: 'RestrictUpdates' }>, { by, now }: Actor): RegionAnswer<ContactSlice> {
  const failures = [...unless(!isBlank(contactId) && !isRestricted(slice, contactId), 'FIELD_INVALID', 'CL2', 'Name a person who is not restricted yet.'), ...reasonFailures(reason, 'CL2')];
  return failures.length > 0 ? failures : about(take({ ...slice, restrictions: [...slice.restrictions, { contactId, reason, by, at: now }] }, 'UpdatesRestricted', 'alteration'), { contactId });
}

function lift(slice: ContactSlice, { contactId, reason }: Extract<ContactCommand, { do: 'LiftRestriction' }>, { by, now }: Actor): RegionAnswer<ContactSlice> {
  const found = slice.restrictions.find(item => item.contactId === contactId && item.liftedAt === undefined);
  const failures = [...unless(found !== undefined, 'NOT_FOUND', 'CL3', 'This person is not restricted.'), ...unless(found?.by !== by, 'SEGREGATION', 'CL3', 'The person who set the restriction cannot lift it.'), ...reasonFailures(reason, 'CL3')];
  return failures.length > 0 ? failures : about(take({ ...slice, restrictions: slice.restrictions.map(item => (item === found ? { ...item, liftedBy: by, liftedAt: now } : item)) }, 'RestrictionLifted', 'alteration'), { contactId });
}

/** The promise that stands for each person: the one of the last contact with them. A later contact keeps it, and may make a new one. Nobody is rung who is restricted. */
export function dueOfContacts(slice: ContactSlice): DueItem[] {
  const last = new Map([...slice.contacts].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).map(contact => [contact.withId, contact]));
  return [...last.values()].flatMap(({ id, withId, promisedNextAt }) => (promisedNextAt === undefined || isRestricted(slice, withId) ? [] : [{ key: `contact|${id}`, at: promisedNextAt, what: 'PROMISED_CALL' }]));
}
