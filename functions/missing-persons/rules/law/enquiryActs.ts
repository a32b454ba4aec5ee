import type { MissingRecord } from '../../state.ts';
import { fail, isFailed } from '../machine/moment.ts';
import { decideEnquiry } from '../regions/enquiry.ts';
import type { EnquiryCommand } from '../regions/enquirySlice.ts';
import type { Failure } from '../terms.ts';
import { isMissing, isUnder18, flagsOf } from './about.ts';
import { utc } from '../machine/instants.ts';
import type { EnquiryAct, RegionActOf } from './regionActs.ts';
import { regionsOf } from './regionSlices.ts';
import { taken } from './regionWants.ts';
import { begin, closePages, owe, type Moment, type Stepped } from './step.ts';

/** Lines of enquiry, communications data and live links (3.8, 15.2 item 36). */
export function enquiryActs(record: MissingRecord, act: EnquiryAct, moment: Moment): Stepped {
  const { now, settings, actor, by } = moment;
  const command = commandOf(act, `enquiry-${moment.id}`);
  if (isFailed(command)) return command;
  if (command.do === 'RecordEnquiryResult' && command.informationId !== undefined && !record.information.some(({ id }) => id === command.informationId)) return [fail('NOT_FOUND', 'CD4', 'There is no information item of this name.')];
  const decided = decideEnquiry(regionsOf(record).enquiries, command, { isUnder18: isUnder18(record, now, settings), flags: flagsOf(record), isMissing: isMissing(record) }, actor);
  if (isFailed(decided)) return decided;
  const step = taken(begin(record), { enquiries: decided.slice }, decided, moment);
  // One that has left already is stopped in the other room as well.
  const asked = command.do === 'CancelEnquiry' && regionsOf(record).enquiries.enquiries.some(item => item.id === command.id && item.liveLinkAskedAt !== undefined);
  const isAnswer = command.do === 'DecideEnquiry' || command.do === 'ApproveLiveLink' || command.do === 'CancelEnquiry';
  const answered = isAnswer ? closePages(step, page => page.about === command.id, { status: 'answered', by, at: now }) : step;
  return asked ? owe(answered, 'live-link', command.id, 'STOP') : answered;
}

function commandOf(act: EnquiryAct, freshId: string): EnquiryCommand | readonly Failure[] {
  switch (act.do) {
    case 'DecideEnquiry': return { do: 'DecideEnquiry', id: act.enquiryId, isApproved: act.isApproved, reason: act.reason };
    case 'RequestLiveLink': return { do: 'RequestLiveLink', id: freshId, necessity: act.necessity, proportionality: act.proportionality, collateral: act.collateral };
    case 'ApproveLiveLink': return { do: 'ApproveLiveLink', id: act.enquiryId, isApproved: act.isApproved, reason: act.reason, ...(act.safeguarding !== undefined && { safeguarding: act.safeguarding }) };
    case 'RecordEnquiry': return act.step === 'NEW' ? fresh(act, freshId) : further(act);
  }
}

function fresh({ type, authority, isRequestToSpoc, cdGrade, isVerbal, nextCheckAt, ...grounds }: RegionActOf<'RecordEnquiry'>, id: string): EnquiryCommand | readonly Failure[] {
  if (type === undefined || authority === undefined) return [fail('FIELD_INVALID', '3.8', 'Say what is asked and by what authority.')];
  return {
    do: 'RecordEnquiry', id, type, authority, ...textOf(grounds), ...(isRequestToSpoc !== undefined && { isRequestToSpoc }), ...(cdGrade !== undefined && { cdGrade }), ...(isVerbal !== undefined && { isVerbal }),
    ...(nextCheckAt !== undefined && { nextCheckAt: utc(nextCheckAt) }),
  };
}

type Grounds = Pick<RegionActOf<'RecordEnquiry'>, 'necessity' | 'proportionality' | 'collateral'>;
const textOf = ({ necessity = '', proportionality = '', collateral = '' }: Grounds) => ({ necessity, proportionality, collateral });

function further({ step, enquiryId: id, summary = '', informationId, reason = '', ...grounds }: RegionActOf<'RecordEnquiry'>): EnquiryCommand | readonly Failure[] {
  if (id === undefined) return [fail('FIELD_INVALID', '3.8', 'Name the enquiry.')];
  if (step === 'WRITE_UP') return { do: 'WriteUpEnquiry', id, ...textOf(grounds) };
  return step === 'CANCEL' ? { do: 'CancelEnquiry', id, reason } : { do: 'RecordEnquiryResult', id, summary, ...(informationId !== undefined && { informationId }) };
}
