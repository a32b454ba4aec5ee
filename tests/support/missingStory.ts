import * as z from 'zod';
import { view as viewReply } from '../../functions/missing-persons/rules/replies.ts';
import { cheshireDirectory } from '../../functions/missing-persons/rules/partners/cheshire.ts';
import { reviewSubjects } from '../../functions/missing-persons/rules/reviews/content.ts';
import { missingEnvironment, missingStaff } from '../../local/issuer/missingStaff.ts';
import { fakeGateway, stopServers, type FarSide } from '../missing-persons/delivery/support.ts';
import { rows, type Answer, type Client } from './client.ts';
import { objectIdOf } from './liveLinks.ts';
import { act, answers, must, reported, startMissing, view, type Missing } from './missing.ts';

/** Short names of the sample people. */
const logins = {
  cora: 'cora.callhandler', fay: 'fay.manager', abby: 'abby.attending', oscar: 'oscar.officer', sita: 'sita.sergeant', ivan: 'ivan.inspector', ida: 'ida.inspector', dora: 'dora.detective', suki: 'suki.superintendent', mo: 'mo.coordinator', meg: 'meg.media', pat: 'pat.bureau', cyd: 'cyd.comms',
  pol: 'pol.adviser', flo: 'flo.liaison', carrie: 'carrie.carer', lara: 'lara.council', paul: 'paul.psd',
} as const;
export type Who = keyof typeof logins;
export const idOf = (who: Who): string => objectIdOf(logins[who]);

export type Shown = z.output<typeof viewReply>;
export type ShownTask = Shown['tasks'][number];

