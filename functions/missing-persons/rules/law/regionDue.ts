import type { MissingRecord } from '../../state.ts';
import { plusMinutes } from '../machine/instants.ts';
import { isFailed } from '../machine/moment.ts';
import { dueOfCirculation } from '../regions/circulation.ts';
import { dueOfContacts } from '../regions/contact.ts';
import { dueOfEnquiries } from '../regions/enquiry.ts';
import { decideOwnership, dueOfOwnership } from '../regions/ownership.ts';
import { decidePublicity, dueOfPublicity } from '../regions/publicity.ts';
import { systemAt, type DueItem } from '../regions/region.ts';
import { isRhiOverdue } from '../regions/rhi.ts';
import { dueOfSightings } from '../regions/sighting.ts';
import type { MissingSettings } from '../settings.ts';
import type { Recipient } from '../tasks/settings.ts';
import { isMissing, isOpenCase, levelOf } from './about.ts';
import { ownershipOf } from './ownership.ts';
import { publicityFacts } from './outwardActs.ts';
import { regionsOf } from './regionSlices.ts';
import { taken } from './regionWants.ts';
import { change, closePages, note, peopleOf, raise, type Moment, type Step } from './step.ts';

/** Who is told of what is due, and after how many minutes again while nobody acts (the chain's 60 and 240 of section 4). */
interface Rung { readonly to: readonly Recipient[]; readonly title: string; readonly everyMins?: { readonly high: number; readonly other: number } }

/** Things of the regions that no task of section 4 stands for. Those that one does (A01, X18, A10's own ladder, P04, P06, P07, C23) escalate there. */
const rungs: Readonly<Partial<Record<string, Rung>>> = {
  SIGHTING_UNASSESSED: { to: ['SGT', 'INSP'], title: 'A sighting has not been assessed', everyMins: { high: 60, other: 240 } }, CD_WRITE_UP: { to: ['CD_SPOC', 'INSP'], title: 'An urgent request for communications data has not been written up', everyMins: { high: 1_440, other: 1_440 } },
  LIVE_LINK_SILENT: { to: ['OWNER', 'INSP'], title: 'Nothing was heard of the live link: look at Live links, or send it from there' },
  ENQUIRY_CHECK: { to: ['OWNER'], title: 'Look again at an enquiry' }, PROMISED_CALL: { to: ['OWNER'], title: 'The family was promised a call now' }, PUBLICITY_WITHDRAW: { to: ['MEDIA', 'INSP'], title: 'An appeal is still up', everyMins: { high: 60, other: 240 } },
  PNC_HARD_LIMIT: { to: ['PNC_BUREAU', 'INSP'], title: 'Not on PNC after the limit of 48 hours' }, PNC_CANCEL: { to: ['PNC_BUREAU', 'SGT'], title: 'PNC is not cancelled yet' }, RHI_OVERDUE: { to: ['MFH_COORD'], title: 'The return home interview is overdue' },
};

/** Everything of the regions that becomes due by time (15.1 item 18), from the state alone. */
export function regionDue(record: MissingRecord, settings: MissingSettings): DueItem[] {
  const { publicity, rhi } = regionsOf(record);
  const overdueAt = rhi.required?.doneDueAt;
  // The flag OVERDUE is raised a moment after the 72 hours, once; P07 chases from then on, also after closure.
  const interview = overdueAt !== undefined && isRhiOverdue(rhi, justAfter(overdueAt)) ? [{ key: `rhi|${overdueAt}`, at: justAfter(overdueAt), what: 'RHI_OVERDUE' }] : [];
  const outside = [...dueOfPublicity(publicity, settings.regions), ...interview].flatMap(item => repeated(item, record));
  return isOpenCase(record) ? [...outside, ...whileOpen(record, settings)] : outside;
}

const justAfter = (at: string): string => new Date(Date.parse(at) + 1).toISOString();

