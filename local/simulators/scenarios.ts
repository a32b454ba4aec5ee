import type { Capability, DeclineReason, EndReason, Mode, RequestState } from '../../functions/goodsam/rules/terms.ts';
import { seededRandom } from '../host/prng.ts';

/** One thing that happens in a session, `after` seconds from the thing before it. Sessions start when the person comes from our consent page. */
export type Step = { readonly after: number } & (
  | { readonly does: 'locate'; readonly lat: number; readonly lng: number; readonly accuracyM: number }
  | { readonly does: 'start-media' | 'stop-media' | 'drop' | 'resume' | 'withdraw' | 'hidden-exit' | 'snapshot' }
  | { readonly does: 'deny'; readonly capability: Capability }
  | { readonly does: 'narrow'; readonly to: readonly Capability[] }
  | { readonly does: 'chat'; readonly text: string; readonly locale: string; readonly translation: string }
  | { readonly does: 'upload'; readonly file: 'photo' | 'clip' | 'eicar' | 'huge'; readonly pausesAt?: number }
  | { readonly does: 'complete-uploads'; readonly files: number }
  | { readonly does: 'end'; readonly by: 'PERSON' | 'LIMIT' }
);

export interface Phone {
  /** Seconds from the text to the first page, or not at all, or when the link's time is over. */
  readonly opens: number | 'never' | 'after-expiry';
  /** Seconds from the consent page to the choice. */
  readonly thinks?: number;
  readonly choice?: 'agree' | 'decline';
  readonly declineReason?: DeclineReason;
  readonly receipt: 'delivered' | 'undelivered' | 'never';
}

export interface Scenario {
  /** The last three digits of the sample number +447700900xxx. */
  readonly id: string;
  readonly title: string;
  readonly mode: Mode;
  readonly create: 'ok' | 'rate-limited' | 'unavailable-twice' | 'timeout' | 'opened-before-reply';
  readonly phone: Phone;
  readonly session: readonly Step[];
  readonly webhooks: 'plain' | 'triplicate' | 'shuffled' | 'bad-signature' | 'stale-timestamp' | 'old-secret';
  /** fails-once: the recording fails, and is ready at the second try. wrong-digest: the digest that is given is not the file's. breaks-once: the first download breaks off half way. */
  readonly media: 'plain' | 'fails-once' | 'wrong-digest' | 'breaks-once';
  /** Something that the officer has to do in the app for the scenario to come true. */
  readonly officer?: 'marks-unsafe-during-back-off';
  /** Where the request comes to rest; `p0` where a live call (one retry after 2 s) comes to rest elsewhere. */
  readonly endsAs: { readonly state: RequestState; readonly endReason?: EndReason; readonly p0?: RequestState };
  /** Where it goes from there when the link's time is over. */
  readonly afterExpiry?: RequestState;
}

/** A made-up address in Chester that the sample cases use, and a place 40 km due north of it. */
export const homeAddress = { lat: 53.1905, lng: -2.8917 } as const;
const farAway = { lat: 53.5502, lng: -2.8917 } as const;
/** In France: outside the check of goodsam.md 5. */
const abroad = { lat: 48.8566, lng: 2.3522 } as const;

const agrees = { opens: 8, thinks: 5, choice: 'agree', receipt: 'delivered' } as const satisfies Phone;
const personEnded = { state: 'ENDED', endReason: 'PERSON' } as const;
const closesPage = { after: 1, does: 'end', by: 'PERSON' } as const satisfies Step;

function fixes(place: { readonly lat: number; readonly lng: number }): readonly Step[] {
  return [0, 1, 2].map(n => ({ after: n === 0 ? 1 : 20, does: 'locate', lat: round(place.lat + n * 0.0004), lng: round(place.lng + n * 0.0003), accuracyM: 9 + n * 3 }));
}

function round(degrees: number): number {
  return Number(degrees.toFixed(5));
}

