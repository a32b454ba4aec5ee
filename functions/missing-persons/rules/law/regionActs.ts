import type { MissingRecord } from '../../state.ts';
import type { ActsOf } from '../bodies/fields.ts';
import type { deletionBodies } from '../bodies/deletion.ts';
import type { regionBodies } from '../bodies/regions.ts';
import type { searchBodies } from '../bodies/search.ts';
import type { workBodies } from '../bodies/work.ts';
import { fail, roleFailures } from '../machine/moment.ts';
import { accessActs } from './accessActs.ts';
import { enquiryActs } from './enquiryActs.ts';
import { handoverActs } from './handoverActs.ts';
import { logActs } from './logActs.ts';
import { noticeActs } from './noticeActs.ts';
import { outwardActs } from './outwardActs.ts';
import { returnActs } from './returnActs.ts';
import { searchActs } from './searchActs.ts';
import type { Moment, Stepped } from './step.ts';

type Bodies = ActsOf<typeof regionBodies> & ActsOf<typeof deletionBodies> & ActsOf<typeof searchBodies> & ActsOf<Pick<typeof workBodies, 'AddSighting' | 'AssessSighting'>>;
/** One act of the regions by its name. */
export type RegionActOf<Name extends keyof Bodies> = Bodies[Name];

export type HandoverAct = Bodies['OfferHandover' | 'AcceptHandover' | 'OfferTransfer' | 'AckTransfer' | 'RefuseTransfer' | 'ReturnTransfer'];
export type OutwardAct = Bodies['ProposePublicity' | 'ApprovePublicity' | 'PublishPublicity' | 'WithdrawPublicity' | 'RequestCirculation' | 'RecordCirculation' | 'CancelCirculation' | 'DecideAlert'];
export type EnquiryAct = Bodies['RecordEnquiry' | 'DecideEnquiry' | 'RequestLiveLink' | 'ApproveLiveLink'];
export type LogAct = Bodies['AddSighting' | 'AssessSighting' | 'RecordContact' | 'RecordBiometric'];
export type ReturnAct = Bodies['ReferRHI' | 'RecordRHI' | 'OverrideAcknowledgement' | 'RecordConsent' | 'RecordReturnPlacement'];
export type NoticeAct = Bodies['QueueNotice' | 'AckNotice'];
export type SearchAct = Bodies['StartSearch' | 'CompleteSearch' | 'SignOffSearch' | 'AddSearchClue' | 'DrawSearchArea' | 'MovePlanningPoint'];
export type AccessAct = Bodies['SetAccess' | 'SetLegalHold' | 'ProposeDelete' | 'ApproveDelete'];
export type RegionAct = HandoverAct | OutwardAct | EnquiryAct | LogAct | ReturnAct | NoticeAct | SearchAct | AccessAct;

const group = {
  OfferHandover: 'handover', AcceptHandover: 'handover', OfferTransfer: 'handover', AckTransfer: 'handover', RefuseTransfer: 'handover', ReturnTransfer: 'handover', ProposePublicity: 'outward', ApprovePublicity: 'outward', PublishPublicity: 'outward', WithdrawPublicity: 'outward',
  RequestCirculation: 'outward', RecordCirculation: 'outward', CancelCirculation: 'outward', DecideAlert: 'outward', RecordEnquiry: 'enquiry', DecideEnquiry: 'enquiry', RequestLiveLink: 'enquiry', ApproveLiveLink: 'enquiry', AddSighting: 'log', AssessSighting: 'log',
  RecordContact: 'log', RecordBiometric: 'log', ReferRHI: 'return', RecordRHI: 'return', OverrideAcknowledgement: 'return', RecordConsent: 'return', RecordReturnPlacement: 'return', QueueNotice: 'notice', AckNotice: 'notice', StartSearch: 'search', CompleteSearch: 'search', SignOffSearch: 'search', AddSearchClue: 'search', DrawSearchArea: 'search', MovePlanningPoint: 'search', SetAccess: 'access', SetLegalHold: 'access', ProposeDelete: 'access', ApproveDelete: 'access',
} as const satisfies Readonly<Record<RegionAct['do'], string>>;
type In<Name extends (typeof group)[RegionAct['do']]> = Extract<RegionAct, { do: { [Do in RegionAct['do']]: (typeof group)[Do] extends Name ? Do : never }[RegionAct['do']] }>;
const isIn = <const Name extends (typeof group)[RegionAct['do']]>(act: RegionAct, name: Name): act is In<Name> => group[act.do] === name;

export const regionNames: ReadonlySet<string> = new Set(Object.keys(group));

/** What is possible of a report that has not become a case. */
const beforeCase: ReadonlySet<string> = new Set<RegionAct['do']>(['AddSighting', 'SetLegalHold', 'ProposeDelete', 'ApproveDelete']);

/** Commands of the parallel regions (2.5, 3.8, 6, 15.2 item 27): they leave the state of the case where it is, but for a transfer that another force has acknowledged. */
export function regionActs(record: MissingRecord, act: RegionAct, moment: Moment): Stepped {
  if (!record.file && !beforeCase.has(act.do)) return [fail('TRANSITION_NOT_ALLOWED', act.do, 'There is no case yet: accept the report first.')];
  const roles = roleFailures(act.do, moment.actor);
  return roles.length > 0 ? roles : decided(record, act, moment);
}

function decided(record: MissingRecord, act: RegionAct, moment: Moment): Stepped {
  if (isIn(act, 'handover')) return handoverActs(record, act, moment);
  if (isIn(act, 'outward')) return outwardActs(record, act, moment);
  if (isIn(act, 'enquiry')) return enquiryActs(record, act, moment);
  if (isIn(act, 'log')) return logActs(record, act, moment);
  if (isIn(act, 'return')) return returnActs(record, act, moment);
  if (isIn(act, 'notice')) return noticeActs(record, act, moment);
  return isIn(act, 'search') ? searchActs(record, act, moment) : isIn(act, 'access') ? accessActs(record, act, moment) : [];
}
