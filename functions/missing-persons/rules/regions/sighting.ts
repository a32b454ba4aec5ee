import * as z from 'zod';
import { addTo } from '../clock/duration.ts';
import { hasCome } from '../machine/instants.ts';
import { isFailed, reasonFailures, unless, type Actor } from '../machine/moment.ts';
import type { RiskLevel } from '../terms.ts';
import { about, isBlank, rowIn, take, type DueItem, type RegionAnswer, type RegionRow } from './region.ts';
import type { RegionSettings } from './settings.ts';

const credible = z.enum(['YES', 'NO', 'UNASSESSED']);
export const sighting = z.strictObject({
  id: z.string().min(1).max(80), from: z.string(), to: z.string(), place: z.string().max(400), source: z.string().max(400), reliability: z.enum(['RELIABLE', 'UNTESTED', 'UNRELIABLE', 'NOT_KNOWN']), match: z.int().min(0).max(5), receivedAt: z.string(),
  clientReportedAt: z.string().optional(), by: z.string(), credible,
  /** Every assessment is kept; the last one counts. */
  assessments: z.array(z.strictObject({ credible, action: z.string().max(2_000), reason: z.string().max(2_000), assessedBy: z.string(), at: z.string() })).max(50),
});
export type Sighting = z.infer<typeof sighting>;
export const sightingSlice = z.array(sighting).max(2_000);
export type SightingSlice = z.infer<typeof sightingSlice>;

export type SightingCommand =
  | { readonly do: 'AddSighting'; readonly sighting: Omit<Sighting, 'receivedAt' | 'by' | 'credible' | 'assessments'> }
  | { readonly do: 'AssessSighting'; readonly id: string; readonly credible: 'YES' | 'NO'; readonly reason: string; readonly action: string };

const every = credible.options;
/** States of one sighting; a new one begins UNASSESSED. */
export const sightingTable: readonly RegionRow<Sighting['credible'], SightingCommand['do']>[] = [
  { id: 'SG1', from: ['UNASSESSED'], command: 'AddSighting', via: 'AddSighting', who: ['ATTACHED', 'CALL_HANDLER', 'FIM'], guard: 'When (a range), where, who says so, how like 0 to 5', to: ['UNASSESSED'], source: 'DK' },
  { id: 'SG2', from: every, command: 'AssessSighting', via: 'AssessSighting', who: ['ATTACHED'], guard: 'Why; what is done about a credible one', to: ['YES', 'NO'], source: 'DK' },
];

export function decideSighting(slice: SightingSlice, command: SightingCommand, actor: Actor): RegionAnswer<SightingSlice> {
  if (command.do === 'AddSighting') return add(slice, command.sighting, actor);
  const found = slice.find(({ id }) => id === command.id);
  if (!found) return unless(false, 'NOT_FOUND', 'SG2', 'There is no such sighting.');
  const row = rowIn(sightingTable, found.credible, 'AssessSighting', actor);
  if (isFailed(row)) return row;
  const failures = [...reasonFailures(command.reason, 'SG2'), ...unless(command.credible === 'NO' || !isBlank(command.action), 'FIELD_INVALID', 'SG2', 'Say what is done about it.')];
  if (failures.length > 0) return failures;
  const assessed: Sighting = { ...found, credible: command.credible, assessments: [...found.assessments, { credible: command.credible, action: command.action, reason: command.reason, assessedBy: actor.by, at: actor.now }] };
  const isNews = command.credible === 'YES' && found.credible !== 'YES';
  return about(take(slice.map(item => (item === found ? assessed : item)), 'SightingAssessed', 'none', ...isNews ? [{ what: 'CREDIBLE_SIGHTING_TASK', about: found.id } as const] : []), { id: found.id, credible: command.credible });
}

function add(slice: SightingSlice, given: Omit<Sighting, 'receivedAt' | 'by' | 'credible' | 'assessments'>, actor: Actor): RegionAnswer<SightingSlice> {
  const row = rowIn(sightingTable, 'UNASSESSED', 'AddSighting', actor);
  if (isFailed(row)) return row;
  const { by, now } = actor;
  const failures = [
    ...unless(!slice.some(({ id }) => id === given.id), 'FIELD_INVALID', 'SG1', 'This sighting is recorded already.'), ...unless(Date.parse(given.to) >= Date.parse(given.from), 'FIELD_INVALID', 'SG1', 'The range ends before it begins.'),
    ...unless(hasCome(given.to, now), 'TIME_IN_FUTURE', '2.6', 'The time lies in the future.'), ...unless(!isBlank(given.place) && !isBlank(given.source), 'FIELD_INVALID', 'SG1', 'Say where, and who says so.'),
    ...unless(Number.isInteger(given.match) && given.match >= 0 && given.match <= 5, 'FIELD_INVALID', 'SG1', 'How like the description: 0 to 5.'),
  ];
  if (failures.length > 0) return failures;
  return about(take([...slice, { ...given, by, receivedAt: now, credible: 'UNASSESSED', assessments: [] }], 'SightingAdded', 'collection', { what: 'SIGHTING_ASSESS', about: given.id }), { id: given.id });
}

/** By the instant and not by what the clock showed: the first 01:30 of October comes before the second (S08). */
export function inTimeOrder(slice: SightingSlice): Sighting[] {
  return [...slice].sort((a, b) => Date.parse(a.from) - Date.parse(b.from) || Date.parse(a.receivedAt) - Date.parse(b.receivedAt));
}

export function dueOfSightings(slice: SightingSlice, { level, settings }: { readonly level: RiskLevel; readonly settings: Pick<RegionSettings, 'sightingMins'> }): DueItem[] {
  return slice.filter(item => item.credible === 'UNASSESSED').map(item => ({ key: `sighting|${item.id}`, at: addTo(item.receivedAt, { unit: 'minutes', n: settings.sightingMins[level] }), what: 'SIGHTING_UNASSESSED' }));
}
