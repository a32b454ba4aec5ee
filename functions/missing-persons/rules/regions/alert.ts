import * as z from 'zod';
import { isFailed, reasonFailures, unless, type Actor } from '../machine/moment.ts';
import { isBlank, rowIn, take, type RegionAnswer, type RegionRow } from './region.ts';

/** Child Rescue Alert (2.5, H11) [S44][S59]. The National Crime Agency runs it; we record what was decided and answered. */
export const alertSlice = z.strictObject({
  state: z.enum(['NONE', 'CONSIDERED_NO', 'REQUESTED', 'ACTIVE', 'STOOD_DOWN']),
  decisions: z.array(z.strictObject({ what: z.enum(['NO', 'REQUEST', 'ACTIVE', 'REFUSED', 'STAND_DOWN']), by: z.string(), at: z.string(), reason: z.string().max(2_000), reference: z.string().max(80).optional() })).max(100),
});
export type AlertSlice = z.infer<typeof alertSlice>;
export const noAlert: AlertSlice = { state: 'NONE', decisions: [] };

export type AlertCommand =
  | { readonly do: 'DecideNoAlert'; readonly reason: string } | { readonly do: 'RequestAlert'; readonly riskToLife: string; readonly canTakeCalls: boolean }
  | { readonly do: 'RecordAlertActive'; readonly reference: string } | { readonly do: 'RecordAlertRefused'; readonly reason: string } | { readonly do: 'StandDownAlert'; readonly reason: string };

const deciders = ['INSP', 'DI_SIO', 'SUPT'] as const;
export const alertTable: readonly RegionRow<AlertSlice['state'], AlertCommand['do']>[] = [
  { id: 'AL1', from: ['NONE', 'CONSIDERED_NO', 'STOOD_DOWN'], command: 'DecideNoAlert', via: 'DecideAlert', who: deciders, guard: 'Why not', to: ['CONSIDERED_NO'], source: 'S59' },
  { id: 'AL2', from: ['NONE', 'CONSIDERED_NO', 'STOOD_DOWN'], command: 'RequestAlert', via: 'DecideAlert', who: deciders, guard: 'Under 18 and missing; a feared real and immediate risk to life; calls of the public can be handled', to: ['REQUESTED'], source: 'S44,S59' },
  { id: 'AL3', from: ['REQUESTED'], command: 'RecordAlertActive', via: 'DecideAlert', who: deciders, guard: 'The reference of the National Crime Agency; the child is missing', to: ['ACTIVE'], source: 'S44' },
  { id: 'AL4', from: ['REQUESTED'], command: 'RecordAlertRefused', via: 'DecideAlert', who: deciders, guard: 'Their reason', to: ['CONSIDERED_NO'], source: 'S44,DES' },
  { id: 'AL5', from: ['REQUESTED', 'ACTIVE'], command: 'StandDownAlert', via: 'DecideAlert', who: deciders, guard: 'Reason', to: ['STOOD_DOWN'], source: 'DK' },
];

export interface AlertFacts { readonly isUnder18: boolean; readonly isMissing: boolean }

export function decideAlert(slice: AlertSlice, command: AlertCommand, facts: AlertFacts, actor: Actor): RegionAnswer<AlertSlice> {
  const row = rowIn(alertTable, slice.state, command.do, actor);
  if (isFailed(row)) return row;
  const failures = failuresOf(command, facts, row.id);
  const [to] = row.to;
  if (failures.length > 0 || !to) return failures;
  const entry = { by: actor.by, at: actor.now, what: words[command.do], reason: reasonOf(command), ...(command.do === 'RecordAlertActive' && { reference: command.reference }) };
  const next = { state: to, decisions: [...slice.decisions, entry] };
  if (command.do === 'RequestAlert') return take(next, 'AlertRequested', 'disclosure', { what: 'CRA_PACK' });
  return command.do === 'StandDownAlert' ? take(next, 'AlertStoodDown', 'none', { what: 'CRA_STAND_DOWN' }) : take(next, 'AlertDecided', 'none');
}

const words = { DecideNoAlert: 'NO', RequestAlert: 'REQUEST', RecordAlertActive: 'ACTIVE', RecordAlertRefused: 'REFUSED', StandDownAlert: 'STAND_DOWN' } as const;

function reasonOf(command: AlertCommand): string {
  if (command.do === 'RecordAlertActive') return '';
  return command.do === 'RequestAlert' ? command.riskToLife : command.reason;
}

function failuresOf(command: AlertCommand, { isUnder18, isMissing }: AlertFacts, rule: string) {
  const missing = unless(isMissing, 'GUARD_UNMET', rule, 'The child is not missing any more.');
  switch (command.do) {
    case 'RequestAlert': return [
      ...missing, ...unless(isUnder18, 'GUARD_UNMET', rule, 'A Child Rescue Alert is for a person under 18.'), ...unless(command.riskToLife.trim().length >= 5, 'REASON_REQUIRED', rule, 'Say what makes the risk to life real and immediate.'),
      ...unless(command.canTakeCalls, 'GUARD_UNMET', rule, 'An alert needs people who can take the calls of the public.'),
    ];
    case 'RecordAlertActive': return [...missing, ...unless(!isBlank(command.reference), 'EVIDENCE_MISSING', rule, 'Give the reference of the National Crime Agency.')];
    default: return reasonFailures(command.reason, rule);
  }
}

/** On C8 and C11 an alert that is asked for or runs must be stood down by a person (2.4). */
export const needsStandDown = ({ state }: AlertSlice): boolean => state === 'REQUESTED' || state === 'ACTIVE';
