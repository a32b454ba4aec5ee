import * as z from 'zod';
import { londonDate } from '../../../../shared/domain/london.ts';
import type { Failure } from '../terms.ts';
import { noticeSettings, type NoticeSettings } from '../notices/settings.ts';
import { channel, recipientKind, staffKinds, type Channel, type RecipientKind } from '../notices/words.ts';

const id = z.string().regex(/^[\w:.-]{1,100}$/);

/** One way to reach one body (6.2: "verified directory entry: owner, last verified, region"). A body with a mailbox and a telephone has two entries. */
export const recipient = z.strictObject({
  recipientId: id, kind: recipientKind, name: z.string().min(1).max(200), channel, address: z.string().min(1).max(320),
  /** Who in the force answers for the entry. */
  owner: z.string().min(1).max(100),
  /** Day on which somebody made sure that the address is theirs; absent: never, and nothing is sent there. */
  lastVerifiedOn: z.iso.date().optional(),
  /** The local authority's area, or the area a body works for. */
  region: z.string().min(1).max(100), organisationId: id.optional(),
});
export type Recipient = z.infer<typeof recipient>;

/** Kinds that no directory holds: our own staff are in Entra, an informant's number is on the case, and the public has no address. */
const outsideDirectory: ReadonlySet<RecipientKind> = new Set<RecipientKind>([...staffKinds, 'INFORMANT', 'PUBLIC']);
const email = z.email().max(320);
const telephone = /^(?:\+[1-9]\d{7,14}|0\d{9,10}|1\d{2}|116\d{3}|101)$/;

/** Whether an address fits its channel. `why` never repeats the address. */
export function addressFault(way: Channel, address: string): string | undefined {
  if (way === 'SECURE_MAIL' || way === 'NOTIFY_EMAIL') return email.safeParse(address).success ? undefined : 'The address is no e-mail address.';
  if (way === 'PHONE_LOG' || way === 'NOTIFY_SMS') return telephone.test(address.replace(/[\s-]/g, '')) ? undefined : 'The address is no telephone number.';
  return undefined;
}

/** Empty when something may be sent to this entry today (6.2, I6): verified, and not too long ago. */
export function checkRecipient(to: Recipient, now: string, settings: NoticeSettings = noticeSettings.parse({})): Failure[] {
  if (outsideDirectory.has(to.kind)) return [];
  const fault = addressFault(to.channel, to.address);
  return [
    ...(fault === undefined ? [] : [notAllowed(fault)]),
    ...(to.lastVerifiedOn === undefined ? [notAllowed('Nobody has verified this directory entry.')] : []),
    ...(to.lastVerifiedOn !== undefined && ageInDays(to.lastVerifiedOn, now) > settings.recipientStaleDays ? [notAllowed(`This directory entry was last verified more than ${settings.recipientStaleDays} days ago.`)] : []),
    // A date of the future is a slip that would keep the entry fresh for ever.
    ...(to.lastVerifiedOn !== undefined && ageInDays(to.lastVerifiedOn, now) < 0 ? [notAllowed('This directory entry is verified on a day to come.')] : []),
  ];
}

/** Faults of a directory by name: an id twice, an address that does not fit its channel. */
export function checkDirectory(directory: readonly Recipient[]): string[] {
  const ids = directory.map(one => one.recipientId);
  return [
    ...ids.filter((one, at) => ids.indexOf(one) !== at).map(one => `${one}: twice in the directory`),
    ...directory.filter(one => addressFault(one.channel, one.address) !== undefined).map(one => `${one.recipientId}: address does not fit ${one.channel}`),
    ...directory.filter(one => outsideDirectory.has(one.kind)).map(one => `${one.recipientId}: ${one.kind} does not belong in the directory`),
  ];
}

const ageInDays = (day: string, now: string): number => Math.round((Date.parse(`${londonDate(now)}T00:00:00.000Z`) - Date.parse(`${day}T00:00:00.000Z`)) / 86_400_000);
const notAllowed = (why: string): Failure => ({ code: 'RECIPIENT_NOT_ALLOWED', why, rule: '6.2' });