/** Three fixes and 60 s of live picture, then the person closes the page. */
const goesWell: readonly Step[] = [{ after: 1, does: 'start-media' }, ...fixes(homeAddress), { after: 18, does: 'stop-media' }, closesPage];

type Row = Pick<Scenario, 'id' | 'title'> & Partial<Scenario>;

function scenario(row: Row): Scenario {
  return { mode: 'VIDEO', create: 'ok', phone: agrees, session: goesWell, webhooks: 'plain', media: 'plain', endsAs: personEnded, ...row };
}

/** goodsam.md 12 and 21.36, to the letter. 002 and 028 are the text messages' own; the provider only plays the session that may follow. */
export const scenarios: readonly Scenario[] = [
  scenario({ id: '001', title: 'All goes well' }),
  scenario({ id: '002', title: 'The text is not delivered', phone: { opens: 'never', receipt: 'undelivered' }, session: [], endsAs: { state: 'UNDELIVERED' }, afterExpiry: 'EXPIRED' }),
  scenario({ id: '003', title: 'No answer', phone: { opens: 'never', receipt: 'delivered' }, session: [], endsAs: { state: 'NO_ANSWER' }, afterExpiry: 'EXPIRED' }),
  scenario({
    id: '004', title: 'Opened, then declined as a scam', phone: { opens: 8, thinks: 5, choice: 'decline', declineReason: 'THINKS_SCAM', receipt: 'delivered' }, session: [], endsAs: { state: 'DECLINED' },
  }),
  scenario({ id: '005', title: 'Opened after the link expired', phone: { opens: 'after-expiry', receipt: 'delivered' }, session: [], endsAs: { state: 'EXPIRED' } }),
  scenario({
    id: '006', title: 'Camera denied, location only',
    session: [{ after: 1, does: 'deny', capability: 'VIDEO' }, { after: 0, does: 'narrow', to: ['LOCATION'] }, ...fixes(homeAddress), closesPage],
  }),
  scenario({
    id: '007', title: 'Signal drops twice, then resumes',
    session: [
      { after: 1, does: 'start-media' }, ...fixes(homeAddress), { after: 5, does: 'drop' }, { after: 15, does: 'resume' }, { after: 10, does: 'drop' }, { after: 25, does: 'resume' },
      { after: 20, does: 'stop-media' }, closesPage,
    ],
  }),
  scenario({
    id: '008', title: 'Signal drops for ever', session: [{ after: 1, does: 'start-media' }, ...fixes(homeAddress), { after: 5, does: 'drop' }], endsAs: { state: 'ENDED', endReason: 'SIGNAL_LOST' },
  }),
  scenario({ id: '009', title: 'The recording fails, and is ready at the second try', media: 'fails-once' }),
  scenario({ id: '010', title: 'Each webhook comes three times', webhooks: 'triplicate' }),
  scenario({ id: '011', title: 'Webhooks come out of order', webhooks: 'shuffled' }),
  scenario({ id: '012', title: 'Webhooks with a bad signature; the reconciler finds the end', webhooks: 'bad-signature' }),
  scenario({ id: '013', title: 'Webhooks with a stale timestamp; the reconciler finds the end', webhooks: 'stale-timestamp' }),
  scenario({ id: '014', title: 'The provider answers 429 with Retry-After 5', create: 'rate-limited' }),
  scenario({ id: '015', title: 'The provider answers 503 twice', create: 'unavailable-twice', endsAs: { ...personEnded, p0: 'SEND_FAILED' } }),
  scenario({ id: '016', title: 'The provider answers after 30 s, but the session exists', create: 'timeout' }),
  scenario({
    id: '017', title: 'Three files, one of them the EICAR test file', mode: 'UPLOAD',
    session: [
      { after: 5, does: 'upload', file: 'photo' }, { after: 5, does: 'upload', file: 'clip' }, { after: 5, does: 'upload', file: 'eicar' }, { after: 2, does: 'complete-uploads', files: 3 }, closesPage,
    ],
    endsAs: { state: 'ENDED', endReason: 'UPLOADED' },
  }),
  scenario({
    id: '018', title: 'Chat in Polish, with translation',
    session: [
      { after: 1, does: 'start-media' }, ...fixes(homeAddress),
      { after: 3, does: 'chat', text: 'Proszę o pomoc. Nie mówię po angielsku.', locale: 'pl', translation: 'Please help. I do not speak English.' },
      { after: 8, does: 'chat', text: 'Jestem przy czerwonych drzwiach.', locale: 'pl', translation: 'I am by the red door.' },
      { after: 10, does: 'stop-media' }, closesPage,
    ],
  }),
  scenario({ id: '019', title: 'Location outside the UK', mode: 'LOCATION', session: [...fixes(abroad), closesPage] }),
  scenario({ id: '020', title: 'Location 40 km from the address', mode: 'LOCATION', session: [...fixes(farAway), closesPage] }),
  scenario({
    id: '021', title: 'Consent withdrawn in the session', session: [{ after: 1, does: 'start-media' }, ...fixes(homeAddress), { after: 3, does: 'withdraw' }], endsAs: { state: 'ENDED', endReason: 'WITHDRAWN' },
  }),
  scenario({ id: '022', title: 'The person ends it, in the middle of the picture', session: [{ after: 1, does: 'start-media' }, ...fixes(homeAddress).slice(0, 1), { after: 12, does: 'end', by: 'PERSON' }] }),
  scenario({
    id: '023', title: 'A huge upload that pauses and resumes', mode: 'UPLOAD', media: 'breaks-once',
    session: [{ after: 5, does: 'upload', file: 'huge', pausesAt: 0.4 }, { after: 2, does: 'complete-uploads', files: 1 }, closesPage], endsAs: { state: 'ENDED', endReason: 'UPLOADED' },
  }),
  scenario({ id: '024', title: 'The digest of the recording is wrong', media: 'wrong-digest' }),
  scenario({
    id: '025', title: 'The hidden exit is pressed', session: [{ after: 1, does: 'start-media' }, ...fixes(homeAddress).slice(0, 2), { after: 3, does: 'hidden-exit' }], endsAs: { state: 'ABORTED_SAFETY' },
  }),
  scenario({ id: '026', title: 'Webhooks signed with the old secret', webhooks: 'old-secret' }),
  scenario({
    id: '027', title: 'Firearms checklist, with pictures of the cabinet',
    session: [
      { after: 1, does: 'start-media' }, ...fixes(homeAddress), { after: 30, does: 'snapshot' }, { after: 30, does: 'snapshot' }, { after: 60, does: 'stop-media' }, closesPage,
    ],
  }),
  scenario({ id: '028', title: 'The delivery receipt never comes, but the link is opened', phone: { ...agrees, receipt: 'never' } }),
  scenario({ id: '029', title: '"Opened" comes before the reply to create', create: 'opened-before-reply' }),
  scenario({
    id: '030', title: 'The suspect returns while sending is held up', create: 'unavailable-twice', phone: { opens: 'never', receipt: 'never' }, session: [], officer: 'marks-unsafe-during-back-off',
    endsAs: { state: 'ABORTED_SAFETY' },
  }),
  scenario({ id: '031', title: 'Reported as undelivered, then opened', phone: { ...agrees, opens: 20, receipt: 'undelivered' } }),
];

/** The row of a number's last three digits; any other number gets one by the seed, the same each time. */
export function scenarioOf(lastThreeDigits: string, seed: number): Scenario {
  const row = scenarios.find(({ id }) => id === lastThreeDigits) ?? scenarios[Math.floor(seededRandom(seed * 1_000 + Number(lastThreeDigits))() * scenarios.length)];
  if (row === undefined) throw new Error('there are no scenarios');
  return row;
}
