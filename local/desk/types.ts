import type * as z from 'zod';
import type * as replies from '../../functions/goodsam/rules/replies.ts';
import type * as missing from '../../functions/missing-persons/rules/replies.ts';
import type * as missingWork from '../../functions/missing-persons/rules/repliesWork.ts';
import type { ReasonRules } from '../../functions/goodsam/rules/areas.ts';
import type { Transition } from '../../functions/goodsam/rules/machine.ts';
import type { OutcomeDetail } from '../../functions/goodsam/rules/outcomes.ts';
import type { Area } from '../../functions/goodsam/rules/terms.ts';
import type * as schemas from '../../functions/redaction/schemas.ts';

// The page is plain JavaScript with types in its comments; these are the replies it reads, as the contract has them.
export type BundleList = z.output<typeof schemas.bundleList>;
export type BundleView = z.output<typeof schemas.bundleView>;
export type DocumentView = z.output<typeof schemas.documentView>;
export type SuggestionView = z.output<typeof schemas.suggestionView>;
export type AuditList = z.output<typeof schemas.auditList>;
export type Schedule = z.output<typeof schemas.schedule>;
export type Accepted = z.output<typeof schemas.accepted>;
export type { Certificate } from '../../functions/redaction/burn/certificate.ts';

export type LinkView = z.output<typeof replies.liveLinkView>;
export type LinkList = z.output<typeof replies.liveLinkList>;
export type LinkTrack = z.output<typeof replies.trackView>;
export type EvidenceFile = z.output<typeof replies.evidenceView>;
export type EvidenceList = z.output<typeof replies.evidenceList>;
export type Checklist = z.output<typeof replies.checklistView>;
export type { Area };

/** `/link-rules` of the desk: the service's own tables (linkRules.ts). */
export interface LinkRules {
  readonly areas: Readonly<Record<Area, { readonly reasons: Readonly<Record<string, Omit<ReasonRules, 'priority'>>> }>>;
  readonly transitions: readonly Transition[];
  readonly sideEnds: readonly string[];
  readonly offenceDisclosed: string;
  readonly details: Readonly<Record<string, OutcomeDetail>>;
}
export interface Person {
  readonly login: string;
  readonly name: string;
  readonly about: string;
  readonly objectId: string;
  readonly roles: readonly string[];
}

export type MissingRow = z.output<typeof missing.row>;
export type MissingList = z.output<typeof missing.list>;
export type MissingView = z.output<typeof missing.view>;
export type MissingTask = MissingView['tasks'][number];
export type MissingNoticeWords = z.output<typeof missingWork.noticeWords>;
export type MissingMatches = z.output<typeof missing.matches>;
export type MissingAudit = z.output<typeof missing.auditList>;

/** What the page reads of a JSON schema to make a form of it. */
export interface FormSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, FormSchema>>;
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly const?: string | boolean;
  readonly default?: unknown;
  readonly format?: string;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, FormSchema>>;
  readonly required?: readonly string[];
  readonly items?: FormSchema;
}

/** One command as `/missing-rules` of the desk tells it (missingRules.ts). */
export interface MissingAct {
  readonly act: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** Roles of a token that may give it at all. */
  readonly who: readonly string[];
  /** States that it leads away from; none for a command that leaves the state as it is. */
  readonly from: readonly string[];
  /** It edits what was seen and names its version. */
  readonly isEdit: boolean;
  readonly form: FormSchema;
}

export interface MissingRules {
  readonly report: Pick<MissingAct, 'who' | 'form'>;
  readonly careReport: Pick<MissingAct, 'who' | 'form'>;
  readonly acts: readonly MissingAct[];
  readonly evidence: Readonly<Record<string, FormSchema>>;
  readonly questions: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  readonly factors: readonly { readonly code: string; readonly text: string }[];
}
