import * as z from 'zod';
import { lawfulBasis } from '../notices/words.ts';
import { checklistAnswer } from './checklist.ts';
import type { RegionRow } from './region.ts';

export const publicityState = z.enum(['NONE', 'PROPOSED', 'APPROVED', 'LIVE', 'PAUSED', 'WITHDRAW_DUE', 'WITHDRAWN']);
export type PublicityState = z.infer<typeof publicityState>;

/** The one list from which the withdrawal is made (6.4). A charity controls its own channels and removes on closure. */
const appealChannel = z.strictObject({ channel: z.string().min(2).max(80), control: z.enum(['FORCE', 'CHARITY', 'PARTNER']), publishedAt: z.string().optional(), withdrawnAt: z.string().optional(), withdrawnBy: z.string().optional(), how: z.string().max(400).optional() });
export type AppealChannel = z.infer<typeof appealChannel>;

const appealProposal = z.strictObject({
  text: z.string().max(2_000), photoId: z.string().max(80).optional(), channels: z.array(z.strictObject({ channel: z.string().min(2).max(80), control: z.enum(['FORCE', 'CHARITY', 'PARTNER']) })).max(50),
  answers: z.array(checklistAnswer).max(40), wordingWhy: z.string().max(400).optional(),
  basis: z.strictObject({ basis: lawfulBasis, purpose: z.string().max(400), minimumNecessary: z.string().max(400) }).optional(),
});
export type AppealProposal = z.infer<typeof appealProposal>;

export const publicitySlice = z.strictObject({
  state: publicityState,
  appeal: appealProposal.omit({ channels: true }).extend({ channels: z.array(appealChannel).max(50), proposedBy: z.string(), proposedAt: z.string(), approvedBy: z.string().optional(), approvedAt: z.string().optional(), expiresAt: z.string().optional() }).optional(),
  /** Where C12 leads back to. */
  pausedFrom: publicityState.optional(),
  withdrawSince: z.string().optional(), withdrawWhy: z.string().max(400).optional(), expiryNotedAt: z.string().optional(),
  redecisions: z.array(z.strictObject({ by: z.string(), at: z.string(), reason: z.string(), expiresAt: z.string() })).max(200),
  recalled: z.array(z.strictObject({ mediaId: z.string(), by: z.string(), at: z.string(), reason: z.string() })).max(50),
});
export type PublicitySlice = z.infer<typeof publicitySlice>;
export const noPublicity: PublicitySlice = { state: 'NONE', redecisions: [], recalled: [] };

export type PublicityCommand =
  | { readonly do: 'ProposePublicity'; readonly proposal: AppealProposal }
  | { readonly do: 'ApprovePublicity' }
  | { readonly do: 'RefusePublicity'; readonly reason: string }
  | { readonly do: 'PublishPublicity'; readonly channels: readonly string[] }
  | { readonly do: 'RedecidePublicity'; readonly reason: string }
  | { readonly do: 'NotePublicityExpired' }
  | { readonly do: 'PausePublicity' }
  | { readonly do: 'ResumePublicity' }
  | { readonly do: 'RequireWithdrawal'; readonly why: string }
  | { readonly do: 'WithdrawPublicity'; readonly reason: string }
  | { readonly do: 'RecordWithdrawn'; readonly channel: string; readonly at: string; readonly how: string }
  | { readonly do: 'RecallPhoto'; readonly mediaId: string; readonly reason: string };

const decided = ['APPROVED', 'LIVE'] as const;
const ends = ['WITHDRAW_DUE', 'WITHDRAWN'] as const;

/** Publicity (2.5, 6.4, 15.2 item 27). The system pauses, asks and reminds; only a person proposes, approves, publishes or takes down (I10). */
export const publicityTable: readonly RegionRow<PublicityState, PublicityCommand['do']>[] = [
  { id: 'PU1', from: ['NONE', 'PROPOSED', 'WITHDRAWN'], command: 'ProposePublicity', via: 'ProposePublicity', who: ['SGT'], guard: 'The checklist, the wording, the channels, a lawful basis; no flag NO_PUBLICITY; the person is missing', to: ['PROPOSED'], source: 'DK,S82' },
  { id: 'PU2', from: ['PROPOSED'], command: 'ApprovePublicity', via: 'ApprovePublicity', who: ['INSP', 'DI_SIO'], guard: 'Not by the proposer; DI_SIO at HIGH; everything of PU1 still holds', to: ['APPROVED'], source: 'DK,DES' },
  { id: 'PU3', from: ['PROPOSED'], command: 'RefusePublicity', via: 'ApprovePublicity', who: ['INSP', 'DI_SIO'], guard: 'Reason', to: ['NONE'], source: 'DES' },
  { id: 'PU4', from: decided, command: 'PublishPublicity', via: 'PublishPublicity', who: ['MEDIA'], guard: 'Listed channels; not expired; the person is missing', to: ['LIVE'], source: 'DK' },
  { id: 'PU5', from: decided, command: 'RedecidePublicity', via: 'ApprovePublicity', who: ['INSP', 'DI_SIO'], guard: 'Not by the proposer; reason; a new expiry', to: decided, source: 'DK' },
  { id: 'PU6', from: decided, command: 'NotePublicityExpired', who: ['SYSTEM'], guard: 'Expired; somebody is asked to decide again', to: decided, source: 'DK,DES' },
  { id: 'PU7', from: ['PROPOSED', ...decided], command: 'PausePublicity', who: ['SYSTEM'], guard: 'C10', to: ['PAUSED'], source: 'DK' },
  { id: 'PU8', from: ['PAUSED'], command: 'ResumePublicity', who: ['SYSTEM'], guard: 'C12, after the family was told', to: ['PROPOSED', ...decided], source: 'DES' },
  { id: 'PU9', from: ['PROPOSED', ...decided, 'PAUSED'], command: 'RequireWithdrawal', who: ['SYSTEM'], guard: 'C8, C11, C17', to: ends, source: 'S80,S81' },
  { id: 'PU10', from: ['PROPOSED', ...decided, 'PAUSED'], command: 'WithdrawPublicity', via: 'WithdrawPublicity', who: ['MEDIA', 'SGT', 'INSP'], guard: 'Reason', to: ends, source: 'S80,S81' },
  { id: 'PU11', from: ['LIVE', 'PAUSED', 'WITHDRAW_DUE'], command: 'RecordWithdrawn', via: 'WithdrawPublicity', who: ['MEDIA', 'SGT', 'INSP'], guard: 'A published channel, when and how; withdrawn when no channel is left', to: ['LIVE', 'PAUSED', ...ends], source: 'S80,S81' },
  { id: 'PU12', from: publicityState.options, command: 'RecallPhoto', via: 'WithdrawPublicity', who: ['MEDIA', 'SGT', 'INSP'], guard: 'The photograph and the reason; an appeal with it comes down', to: ['NONE', 'PROPOSED', ...decided, 'PAUSED', ...ends], source: 'DES' },
];
