import * as z from 'zod';
import { riskLevel } from './terms.ts';

/** What of a case has a name that a later command asks for: a review to hold, a message to acknowledge, an enquiry to decide. Without it in the reply nobody could give the command. */
const exampleTime = '2026-11-24T09:30:00.000Z';
const at = (description: string) => z.string().meta({ description, example: exampleTime });
const maybeAt = (description: string) => z.string().optional().meta({ description, example: exampleTime });
const word = (description: string, example: string) => z.string().meta({ description, example });
const maybe = (description: string, example: string) => z.string().optional().meta({ description, example });

const review = z.strictObject({
  reviewId: word('The review.', 'MEDIUM_SGT@2026-11-24T15:00:00.000Z'), rank: word('Of which rank.', 'SGT'), reviewer: word('Who holds it, one person by name.', '00000000-0000-4000-8000-000000000035'), dueAt: at('When it is due.'), state: word('Where it stands.', 'OPEN'), doneAt: maybeAt('When it was held.'),
  by: maybe('Who held it.', '00000000-0000-4000-8000-000000000035'), satisfiedBy: maybe('The review that counted for it.', 'HIGH_SGT_SHIFT@2026-11-24T07:00:00.000Z'), missedBy: maybe('Against whom it stands as late.', '00000000-0000-4000-8000-000000000035'),
  steps: z.array(z.string()).meta({ description: 'Steps of its ladder so far.', example: ['REMINDER'] }),
}).meta({ id: 'MissingReview', description: 'A review.' });
const notice = z.strictObject({
  noticeId: word('The message.', 'notice-1'), notice: word('Which notice.', 'N04'), variant: word('What it says.', 'MISSING'), recipientId: word('To whom.', 'la.halton.children'), channel: word('How.', 'SECURE_MAIL'), state: word('Where it stands.', 'SENT'), queuedAt: at('When it was asked for.'), dueAt: at('By when it must be there.'),
  fields: z.array(z.string()).meta({ description: 'Which fields it gives; their content is not shown.', example: ['caseRef'] }),
  endReason: maybe('Why it ended.', 'FOUND'), ackBy: maybe('Who there took it in.', 'Duty desk, A. Example'),
}).meta({ id: 'MissingNotice', description: 'A message to somebody outside; its text is not shown here.' });
const search = z.strictObject({ searchId: word('The search.', 'search-1'), type: word('What kind.', 'INITIAL_HOME'), place: maybe('Where.', '1 Sample Street'), startedAt: at('When it began.'), endedAt: maybeAt('When it ended.') }).meta({ id: 'MissingSearch', description: 'A search.' });
const enquiry = z.strictObject({ enquiryId: word('The enquiry.', 'enquiry-1'), type: word('What is asked.', 'CCTV'), authority: word('By what authority.', 'NONE_NEEDED'), state: word('Where it stands.', 'OPEN'), requestedBy: word('Who asks.', '00000000-0000-4000-8000-000000000036'), requestedAt: at('When.') }).meta({ id: 'MissingEnquiry', description: 'An enquiry; no content of it.' });
const sighting = z.strictObject({ sightingId: word('The sighting.', 'sighting-1'), from: at('When, at the earliest.'), to: at('When, at the latest.'), place: word('Where.', 'Sample Street'), credible: word('Whether it is credible.', 'UNASSESSED') }).meta({ id: 'MissingSighting', description: 'A sighting.' });
const holding = z.strictObject({ holdingId: word('The holding.', 'holding-1'), type: word('What it is.', 'DNA_DIRECT'), state: word('Where it stands.', 'HELD') }).meta({ id: 'MissingHolding', description: 'Something that is held to identify the person.' });
const informant = z.strictObject({ informantId: word('The informant.', 'informant-1'), name: maybe('The name.', 'Sam Example'), relation: maybe('What they are to the person.', 'Mother') }).meta({ id: 'MissingInformant', description: 'Somebody who is told how things stand.' });
const earlier = z.strictObject({ ref: word('The case.', 'MP/CHS/2026/000012'), at: at('When the person was back.'), where: word('Where found.', 'Crewe'), withWhom: word('With whom.', 'Lee Sample'), harm: maybe('The harm that was recorded.', 'Assaulted') }).meta({ id: 'MissingEarlierReturn', description: 'An earlier return.' });
const ring = z.strictObject({ km: z.number().meta({ description: 'Kilometres in a straight line.', example: 0.3 }), text: word('In words.', '50 % were found within 0.4 km') }).meta({ id: 'MissingRing', description: 'A ring around the initial planning point.' });
const page = z.strictObject({ pageId: word('The page.', 'page-3'), title: word('What it asks.', 'Confirm the level HIGH'), to: z.array(z.string()).meta({ description: 'Whom it asks.', example: ['00000000-0000-4000-8000-000000000036'] }), at: at('When it was raised.'), dueAt: maybeAt('By when it is to be answered.') }).meta({ id: 'MissingPage', description: 'A page that nobody has answered.' });
const outcome = z.strictObject({ where: word('Where found.', 'HOSPITAL'), by: word('By whom.', 'PUBLIC'), condition: word('In what condition.', 'MINOR'), distanceKm: z.number().optional().meta({ description: 'From where last seen, straight.', example: 0.9 }), durationH: z.number().meta({ description: 'Hours from the report.', example: 1.6 }) }).meta({ id: 'MissingOutcome', description: 'The outcome.' });

