import * as z from 'zod';
import { hasCome } from '../machine/instants.ts';
import { isFailed, unless, type Actor } from '../machine/moment.ts';
import { about, isBlank, rowIn, take, type RegionAnswer, type RegionRow, type Want } from './region.ts';

export const biometricType = z.enum(['DNA_DIRECT', 'DNA_FAMILIAL', 'DENTAL_CHART', 'DENTAL_XRAY', 'FINGERPRINT', 'PHOTO', 'FOOTPRINT', 'MEDICAL_IMPLANT']);
/** Where a sample lies, never the sample (3.8). Used only to identify, and deleted when the person is found [S50]: `deleteOnFound` cannot be turned off. */
export const biometric = z.strictObject({
  id: z.string(), type: biometricType, holderRef: z.string().max(200), collectedAt: z.string(), consentBy: z.string().max(200), deleteOnFound: z.literal(true), state: z.enum(['HELD', 'SENT', 'DISPOSED']), recordedBy: z.string(), sentUkmpuAt: z.string().optional(),
  disposedAt: z.string().optional(), disposedBy: z.string().optional(), confirmation: z.string().max(200).optional(),
});
export type Biometric = z.infer<typeof biometric>;
export const biometricSlice = z.array(biometric).max(200);
export type BiometricSlice = z.infer<typeof biometricSlice>;

export type BiometricCommand =
  | { readonly do: 'RecordBiometric'; readonly id: string; readonly type: Biometric['type']; readonly holderRef: string; readonly collectedAt: string; readonly consentBy: string }
  | { readonly do: 'RecordBiometricSent'; readonly id: string; readonly at: string } | { readonly do: 'DisposeBiometric'; readonly id: string; readonly confirmation: string } | { readonly do: 'RequireDisposal' };

const kept = ['HELD', 'SENT'] as const;
export const biometricTable: readonly RegionRow<Biometric['state'], BiometricCommand['do']>[] = [
  { id: 'BI1', from: ['HELD'], command: 'RecordBiometric', via: 'RecordBiometric', who: ['ATTACHED'], guard: 'Not found; the holder, when, and who consented', to: ['HELD'], source: 'S50' },
  { id: 'BI2', from: ['HELD'], command: 'RecordBiometricSent', via: 'RecordBiometric', who: ['ATTACHED'], guard: 'Not found', to: ['SENT'], source: 'S50' },
  { id: 'BI3', from: kept, command: 'DisposeBiometric', via: 'RecordBiometric', who: ['ATTACHED'], guard: 'The confirmation of the holder', to: ['DISPOSED'], source: 'S50' },
  { id: 'BI4', from: kept, command: 'RequireDisposal', who: ['SYSTEM'], guard: 'C8, C11: a task; a person disposes (P10)', to: kept, source: 'S50' },
];

export interface BiometricFacts { readonly isFound: boolean }

export function decideBiometric(slice: BiometricSlice, command: BiometricCommand, { isFound }: BiometricFacts, actor: Actor): RegionAnswer<BiometricSlice> {
  const found = 'id' in command ? slice.find(({ id }) => id === command.id) : undefined;
  const row = rowIn(biometricTable, command.do === 'RecordBiometric' ? 'HELD' : found?.state ?? 'HELD', command.do, actor);
  if (isFailed(row)) return row;
  if (command.do === 'RecordBiometric') return record(slice, command, isFound, actor);
  if (command.do === 'RequireDisposal') return take(slice, 'DisposalRequired', 'none', ...slice.filter(({ state }) => state !== 'DISPOSED').map(({ id }): Want => ({ what: 'DISPOSE_BIOMETRICS_TASK', about: id })));
  if (!found) return unless(false, 'NOT_FOUND', row.id, 'There is no such holding.');
  const put = (set: Partial<Biometric>): BiometricSlice => slice.map(item => (item === found ? { ...item, ...set } : item));
  if (command.do === 'RecordBiometricSent') {
    const failures = unless(!isFound, 'GUARD_UNMET', 'BI2', 'The person is found: it is disposed of, and not sent.');
    return failures.length > 0 ? failures : about(take(put({ state: 'SENT', sentUkmpuAt: command.at }), 'BiometricSent', 'disclosure'), { id: found.id });
  }
  const failures = unless(!isBlank(command.confirmation), 'EVIDENCE_MISSING', 'BI3', 'Give the confirmation of the holder.');
  return failures.length > 0 ? failures : about(take(put({ state: 'DISPOSED', disposedAt: actor.now, disposedBy: actor.by, confirmation: command.confirmation }), 'BiometricDisposed', 'erasure'), { id: found.id });
}

function record(slice: BiometricSlice, { id, type, holderRef, collectedAt, consentBy }: Extract<BiometricCommand, { do: 'RecordBiometric' }>, isFound: boolean, { by, now }: Actor): RegionAnswer<BiometricSlice> {
  const failures = [
    ...unless(!isFound, 'GUARD_UNMET', 'BI1', 'The person is found: nothing more is taken.'), ...unless(!slice.some(item => item.id === id), 'FIELD_INVALID', 'BI1', 'This holding is recorded already.'), ...unless(!isBlank(holderRef), 'FIELD_INVALID', 'BI1', 'Say where it is held.'),
    ...unless(!isBlank(consentBy), 'CONSENT_MISSING', 'BI1', 'Name who consented.'), ...unless(hasCome(collectedAt, now), 'TIME_IN_FUTURE', '2.6', 'The time lies in the future.'),
  ];
  if (failures.length > 0) return failures;
  return about(take([...slice, { id, type, holderRef, collectedAt, consentBy, deleteOnFound: true, state: 'HELD', recordedBy: by }], 'BiometricRecorded', 'collection'), { id, type });
}

/** What still waits to be disposed of (P10). */
export function undisposed(slice: BiometricSlice): Biometric[] {
  return slice.filter(({ state }) => state !== 'DISPOSED');
}