function whileOpen(record: MissingRecord, settings: MissingSettings): DueItem[] {
  const { sightings, enquiries, contacts, circulation } = regionsOf(record);
  const level = levelOf(record);
  const isCirculated = record.tasks.some(({ templateId, state, voidedAt }) => templateId === 'A10' && state === 'DONE' && voidedAt === undefined);
  const lapse = dueOfOwnership(ownershipOf(record, settings), { level, settings: settings.regions }).filter(({ what }) => what === 'HANDOVER_LAPSE');
  const items = [
    ...(isMissing(record) || record.file?.state === 'LOCATED_UNVERIFIED' ? dueOfSightings(sightings, { level, settings: settings.regions }) : []), ...dueOfEnquiries(enquiries, settings.regions), ...dueOfContacts(contacts),
    ...dueOfCirculation(circulation, { reportedAt: pncFrom(record, settings), isMissing: isMissing(record) && !isCirculated, settings: settings.regions }),
  ];
  return [...lapse, ...items.flatMap(item => repeated(item, record))];
}

/** The 48 hours run from the report; where they had passed before the case came from the old system, from then (15.4). */
function pncFrom({ clocks, imported }: MissingRecord, { regions: { pncHours } }: MissingSettings): string {
  return imported !== undefined && plusMinutes(clocks.reported, pncHours * 60) <= imported.at ? imported.at : clocks.reported;
}

/** Due at its time, once; where its rung says so, again and again from the last reminder on. */
function repeated(item: DueItem, record: MissingRecord): DueItem[] {
  const last = regionsOf(record).reminders.findLast(({ key }) => key === item.key);
  if (!last) return [item];
  const every = rungs[item.what]?.everyMins;
  return every === undefined ? [] : [{ ...item, at: plusMinutes(last.at, levelOf(record) === 'HIGH' ? every.high : every.other) }];
}

/** Acts on all of it that is due now: the handover lapses, the expiry is noted, people are told. Nothing is lowered, closed, cancelled or published (I10). */
export function regionTick(step: Step, moment: Moment): Step {
  return regionDue(step.record, moment.settings).filter(({ at }) => at <= moment.now).sort((a, b) => (a.at < b.at ? -1 : 1)).reduce((so, item) => act(so, item, moment), step);
}

function act(step: Step, item: DueItem, moment: Moment): Step {
  switch (item.what) {
    case 'HANDOVER_LAPSE': return lapsed(step, moment);
    case 'PUBLICITY_EXPIRED': return expired(step, moment);
    default: return told(step, item, moment);
  }
}

/** The sender owned throughout and is told so, with the inspector (2.5). */
function lapsed(step: Step, moment: Moment): Step {
  const { settings, now } = moment;
  const decided = decideOwnership(ownershipOf(step.record, settings), { do: 'LapseHandover' }, { level: levelOf(step.record), settings: settings.regions }, systemAt(now));
  if (isFailed(decided)) return step;
  return closePages(taken(step, { ownership: decided.slice }, decided, moment), page => page.kind === 'HANDOVER', { status: 'closed', at: now });
}

function expired(step: Step, moment: Moment): Step {
  const decided = decidePublicity(regionsOf(step.record).publicity, { do: 'NotePublicityExpired' }, publicityFacts(step.record, moment), systemAt(moment.now));
  return isFailed(decided) ? step : taken(step, { publicity: decided.slice }, decided, moment);
}

function told(step: Step, { key, at, what }: DueItem, { now, people }: Moment): Step {
  const rung = rungs[what];
  const reminders = [...regionsOf(step.record).reminders.filter(item => item.key !== key), { key, at: now }].slice(-500);
  const marked = note(change(step, { regions: { ...step.record.regions, reminders } }), 'ReminderGiven', 'none', { what, dueAt: at });
  return rung ? raise(marked, now, { kind: 'ESCALATION', to: peopleOf(rung.to, marked.record, people), title: rung.title, about: key.slice(0, 120), dueAt: at, isUrgent: rung.everyMins !== undefined }) : marked;
}
