import * as z from 'zod';
import { hasCome } from '../machine/instants.ts';
import { unless, type Actor } from '../machine/moment.ts';
import { about, isBlank, take, type RegionAnswer } from './region.ts';

/** What somebody told us (3.12 AddInformation, S09). Append-only: nothing here is ever changed, and a stale or offline client is never stopped from adding. */
const informationItem = z.strictObject({
  id: z.string().min(1).max(80), at: z.string(), receivedAt: z.string(), clientReportedAt: z.string().optional(), by: z.string(), channel: z.enum(['PHONE', 'IN_PERSON', 'RADIO', 'ONLINE', 'EMAIL', 'PARTNER', 'LIVE_LINK', 'OTHER_FORCE', 'SYSTEM']),
  source: z.string().max(400), text: z.string().max(8_000), isRestricted: z.boolean(),
});
export type InformationItem = z.infer<typeof informationItem>;
export const informationSlice = z.array(informationItem).max(5_000);
export type InformationSlice = z.infer<typeof informationSlice>;

export type NewInformation = Omit<InformationItem, 'receivedAt' | 'by'>;

/** Adds at the end, in the order of the server; what the device's clock said is kept beside it. Fails with FIELD_INVALID or TIME_IN_FUTURE (2.6). */
export function addInformation(slice: InformationSlice, item: NewInformation, { by, now }: Pick<Actor, 'by' | 'now'>): RegionAnswer<InformationSlice> {
  const failures = [
    ...unless(!slice.some(({ id }) => id === item.id), 'FIELD_INVALID', 'AddInformation', 'This item is recorded already.'), ...unless(!isBlank(item.text) && !isBlank(item.source), 'FIELD_INVALID', 'AddInformation', 'Say what is new and who says so.'),
    ...unless(hasCome(item.at, now), 'TIME_IN_FUTURE', '2.6', 'The time lies in the future.'),
  ];
  return failures.length > 0 ? failures : about(take([...slice, { ...item, receivedAt: now, by }], 'InformationAdded', 'collection'), { id: item.id, channel: item.channel });
}

/** What a partner may see of the items: nothing that is restricted (S14: the care provider sees no intelligence). */
export function openInformation(slice: InformationSlice): InformationItem[] {
  return slice.filter(({ isRestricted }) => !isRestricted);
}