const owned = z.strictObject({
  userId: word('Who.', '00000000-0000-4000-8000-000000000031'), role: word('In which role.', 'FIM'), force: word('Of which force.', 'CHS'), from: at('From when; until the next row.'), how: word('How it came to them.', 'ASSIGNED'),
  acknowledgedAt: maybeAt('When they said that it is theirs.'),
}).meta({ id: 'MissingTenure', description: 'Who was accountable for the case.' });

const searchArea = z.strictObject({
  areaId: word('The area.', 'area-1'), name: word('What it is called.', 'Sample Wood, north'), km2: z.number().meta({ description: 'Square kilometres.', example: 1.2 }), covered: word('ALL, PART or NONE: the best of the searches of it that have ended.', 'PART'),
  confidence: word('What that is worth, as it was stated.', 'No confidence: no search has ended.'),
}).meta({ id: 'MissingSearchArea', description: 'A drawn area and what was searched of it.' });
const planningPoint = z.strictObject({
  which: word('IPP, PLS or LKP.', 'IPP'), lat: z.number().meta({ description: 'Latitude.', example: 53.2 }), lon: z.number().meta({ description: 'Longitude.', example: -2.9 }), text: maybe('Where, in words.', 'Sample Street'), setAt: at('When it was set.'), setBy: word('By whom.', '00000000-0000-4000-8000-000000000034'),
}).meta({ id: 'MissingPlanningPoint', description: 'Where planning of the search starts or stands.' });

/** Fields of the whole view that stand beside tasks, assessments and information. */
export const caseFields = {
  nextReviewAt: maybeAt('The next review; an open case always has one.'), reviews: z.array(review).meta({ description: 'Reviews, in the order in which they are due.' }), notices: z.array(notice).meta({ description: 'Messages to others, oldest first.' }), searches: z.array(search).meta({ description: 'Searches so far, oldest first.' }),
  enquiries: z.array(enquiry).meta({ description: 'Enquiries so far, oldest first.' }), sightings: z.array(sighting).meta({ description: 'Sightings in the order in which the person was seen.' }), holdings: z.array(holding).meta({ description: 'What is held to identify the person.' }), informants: z.array(informant).meta({ description: 'Who is told how things stand, the first informant first.' }),
  publicity: word('Where publicity stands.', 'NONE'), circulation: word('Where the circulation on the PNC stands.', 'LIVE'), transfer: word('Where a transfer stands.', 'NONE'), returnInterview: word('Where the return home interview stands.', 'REFERRED'), proposedLevel: riskLevel.optional().meta({ description: 'A lower level that waits for approval.', example: 'MEDIUM' }),
  owners: z.array(owned).meta({ description: 'Who was accountable since the case was opened, without a gap, the first one first.' }),
  pages: z.array(page).meta({ description: 'Pages that wait for an answer.' }),
  earlierReturns: z.array(earlier).meta({ description: 'The last five returns, the newest first.' }), seenBefore: z.array(z.string()).meta({ description: 'Who stands in more than one of them.', example: ['lee sample'] }),
  searchAreas: z.array(searchArea).meta({ description: 'Areas that were drawn, and what was searched of them.' }), searchGaps: z.array(z.string()).meta({ description: 'What was not searched, or not wholly.', example: ['Loft was not searched (locked): no key.'] }),
  searchOverlaps: z.array(z.string()).meta({ description: 'What was searched twice, and areas that overlap.', example: ['Sample Wood was searched 2 times.'] }), planningPoints: z.array(planningPoint).meta({ description: 'The initial planning point, the place last seen, the last known position.' }),
  ringLabel: word('The words beside the rings.', 'decision support'), rings: z.array(ring).meta({ description: 'Rings for the search adviser, smallest first; none where there is no sourced figure.' }), ringNote: word('Source and limits, or why there are none.', 'No data'), outcome: outcome.optional(), retentionClass: maybe('How long the record is kept.', 'CLOSED_SAFE_ADULT'),
} as const;
