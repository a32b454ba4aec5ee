import { rankOf, type RiskLevel } from '../terms.ts';
import type { Recipient, TaskSettings } from './settings.ts';
import type { EscalationStep } from './task.ts';
import type { ChainName } from './template.ts';

/** One step of a ladder: so many parts of the window after the due time (below zero: before it), or so many minutes after it. */
export interface Step {
  readonly step: EscalationStep;
  readonly after: { readonly parts: number } | { readonly minutes: number };
  readonly to: readonly Recipient[];
  /** At LOW and VERY_LOW, where it differs. */
  readonly toBelowMedium?: readonly Recipient[];
  /** The pages of this step must be answered. */
  readonly isAcknowledged?: true;
}

/** Whom H01 pages: each must answer. */
export const paged = ['INSP', 'FIM', 'SUPT'] as const;
const everybody: readonly Recipient[] = ['CONTROL_ROOM', ...paged];

/** Who hears at the due time and at the second step, where a table's column "Esc." names other ranks than the default chain. */
interface Ranks {
  readonly reminder?: { readonly parts: number; readonly to: readonly Recipient[] };
  readonly due?: readonly Recipient[];
  readonly second?: readonly Recipient[];
  readonly third?: { readonly parts?: number; readonly to: readonly Recipient[]; readonly toBelowMedium?: readonly Recipient[] };
}

const ranks: Readonly<Record<Exclude<ChainName, 'PAGE'>, Ranks>> = {
  DEFAULT: {},
  INSP: { due: ['OWNER', 'INSP'] },
  INSP_THEN_SUPT: { due: ['OWNER', 'INSP'], second: ['SUPT'], third: { to: ['SUPT'] } },
  SUPT: { due: ['OWNER', 'SUPT'], second: ['INSP', 'SUPT'], third: { to: ['SUPT'] } },
  // Warned of at 48 of 60 hours (4.3 M05).
  UKMPU: { reminder: { parts: -0.2, to: ['OWNER', 'SGT'] } },
  // A01: the inspector is paged, then the force incident manager gives the case to somebody else.
  OWNERSHIP: { due: ['OWNER', 'INSP'], second: ['FIM'], third: { to: ['FIM', 'SUPT'], toBelowMedium: ['FIM', 'INSP'] } },
  // Q00: 10, 15 and 30 minutes after the report (15.1 item 8).
  SCREEN: { due: ['OWNER'], second: ['FIM'], third: { parts: 2, to: ['INSP'] } },
};

/** The steps of a ladder, in their order. After the last it repeats until somebody acts. */
export function chainSteps(chain: ChainName, { escChain, phoneTreeMins }: TaskSettings): readonly Step[] {
  if (chain === 'PAGE') {
    return [{ step: 'PAGE', after: { minutes: 0 }, to: paged, isAcknowledged: true }, { step: 'PHONE_TREE', after: { minutes: phoneTreeMins }, to: everybody, isAcknowledged: true }];
  }
  const { reminder, due, second, third } = ranks[chain];
  return [
    { step: 'REMINDER', after: { parts: reminder?.parts ?? -escChain.reminderBefore }, to: reminder?.to ?? ['OWNER'] },
    { step: 'DUE', after: { parts: 0 }, to: due ?? escChain.due },
    { step: 'SECOND', after: { parts: chain === 'SCREEN' ? 0.5 : escChain.second.after }, to: second ?? escChain.second.to },
    { step: 'THIRD', after: { parts: third?.parts ?? escChain.third.after }, ...thirdRanks(third, escChain.third) },
  ];
}

function thirdRanks(own: Ranks['third'], standard: TaskSettings['escChain']['third']): Pick<Step, 'to' | 'toBelowMedium'> {
  if (own) return { to: own.to, ...(own.toBelowMedium && { toBelowMedium: own.toBelowMedium }) };
  return { to: standard.to, toBelowMedium: standard.toBelowMedium };
}

/** How often a ladder repeats after its last step, in ms. */
export function repeatEvery(chain: ChainName, level: RiskLevel, { escChain, phoneTreeMins }: TaskSettings): number {
  if (chain === 'PAGE') return phoneTreeMins * 60_000;
  return (level === 'HIGH' ? escChain.repeatMins.HIGH : escChain.repeatMins.other) * 60_000;
}

/** Whom a step reaches at a level. */
export function recipientsOf(step: Step, level: RiskLevel): readonly Recipient[] {
  return rankOf(level) < rankOf('MEDIUM') ? step.toBelowMedium ?? step.to : step.to;
}
