import { taskSettings } from '../../../functions/missing-persons/rules/tasks/settings.ts';
import type { TaskFacts } from '../../../functions/missing-persons/rules/tasks/plan.ts';
import type { Task } from '../../../functions/missing-persons/rules/tasks/task.ts';
import { templateOf } from '../../../functions/missing-persons/rules/tasks/templates.ts';
import type { Evidence, EvidenceKind } from '../../../functions/missing-persons/rules/tasks/evidence.ts';

export const settings = taskSettings.parse({});

/** A plainly fictional adult at MEDIUM, reported on a Saturday evening. */
export const reported = '2026-11-21T20:10:00.000Z';
export const recorded = '2026-11-21T20:12:00.000Z';
const at = recorded;

export const base: TaskFacts = {
  now: recorded, level: 'MEDIUM', stage: 'MISSING', isUnder18: false, isVulnerableAdult: false, isDebriefed: false,
  anchors: { T_REPORTED: reported, T_RECORDED: recorded, T_RISK: recorded, T_OWNER: recorded },
  triggers: [],
  people: { CALL_HANDLER: 'call', SGT: 'serg', INSP: 'insp', FIM: 'fim', SUPT: 'supt', OIC: 'oic', ATTENDING: 'pc', PNC_BUREAU: 'pnc', MEDIA: 'media', MFH_COORD: 'coord' },
  owner: { role: 'FIM', userId: 'fim' },
};

export const plus = (instant: string, minutes: number): string => new Date(Date.parse(instant) + minutes * 60_000).toISOString();
export const find = (tasks: readonly Task[], id: string): Task => {
  const task = tasks.find(item => item.taskId === id);
  if (!task) throw new Error(`no task ${id} among ${tasks.map(({ taskId }) => taskId).join(' ')}`);
  return task;
};
export const open = (tasks: readonly Task[]): string[] => tasks.filter(({ state }) => state === 'TODO' || state === 'DOING' || state === 'HOLD').map(({ taskId }) => taskId);
export const without = (tasks: readonly Task[], id: string): Task[] => tasks.filter(({ taskId }) => taskId !== id);

const note = 'Asked and answered.';
/** Evidence that is complete, for each kind. */
export const complete: Readonly<Record<Exclude<EvidenceKind, 'CHECKLIST'>, Evidence>> = {
  NOTE_AND_OUTCOME: { kind: 'NOTE_AND_OUTCOME', note, outcome: 'No trace' },
  ACK: { kind: 'ACK', by: 'fim', at },
  PAGES_ANSWERED: { kind: 'PAGES_ANSWERED', answers: [{ role: 'INSP', by: 'insp', at }, { role: 'FIM', by: 'fim', at }, { role: 'SUPT', by: 'supt', at }] },
  ASSESSMENT: { kind: 'ASSESSMENT', assessmentSeq: 2 },
  REASSESSMENT: { kind: 'REASSESSMENT', assessmentSeq: 2 },
  REVIEW_SET: { kind: 'REVIEW_SET', nextReviewAt: at },
  REVIEW: { kind: 'REVIEW', reviewId: 'R1' },
  AGREED_PLAN: { kind: 'AGREED_PLAN', at, channel: 'PHONE', nextContactAt: at, steps: note },
  WRITTEN_PLAN: { kind: 'WRITTEN_PLAN', documentRef: 'D1', agreedAt: at, latestReviewAt: at },
  MATCHES: { kind: 'MATCHES', matches: [], triggerPlan: 'NONE' },
  SEARCH_RECORD: { kind: 'SEARCH_RECORD', searchId: 'S1', isComplete: true, roomsRecorded: 9, sergeantToldAt: at },
  MEDIA_AND_CONSENT: { kind: 'MEDIA_AND_CONSENT', mediaIds: ['M1'], isDescriptionRecorded: true, consent: 'GIVEN' },
  PNC_REF: { kind: 'PNC_REF', reference: 'PNC/1', at },
  PROTOCOL_FORM: { kind: 'PROTOCOL_FORM', formId: 'F1' },
  MARKER: { kind: 'MARKER', noVehicle: true },
  CCTV: { kind: 'CCTV', operator: 'Sample Rail', isViewed: true, note },
  CONTACT: { kind: 'CONTACT', at, channel: 'PHONE', withWhom: 'Informant', note },
  AGENCY_TOLD: { kind: 'AGENCY_TOLD', agency: 'Sample Council', person: 'Duty worker', at, reference: 'A1' },
  HOLDINGS: { kind: 'HOLDINGS', holdingIds: ['B1'], isAdviceGiven: true },
  VISIT: { kind: 'VISIT', at, whom: 'Informant', note },
  SIGHTING: { kind: 'SIGHTING', sightingId: 'S1', result: 'NOT_SEEN', note },
  REQUEST: { kind: 'REQUEST', isRequested: true, asset: 'Drone', reference: 'R1' },
  SEARCH_STRATEGY: { kind: 'SEARCH_STRATEGY', polsaRef: 'P1', plan: note },
  HYPOTHESES: { kind: 'HYPOTHESES', hypothesisIds: ['1', '2'] },
  NAMED_PERSON: { kind: 'NAMED_PERSON', name: 'Sample Officer', role: 'DI_SIO' },
  NAMED_OR_WHY_NOT: { kind: 'NAMED_OR_WHY_NOT', whyNot: note },
  DEPLOYMENT: { kind: 'DEPLOYMENT', unit: 'NC11', at: reported },
  CD_DECISION: { kind: 'CD_DECISION', decision: 'REQUEST', grade: 2, necessity: note, proportionality: note },
  MEDIA_STRATEGY: { kind: 'MEDIA_STRATEGY', decision: 'NO_APPEAL', why: note, isChecklistAnswered: true },
  DECISION: { kind: 'DECISION', decision: 'NO', why: note },
  PREVENTION_INTERVIEW: { kind: 'PREVENTION_INTERVIEW', outcome: 'DONE', at, interviewId: 'I1' },
  WITHDRAWAL: { kind: 'WITHDRAWAL', channels: [], none: true },
  STAND_DOWN: { kind: 'STAND_DOWN', told: [], none: true },
  RHI_REFERRAL: { kind: 'RHI_REFERRAL', authorities: ['Sample Council'], referredAt: at },
  TOLD_AGAIN: { kind: 'TOLD_AGAIN', told: [{ recipient: 'Halton duty desk', at, channel: 'PHONE' }] },
  RHI_OUTCOME: { kind: 'RHI_OUTCOME', outcome: 'PENDING', at },
  REFERRALS: { kind: 'REFERRALS', references: [], noneIdentifiedBy: 'Sample Officer' },
  DISPOSAL: { kind: 'DISPOSAL', items: [], none: true },
  DEBRIEF: { kind: 'DEBRIEF', learned: note, owner: 'Sample Officer', dueOn: '2026-12-24' },
  MEETING: { kind: 'MEETING', planRef: 'T1', at, attended: ['Sample Council'] },
  WATCH: { kind: 'WATCH', outcome: 'PENDING', at, withWhom: 'Sample Force', note },
};

/** Complete evidence for a task, its list answered. */
export function evidenceFor({ templateId }: Pick<Task, 'templateId'>): Evidence {
  const { evidence, checklist = [] } = templateOf(templateId);
  return evidence === 'CHECKLIST' ? { kind: 'CHECKLIST', items: checklist.map(item => ({ item, result: 'NIL' })) } : complete[evidence];
}
