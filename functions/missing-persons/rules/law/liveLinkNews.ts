import { londonShort } from '../../../../shared/domain/london.ts';
import { partKeys, type MissingRecord } from '../../state.ts';
import type { EnquiryRow } from '../regions/enquirySlice.ts';
import { tooMuchInformation } from './about.ts';
import { regionsOf } from './regionSlices.ts';
import { begin, change, closePages, note, raise, withPart, type Moment, type Step } from './step.ts';

/** What the room of live links told, with what it showed of the request when it was asked. */
export interface Heard {
  readonly enquiryId: string;
  readonly requestId: string;
  /** `PLACE`, a state of the request, or why there is none. */
  readonly news: string;
  /** Absent where no request came to be. */
  readonly found?: {
    readonly ref: string;
    /** As it stands when it is asked, which may be further on than the news. */
    readonly state: string;
    readonly isOver: boolean;
    readonly place?: { readonly lat: number; readonly lng: number; readonly accuracyM: number; readonly at: string };
  };
}

/** How a link may end, in a sentence for the case. */
const endings: Readonly<Partial<Record<string, string>>> = {
  ENDED: 'The session is over.', CLOSED: 'The session is over.', DECLINED: 'The person said no.', EXPIRED: 'Nobody used it in time.', CANCELLED: 'It was cancelled in the control room.', SEND_FAILED: 'It could not be sent.',
  BLOCKED_UNSAFE: 'It was not sent: contact is not safe.', ABORTED_SAFETY: 'It was stopped for the person\'s safety.',
};

/** Why no request came to be. */
const refusals: Readonly<Partial<Record<string, string>>> = {
  NO_NUMBER: 'no mobile number of the person is known', INVALID_MSISDN: 'the number is no mobile number', NON_UK_NUMBER: 'the number is of another country', DUPLICATE_ACTIVE: 'there is a live request to this number already',
};

const withRow = (step: Step, row: EnquiryRow): Step => change(step, { regions: { ...step.record.regions, enquiries: { enquiries: regionsOf(step.record).enquiries.enquiries.map(item => (item.id === row.id ? row : item)) } } });

/** The message has left: from now on silence is a thing that is due. */
export function linkAsked(record: MissingRecord, { enquiryId, requestId }: { readonly enquiryId: string; readonly requestId: string }, { now }: Moment): Step {
  const step = note(begin(record), 'LiveLinkAsked', 'disclosure', { enquiry: enquiryId, request: requestId });
  const row = regionsOf(record).enquiries.enquiries.find(item => item.id === enquiryId);
  return row ? withRow(step, { ...row, liveLinkRequestId: requestId, liveLinkAskedAt: now }) : step;
}

/**
 * What came of a live link becomes an information item of this case (15.2 item 36), and its owner is told. Where it came to nothing because it could not be asked for, the owner is asked to do it
 * by hand. News of what is over here changes nothing. Whether the person is found is for people to say (I10).
 */
export function hearLiveLink(record: MissingRecord, heard: Heard, moment: Moment): Step {
  const row = regionsOf(record).enquiries.enquiries.find(item => item.id === heard.enquiryId);
  const step = note(begin(record), 'LiveLinkHeard', 'collection', { enquiry: heard.enquiryId, news: heard.news });
  if (row?.type !== 'LIVE_LINK' || row.state !== 'APPROVED') return step;
  const known = withRow(step, { ...row, liveLinkRequestId: heard.requestId, liveLinkAskedAt: row.liveLinkAskedAt ?? moment.now, liveLinkNews: heard.news });
  const { found } = heard;
  if (found?.isOver === true) return told(known, { ...heard, news: found.state, found }, moment);
  if (!found) return heard.news === 'NOT_WANTED' ? known : byHand(known, heard, moment);
  return heard.news === 'PLACE' ? told(known, { ...heard, found }, moment) : known;
}

function byHand(step: Step, { enquiryId, news }: Heard, { now }: Moment): Step {
  const why = refusals[news] ?? `the control room's service refused it (${news})`;
  return raise(step, now, { kind: 'ASKED', to: [step.record.owner.userId], title: `No live link could be made: ${why}. Locate the person by other means, or from Live links`, about: `live-link-${enquiryId}`, isUrgent: true });
}

type Found = Heard & { readonly found: NonNullable<Heard['found']> };

function told(step: Step, heard: Found, { now, by, id }: Moment): Step {
  const { enquiryId, found } = heard;
  const itemId = `info-${id}`;
  const isFull = tooMuchInformation(step.record).length > 0;
  const item = { id: itemId, at: now, by, channel: 'LIVE_LINK' as const, kind: 'LIVE_LINK' as const, isRestricted: true };
  const added = isFull ? step : withPart(change(step, { information: [...step.record.information, item] }), partKeys.information(itemId), { kind: 'information', text: textOf(heard) });
  const noted = isFull ? added : note(added, 'InformationAdded', 'collection', { item: itemId });
  const title = found.isOver ? `A live link has ended ${found.place ? 'with a place' : 'without a place'}: see the information` : 'A live link shows where the phone is: open the case now';
  const asked = raise(noted, now, { kind: 'ASKED', to: [noted.record.owner.userId], title, about: `live-link-${enquiryId}-${heard.news}`, isUrgent: found.place !== undefined });
  return found.isOver ? returned(asked, heard, isFull ? {} : { informationId: itemId }, now) : asked;
}

function returned(step: Step, { enquiryId, news, found }: Found, item: Pick<EnquiryRow, 'informationId'>, now: string): Step {
  const row = regionsOf(step.record).enquiries.enquiries.find(one => one.id === enquiryId);
  const closed = closePages(step, page => page.about === `live-link-${enquiryId}` || page.about === `live-link|${enquiryId}`, { status: 'closed', at: now });
  const resultSummary = `${endings[news] ?? news} ${found.place ? 'A place was found.' : 'No place was found.'}`;
  return row ? note(withRow(closed, { ...row, ...item, state: 'RETURNED', liveLinkNews: news, resultAt: now, resultSummary }), 'EnquiryReturned', 'collection', { id: enquiryId }) : closed;
}

function textOf({ news, found: { ref, isOver, place } }: Found): string {
  const where = place ? `The phone was at ${place.lat.toFixed(5)}, ${place.lng.toFixed(5)}, within ${Math.ceil(place.accuracyM)} m, ${londonShort(place.at)}.` : 'No place was found.';
  return `Live link ${ref}. ${isOver ? `${endings[news] ?? news} ` : ''}${where}`;
}
