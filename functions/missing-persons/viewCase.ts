import type * as z from 'zod';
import { present } from '../../shared/domain/present.ts';
import { ageAt } from './rules/clock/age.ts';
import { bornOf, flagsOf } from './rules/law/about.ts';
import { regionsOf } from './rules/law/regionSlices.ts';
import { isOpenPage } from './rules/law/step.ts';
import { previousReturns } from './rules/person/repeats.ts';
import { known } from './rules/person/unknown.ts';
import { inTimeOrder } from './rules/regions/sighting.ts';
import type { view } from './rules/replies.ts';
import type { caseFields } from './rules/repliesCase.ts';
import { profileOf, ringText, type SearchProfile } from './rules/search/rings.ts';
import { searchView } from './viewSearch.ts';
import type { MissingRecord } from './state.ts';

type CaseView = Pick<z.output<typeof view>, keyof typeof caseFields>;

/** The named things of a case, for whoever gives the next command about one of them. */
export function caseView(record: MissingRecord): CaseView {
  const { closure, nextReviewAt, casefile, risk } = record;
  const { publicity, circulation, transfer, rhi } = regionsOf(record);
  const { lines, again } = previousReturns(record.previous);
  return {
    ...present({ nextReviewAt, retentionClass: closure?.retentionClass, proposedLevel: risk?.pendingReduction?.to }), reviews: reviewsOf(record), notices: noticesOf(record), ...workOf(record),
    informants: casefile.informants.map(({ id, name, relation }) => ({ informantId: id, ...present({ name, relation }) })),
    pages: record.pages.filter(isOpenPage).map(({ pageId, title, to, at, dueAt }) => ({ pageId, title, to: [...to], at, ...present({ dueAt }) })),
    owners: (record.regions?.ownership?.tenures ?? []).map(({ userId, role, force, from, how, acknowledgedAt }) => ({ userId, role, force, from, how, ...present({ acknowledgedAt }) })),
    publicity: publicity.state, circulation: circulation.state, transfer: transfer.state, returnInterview: rhi.state,
    earlierReturns: lines.map(({ caseRef, at, where, withWhom, harm }) => ({ ref: caseRef, at, where, withWhom, ...present({ harm }) })), seenBefore: [...again], ...searchView(record), ...ringsOf(record), ...outcomeOf(record),
  };
}

function reviewsOf({ reviews }: MissingRecord): CaseView['reviews'] {
  return reviews.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1)).map(({ reviewId, rank, reviewerUserId, dueAt, state, doneAt, by, satisfiedBy, missedBy, escalations }) => ({
    reviewId, rank, reviewer: reviewerUserId, dueAt, state, ...present({ doneAt, by, satisfiedBy, missedBy }), steps: escalations.map(({ step }) => step),
  }));
}

function noticesOf({ notices }: MissingRecord): CaseView['notices'] {
  return notices.map(({ noticeId, n, variant, recipientId, channel, state, queuedAt, dueAt, fields, endReason, ackBy }) => ({ noticeId, notice: n, variant, recipientId, channel, state, queuedAt, dueAt, fields: [...fields], ...present({ endReason, ackBy }) }));
}

function workOf(record: MissingRecord): Pick<CaseView, 'searches' | 'enquiries' | 'sightings' | 'holdings'> {
  const { enquiries: { enquiries }, sightings, biometrics } = regionsOf(record);
  return {
    searches: record.searches.map(({ searchId, type, placeText, startedAt, endedAt }) => ({ searchId, type, startedAt, ...present({ place: placeText, endedAt }) })),
    enquiries: enquiries.map(({ id, type, authority, state, requestedBy, requestedAt }) => ({ enquiryId: id, type, authority, state, requestedBy, requestedAt })),
    sightings: inTimeOrder(sightings).map(({ id, from, to, place, credible }) => ({ sightingId: id, from, to, place, credible })),
    holdings: biometrics.map(({ id, type, state }) => ({ holdingId: id, type, state })),
  };
}

/** Rings of the profile that fits what is known (10.1; psychosis is no factor of the list, so nobody is taken for that profile): drawn by the map around its initial planning point, with the label and the note. */
function ringsOf(record: MissingRecord): Pick<CaseView, 'ringLabel' | 'rings' | 'ringNote'> {
  const drawn = ringText(searchProfileOf(record));
  return { ringLabel: drawn.label, rings: drawn.rings.map(({ km, text }) => ({ km, text })), ringNote: drawn.note };
}

/** The profile that fits what is known. */
export function searchProfileOf(record: MissingRecord): SearchProfile {
  const { person, casefile, clocks } = record;
  const flags = flagsOf(record);
  const born = bornOf(record);
  const sex = known(person.sexAtRegistration);
  return profileOf({
    dementia: flags.includes('DEMENTIA'), suicide: flags.includes('SUICIDE'), psychosis: false, female: sex === undefined ? undefined : sex === 'FEMALE',
    onFoot: casefile.travelMode === undefined ? undefined : casefile.travelMode === 'FOOT', age: born && ageAt(born, clocks.reported),
  });
}

function outcomeOf({ closure }: MissingRecord): Pick<CaseView, 'outcome'> {
  if (!closure?.outcome) return {};
  const { where, by, condition, distanceKm, durationH } = closure.outcome;
  return { outcome: { where, by, condition, durationH, ...present({ distanceKm }) } };
}