/** The built app at a day of the story, with a secure mail gateway and the directory of Cheshire. */
export interface Story {
  readonly missing: Missing;
  /** What left by secure mail. */
  readonly mail: FarSide;
  as(who: Who): Client;
  /** The clock of the app; it runs on from wherever it was put. */
  now(): string;
  /** Moves the clock to this instant, and lets everything that is due happen. */
  to(instant: string): Promise<void>;
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** @param settings what differs from the defaults of the force */
export async function startStory(at: string, settings: Readonly<Record<string, unknown>> = {}): Promise<Story> {
  const mail = await fakeGateway();
  const sample: unknown = JSON.parse(missingEnvironment['MISSING_PERSONS'] ?? '{}');
  const own = { ...z.looseObject({}).parse(sample), recipients: cheshireDirectory(new Date(Date.parse(at) - 30 * 86_400_000).toISOString().slice(0, 10)), ...settings };
  const missing = await startMissing({ service: { environment: { MISSING_PERSONS: JSON.stringify(own), SECURE_MAIL_URL: mail.url, SECURE_MAIL_KEY: 'a-key-of-this-story-only' } } });
  await Promise.all([...missingStaff.map(({ objectId }) => objectId), idOf('fay')].map(objectId => missing.links.simulators.teams.install(objectId)));
  let offset = 0;
  const now = (): string => new Date(Date.now() + offset).toISOString();
  // A case works off all that is due in one look; the second one finds what that made due.
  const settle = async (): Promise<void> => {
    for (let n = 0; n < 2; n++) {
      await missing.links.system.host.run('MissingDue');
      await missing.links.system.drain(60_000);
    }
  };
  const move = async (seconds: number): Promise<void> => {
    offset += seconds * 1_000;
    await missing.links.advance(seconds);
    await settle();
  };
  const story: Story = {
    missing, mail, settle, now, as: who => missing.as(logins[who]),
    async to(instant) {
      // On a busy machine it may be later already, and no clock goes back.
      await move(Math.max(0, Math.ceil((Date.parse(instant) - Date.parse(now())) / 1_000)));
    },
    stop: async () => {
      await missing.stop();
      await stopServers();
    },
  };
  // Wherever the story begins, in what is the past by now or not.
  await move(Math.ceil((Date.parse(at) - Date.parse(now())) / 1_000));
  return story;
}

/** One report and the case that it becomes. */
export interface Told {
  readonly recordId: string;
  /** Gives a command that must be accepted. */
  must(who: Who, route: string, body?: object): Promise<void>;
  /** Gives a command and says what came of it: `202`, or the code of the refusal with its status. */
  try(who: Who, route: string, body?: object): Promise<string>;
  view(): Promise<Shown>;
  /** The newest task of this template. */
  task(templateId: string): Promise<ShownTask>;
  done(who: Who, taskId: string, evidence: object): Promise<void>;
}

export function told(story: Story, recordId: string): Told {
  const seen = async (): Promise<Shown> => viewReply.parse(await view(story.as('cora'), recordId));
  const give = (who: Who, route: string, body: object = {}): Promise<void> => must(story.as(who), recordId, route, body);
  return {
    recordId, must: give, view: seen,
    async try(who, route, body = {}) {
      const { status, json } = await act(story.as(who), recordId, route, body);
      return status === 202 ? '202' : `${status} ${String(json['code'])}`;
    },
    task: async templateId => taskIn(await seen(), templateId),
    done: (who, taskId, evidence) => give(who, 'tasks/complete', { taskId, evidenceJson: JSON.stringify(evidence) }),
  };
}

export function tasksIn({ tasks }: Shown, templateId: string): ShownTask[] {
  return tasks.filter(({ taskId }) => taskId.split(/[:#]/)[0] === templateId);
}

export function taskIn(shown: Shown, templateId: string): ShownTask {
  const found = tasksIn(shown, templateId).at(-1);
  if (!found) throw new Error(`there is no task ${templateId}: ${shown.tasks.map(({ taskId }) => taskId).join(' ')}`);
  return found;
}

export const stepsOf = ({ escalations }: ShownTask): string[] => escalations.map(({ step }) => step);

/** An adult of whom nothing speaks for a risk. */
export const adult = {
  channel: 'PHONE_101', givenName: 'Sam', familyName: 'Sample', age: '24', lastSeenPlace: 'Sample Street', lastSeenUnknown: 'yes', lastSeenReason: 'Nobody was at home', informantName: 'Pat Sample', informantPhone: '01632 960002',
  worries: 'Left after a row with her brother and is not back',
} as const;

interface Opening { readonly form?: object; readonly answers?: Parameters<typeof answers>[0]; readonly factors?: readonly string[]; readonly level: string; readonly matchesSeen?: readonly string[] }

/** A call that was taken at this moment of the story. */
export async function called(story: Story, form: object = {}): Promise<Told> {
  return told(story, await reported(story.as('cora'), { ...adult, callStartedAt: story.now(), ...form }));
}

/** Screened and accepted: a case, whose owner said that it is theirs. */
export async function accepted(record: Told, { answers: given = {}, factors, level, matchesSeen = [] }: Omit<Opening, 'form'>): Promise<void> {
  await record.must('cora', 'answers', answers(given));
  if (factors) await record.must('cora', 'factors', { factors });
  await record.must('cora', 'screen', { thrive: 'Seen, asked, nobody in danger at the caller.', level, matchesSeen });
  await record.must('cora', 'accept', { rationale: 'The answers, and nobody has heard anything since.' });
  await record.must('fay', 'owner/acknowledge');
}

export async function opened(story: Story, opening: Opening): Promise<Told> {
  const record = await called(story, opening.form);
  await accepted(record, opening);
  return record;
}

export function confirmed(record: Told, level: string, who: Who): Promise<void> {
  return record.must(who, 'risk/confirm', { level, rationale: 'Looked at with the call handler: nothing else is known of where they are.', plan: 'Visit the informant, ring the friends.' });
}

/** Seen by an officer at this moment. */
export async function seen(story: Story, record: Told, more: object = {}): Promise<void> {
  const at = story.now();
  await record.must('abby', 'verify', { method: 'SEEN_BY_POLICE', identityCheck: 'Photograph and date of birth', wellBeing: 'WELL', locatedAt: at, place: '4 Hidden Lane', condition: 'Cold and tired', returnedAt: at, returnPlace: 'HOME', ...more });
}

/** The whole content of 5.2 at the level as it stands, seen to the overdue tasks of this moment. */
export async function reviewed(story: Story, record: Told, more: { readonly reviewId: string; readonly nextReviewAt: string; readonly leaveOut?: string }): Promise<object> {
  const { reviewId, nextReviewAt, leaveOut } = more;
  const { level, tasks } = await record.view();
  const now = story.now();
  const overdueSeen = tasks.filter(({ state, dueAt }) => (state === 'TODO' || state === 'DOING') && dueAt <= now).map(({ taskId }) => taskId);
  return {
    reviewId, level, rationale: `At ${level} nothing has changed that would speak for another level.`, overdueSeen, ...(overdueSeen.length > 0 && { overdueDecision: 'By the next shift.' }), familyToldAt: now, nextReviewAt,
    subjects: ['changed', ...reviewSubjects].filter(subject => subject !== leaveOut).map(subject => ({ subject, isChanged: false, words: 'Nothing new came in since the last review.' })),
  };
}

const auditRow = z.object({ seq: z.number(), at: z.string(), by: z.string(), what: z.string(), about: z.string().transform((text): Record<string, unknown> => z.record(z.string(), z.unknown()).parse(JSON.parse(text))) });
export type AuditRow = z.output<typeof auditRow>;

/** The audit of a case, all pages of it. @throws when its chain is broken */
export async function audit(story: Story, recordId: string): Promise<AuditRow[]> {
  const found: AuditRow[] = [];
  let path: string | undefined = `/api/missing-persons/${recordId}/audit?limit=200`;
  while (path !== undefined) {
    const page: Answer = await story.as('paul').get(path);
    if (page.json['verified'] !== true) throw new Error(`${page.status} ${JSON.stringify(page.json).slice(0, 300)}`);
    found.push(...rows(page).map(row => auditRow.parse(row)));
    const next = page.json['nextLink'];
    path = typeof next === 'string' ? new URL(next).pathname + new URL(next).search : undefined;
  }
  return found;
}

const action = z.looseObject({ type: z.string(), verb: z.string().optional(), data: z.record(z.string(), z.string()).optional() });
const cardShape = z.looseObject({ actions: z.array(action).optional() });

export interface ShownCard { readonly activityId: string; readonly summary: string; readonly text: string; readonly verb: string | undefined; readonly data: Readonly<Record<string, string>> | undefined }

/** The cards about this case that lie with this person now, the newest first. */
export function cardsTo(story: Story, who: Who, recordId: string): ShownCard[] {
  return story.missing.links.simulators.teams.cards().filter(({ to, card }) => to === idOf(who) && JSON.stringify(card).includes(recordId)).map(({ activityId, summary, card }) => {
    const execute = cardShape.parse(card).actions?.find(({ type }) => type === 'Action.Execute');
    return { activityId, summary, text: JSON.stringify(card), verb: execute?.verb, data: execute?.data };
  });
}

/** Presses the button of a person's card and gives the status of the answer. */
export async function press(story: Story, who: Who, { activityId, verb, data }: ShownCard): Promise<number> {
  if (verb === undefined || data === undefined) throw new Error('the card has no button');
  const { answer } = await story.missing.links.simulators.teams.act({ activityId, verb, data: { ...data }, as: idOf(who) });
  return z.looseObject({ statusCode: z.number() }).parse(answer).statusCode;
}

export function plus(instant: string, { hours = 0, minutes = 0, seconds = 0 }: { readonly hours?: number; readonly minutes?: number; readonly seconds?: number }): string {
  return new Date(Date.parse(instant) + ((hours * 60 + minutes) * 60 + seconds) * 1_000).toISOString();
}
