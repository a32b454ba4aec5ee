import { requiredQuestions } from '../functions/missing-persons/rules/risk/questions.ts';
import type { Issuer } from './issuer/issuer.ts';
import { post } from './seedPost.ts';

type Body = Readonly<Record<string, unknown>>;
type Step = readonly [login: string, route: string, body: Body];
interface Sample { readonly key: string; readonly login: string; readonly path: string; readonly report: Body; readonly steps: readonly Step[] }

const minutesAgo = (minutes: number, now: Date): string => new Date(now.getTime() - minutes * 60_000).toISOString();
/** All that must be answered; NO where nothing else is said. */
const answers = (values: Readonly<Record<string, string>> = {}): Body => ({ answers: requiredQuestions.map(question => ({ question, value: values[question] ?? 'NO' })) });

/** Fictional throughout: names that say so, numbers of Ofcom's drama ranges. One child in care, one adult who left a note, one adult at the lowest level. */
const samples = (now: Date): readonly Sample[] => [
  {
    key: 'seed-missing-child-0001', login: 'carrie.carer', path: '/api/missing-care-reports',
    report: {
      givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenUnknown: 'yes', lastSeenReason: 'Not back for the curfew', informantName: 'Carrie Carer', informantPhone: '01632 960001', clothing: 'Red coat, jeans',
      worries: 'Not back for the curfew of eight o\'clock, and her phone is off', hasPart1: 'YES', laResponsible: 'Cheshire East', placementName: 'Sample House',
    },
    steps: [
      ['cora.callhandler', 'answers', answers({ Q08: 'NOT_KNOWN' })], ['cora.callhandler', 'screen', { thrive: 'Late for the curfew, phone off, exploitation not known.', level: 'MEDIUM' }],
      ['cora.callhandler', 'accept', { rationale: 'Child in care, late for her curfew, exploitation not known.' }], ['fay.manager', 'owner/acknowledge', {}],
      ['sita.sergeant', 'risk/confirm', { level: 'MEDIUM', rationale: 'Child in care, nothing known of where she is, exploitation not known.', plan: 'Ring her friends, visit her sister.' }],
    ],
  },
  {
    key: 'seed-missing-note-0001', login: 'cora.callhandler', path: '/api/missing-persons',
    report: {
      givenName: 'Norman', familyName: 'Invented', age: '46', channel: 'PHONE_999', callStartedAt: minutesAgo(25, now), lastSeenPlace: 'Home, 1 Sample Street', lastSeenFrom: minutesAgo(150, now), description: 'Tall, grey hair, blue jacket', inDanger: 'YES',
      informantName: 'Nora Invented', informantRelation: 'Wife', informantPhone: '01632 960003', worries: 'He left a note that says goodbye', incidentRef: 'IML 2600201',
    },
    steps: [
      ['cora.callhandler', 'answers', answers({ Q01: 'YES', Q03: 'YES', Q07: 'NOT_KNOWN', Q09: 'YES' })], ['cora.callhandler', 'factors', { factors: ['NOTE_LEFT', 'SUICIDE_INTENT'] }],
      ['cora.callhandler', 'screen', { thrive: 'Note that says goodbye; the harm is likely and may be near.', level: 'HIGH' }], ['cora.callhandler', 'accept', { rationale: 'He left a note that says goodbye, and went without his telephone.' }],
    ],
  },
  {
    key: 'seed-missing-low-0001', login: 'cora.callhandler', path: '/api/missing-persons',
    report: {
      givenName: 'Peter', familyName: 'Placeholder', age: '52', channel: 'PHONE_101', callStartedAt: minutesAgo(40, now), lastSeenPlace: 'Sample Railway Station', lastSeenFrom: minutesAgo(300, now), description: 'Short, green hat',
      informantName: 'Pam Placeholder', informantRelation: 'Sister', informantPhone: '01632 960004', worries: 'He did not ring as he does on Tuesdays',
    },
    steps: [
      ['cora.callhandler', 'answers', answers({ Q01: 'YES', Q02: 'YES' })], ['cora.callhandler', 'screen', { thrive: 'No threat known; he may have forgotten to ring.', level: 'VERY_LOW' }],
      ['cora.callhandler', 'accept', { rationale: 'Adult without any known risk, who has forgotten to ring before and was well.' }],
    ],
  },
];

/** Enters three sample cases through the API as the sample people would, unless there is any already. */
export async function seedMissing(apiUrl: string, issuer: Issuer, now: Date): Promise<void> {
  if (await isAny(apiUrl, issuer)) return;
  await Promise.all(samples(now).map(sample => enter(apiUrl, issuer, sample)));
}

async function enter(apiUrl: string, issuer: Issuer, { key, login, path, report, steps }: Sample): Promise<void> {
  const send = async (n: number, [from, to, body]: Step) => await post(`${apiUrl}${to}`, await issuer.token(from), { key: `${key}-${n}`, contentType: 'application/json', body: JSON.stringify(body) });
  const recordId = await send(0, [login, path, report]);
  for (const [n, [who, route, body]] of steps.entries()) await send(n + 1, [who, `/api/missing-persons/${recordId ?? ''}/${route}`, body]);
}

/** A case of an earlier start, open or closed, or a report that waits. */
async function isAny(apiUrl: string, issuer: Issuer): Promise<boolean> {
  const authorization = `Bearer ${await issuer.token('cora.callhandler')}`;
  const lists = await Promise.all(['missing-persons', 'missing-reports', 'missing-closed'].map(async list => {
    const page: unknown = await (await fetch(`${apiUrl}/api/${list}?limit=1`, { headers: { authorization } })).json();
    return typeof page === 'object' && page !== null && 'value' in page && Array.isArray(page.value) ? page.value.length : 0;
  }));
  return lists.some(length => length > 0);
}
