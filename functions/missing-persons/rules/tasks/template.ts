import * as z from 'zod';
import type { DurationText } from '../clock/duration.ts';
import type { Anchor, RiskLevel, Role, Trigger } from '../terms.ts';
import type { EvidenceKind } from './evidence.ts';

/** Every template of section 4 and of 15.2 items 23 and 24. `TP` is an action of the person's own trigger plan (S12), `C15`, `C22` and `C23` what those transitions ask for. */
export const templateId = z.enum([
  'A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A07', 'A08', 'A09', 'A10', 'A11', 'A12', 'A13', 'A14', 'A15',
  'H01', 'H02', 'H03', 'H04', 'H05', 'H06', 'H07', 'H08', 'H09', 'H10', 'H11', 'H12', 'H13', 'H14', 'H15',
  'M01', 'M02', 'M03', 'M04', 'M05', 'M06', 'L01', 'L02', 'L03', 'V01', 'V02', 'V03', 'V04',
  'X01', 'X02', 'X03', 'X04', 'X05', 'X06', 'X07', 'X08', 'X09', 'X10', 'X11', 'X12', 'X13', 'X14', 'X15', 'X16', 'X17', 'X18', 'X19', 'X20', 'X21', 'X22', 'X23', 'X24',
  'P01', 'P02', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08', 'P09', 'P10', 'P11', 'P12', 'P13',
  'D01', 'D02', 'D03', 'D04', 'Q00', 'Q01', 'Q02', 'C15', 'C22', 'C23', 'RAISE_TO_CONFIRM', 'TP',
]);
export type TemplateId = z.infer<typeof templateId>;

/** What the record is going through; the caller derives it from the state of report and case. `BODY` is C10 until C11 or C12, `DEATH` from C11 on, `RETURN` from C8 on. */
export const stage = z.enum(['REPORT', 'MISSING', 'RETURN', 'BODY', 'DEATH', 'AWAY']);
export type Stage = z.infer<typeof stage>;

/** Who does it: a role, or whoever owns the case. The first that has a person gets it (15.2 item 30). */
export type TaskOwner = Role | 'OWNER';

/** A time for each level; a level that is left out does not get the task. */
export type Windows = Readonly<Partial<Record<RiskLevel, DurationText>>>;

/** Names of the ladders in chains.ts. */
export type ChainName = 'DEFAULT' | 'INSP' | 'INSP_THEN_SUPT' | 'SUPT' | 'UKMPU' | 'OWNERSHIP' | 'PAGE' | 'SCREEN';

/** When a template asks for a task. Everything that is named must be true. */
export interface When {
  readonly stages: readonly Stage[];
  /** Any one of them. */
  readonly triggers?: readonly Trigger[];
  readonly isUnder18?: true;
  /** A child or a vulnerable adult (P08). */
  readonly isVulnerable?: true;
  /** The debrief guard of 2.4. */
  readonly isDebriefed?: true;
  /** An instant that must be known; T_VERIFIED for X06. */
  readonly after?: Anchor;
}

export interface Template {
  readonly id: TemplateId;
  /** In plain words, as an officer reads it. */
  readonly title: string;
  readonly owners: readonly TaskOwner[];
  /** Other owners at some level (A02: an inspector at HIGH). */
  readonly ownersAt?: Readonly<Partial<Record<RiskLevel, readonly TaskOwner[]>>>;
  readonly windows: Windows;
  readonly anchor: Anchor;
  readonly hardDue?: { readonly anchor: Anchor; readonly within: DurationText };
  readonly mandatory: boolean;
  /** Levels at which a mandatory task is left to judgement (A08 at VERY_LOW). */
  readonly optionalAt?: readonly RiskLevel[];
  readonly stopOnLocated: boolean;
  readonly blocksClose: boolean;
  readonly goldenHour: boolean;
  readonly when: When;
  readonly evidence: EvidenceKind;
  /** Items that a CHECKLIST must answer. */
  readonly checklist?: readonly string[];
  /** `ANCHOR` repeats are counted from the first due time and never chained (15.2 item 32), `DONE` begins anew when the last one was done. */
  readonly recurrence?: { readonly from: 'ANCHOR'; readonly every: DurationText } | { readonly from: 'DONE' };
  readonly chain: ChainName;
  /** People may agree on the due time: V02 no later than the window, A15 as it was promised. */
  readonly agreed?: 'WITHIN_WINDOW' | 'AS_PROMISED';
  /** One duty under several ids: a newer task takes the place of an open older one and keeps the sooner due time. */
  readonly duty?: 'UKMPU' | 'CHILDRENS_SERVICES';
  /** One open task at a time: a newer instance takes the place of an open older one (a new owner, a further raise). */
  readonly replacesOlder?: true;
  /** Each new instant of the anchor is a task of its own (A01 for each owner). */
  readonly isPerAnchor?: true;
  /** In DEATH it waits until the family has been told (15.2 item 24, D02) or until the release of the death (15.1 item 14, P05). */
  readonly waitsInDeath?: readonly ('D02' | 'DEATH_RELEASE')[];
  /** Why a row of the table never opens as a task of its own. */
  readonly neverOpens?: string;
  readonly source: string;
}

/** Tasks that search, ask or alert, by family; P follows a return, D and X17 a death (15.1 items 5 and 13). */
export const familyOf = (id: TemplateId): string => (id.length === 3 ? id.charAt(0) : id);
/** Children's services notices: after "found" they stay open when they were due already (15.1 item 5). */
export const childNotices: ReadonlySet<TemplateId> = new Set<TemplateId>(['M02', 'L02', 'H10']);
/** Always stay open after "found" (15.1 item 5). */
export const survivesFound: ReadonlySet<TemplateId> = new Set<TemplateId>(['X01', 'X04', 'X05', 'X06']);
/** Of no sense for somebody who has died (15.1 item 14, C21). */
export const notForTheDead: ReadonlySet<TemplateId> = new Set<TemplateId>(['P01', 'P02', 'P06', 'P07', 'P12']);

/** One time for every level. */
export const all = (text: DurationText): Windows => ({ HIGH: text, MEDIUM: text, LOW: text, VERY_LOW: text });

type Row = Pick<Template, 'id' | 'title' | 'owners' | 'windows' | 'source'> & Partial<Template>;

/** A row of a family's table with what its paragraph says of all its rows. Default evidence is "note + outcome" and the default escalation the chain (15.2 item 23). */
export function rows(common: Pick<Template, 'anchor' | 'when'> & Partial<Template>, list: readonly Row[]): Template[] {
  return list.map(row => ({ mandatory: false, stopOnLocated: false, blocksClose: false, goldenHour: false, evidence: 'NOTE_AND_OUTCOME', chain: 'DEFAULT', ...common, ...row }));
}
