import type { MissingRecord } from '../../state.ts';
import { fail, isFailed } from '../machine/moment.ts';
import { acknowledged } from '../notices/progress.ts';
import { decideAlert, type AlertCommand } from '../regions/alert.ts';
import { decideCirculation } from '../regions/circulation.ts';
import { decidePublicity, type PublicityFacts } from '../regions/publicity.ts';
import type { PublicityCommand } from '../regions/publicitySlice.ts';
import type { Failure } from '../terms.ts';
import { isUnder18, isMissing, flagsOf, levelOf } from './about.ts';
import { present } from '../../../../shared/domain/present.ts';
import { utc } from '../machine/instants.ts';
import type { OutwardAct, RegionActOf } from './regionActs.ts';
import { regionsOf } from './regionSlices.ts';
import { taken } from './regionWants.ts';
import { begin, change, closePages, type Moment, type Step, type Stepped } from './step.ts';

type PublicityAct = RegionActOf<'ProposePublicity' | 'ApprovePublicity' | 'PublishPublicity' | 'WithdrawPublicity'>;

/** Publicity (6.4), circulation on PNC, Child Rescue Alert (2.5). */
export function outwardActs(record: MissingRecord, act: OutwardAct, moment: Moment): Stepped {
  switch (act.do) {
    case 'RequestCirculation': case 'RecordCirculation': case 'CancelCirculation': {
      const decided = decideCirculation(regionsOf(record).circulation, act, { isMissing: isMissing(record) }, moment.actor);
      if (isFailed(decided)) return decided;
      const step = taken(begin(record), { circulation: decided.slice }, decided, moment);
      return act.do === 'RequestCirculation' ? step : closePages(step, page => page.about === 'circulation' || page.about === 'circulation-cancel', { status: 'closed', at: moment.now });
    }
    case 'DecideAlert': return alert(record, act, moment);
    default: return publicity(record, act, moment);
  }
}

/** What the law of publicity must know of the record. */
export function publicityFacts(record: MissingRecord, { now, settings }: Pick<Moment, 'now' | 'settings'>): PublicityFacts {
  return {
    level: levelOf(record), isUnder18: isUnder18(record, now, settings), flags: flagsOf(record), isMissing: isMissing(record), isDeceasedPending: record.file?.state === 'DECEASED_PENDING_ID', settings: settings.regions,
  };
}

function publicity(record: MissingRecord, act: PublicityAct, moment: Moment): Stepped {
  const command = commandOf(act);
  if (isFailed(command)) return command;
  const decided = decidePublicity(regionsOf(record).publicity, command, publicityFacts(record, moment), moment.actor);
  if (isFailed(decided)) return decided;
  const step = settled(taken(begin(record), { publicity: decided.slice }, decided, moment), moment);
  return command.do === 'PublishPublicity' ? published(step, moment) : step;
}

function commandOf(act: PublicityAct): PublicityCommand | readonly Failure[] {
  switch (act.do) {
    case 'ProposePublicity': {
      const { basis, purpose, minimumNecessary, answers, text, channels, photoId, wordingWhy } = act;
      return { do: 'ProposePublicity', proposal: { text, channels, answers: answers.map(present), basis: { basis, purpose, minimumNecessary }, ...(photoId !== undefined && { photoId }), ...(wordingWhy !== undefined && { wordingWhy }) } };
    }
    case 'ApprovePublicity': return act.decision === 'APPROVE' ? { do: 'ApprovePublicity' } : { do: act.decision === 'REFUSE' ? 'RefusePublicity' : 'RedecidePublicity', reason: act.reason ?? '' };
    case 'PublishPublicity': return { do: 'PublishPublicity', channels: act.channels };
    case 'WithdrawPublicity': return withdrawal(act);
  }
}

function withdrawal({ what, channel = '', at, how = '', mediaId = '', reason = '' }: RegionActOf<'WithdrawPublicity'>): PublicityCommand | readonly Failure[] {
  switch (what) {
    case 'APPEAL': return { do: 'WithdrawPublicity', reason };
    case 'CHANNEL': return at === undefined ? [fail('FIELD_INVALID', 'PU11', 'Say when it came down.')] : { do: 'RecordWithdrawn', channel, at: utc(at), how };
    case 'PHOTO': return { do: 'RecallPhoto', mediaId, reason };
  }
}

/** A decision answers what asked for one, and the last channel that is down the call to take it down. */
function settled(step: Step, { now, by }: Moment): Step {
  const isDown = regionsOf(step.record).publicity.state === 'WITHDRAWN';
  return closePages(step, page => page.about.startsWith('REDECIDE_') || (isDown && (page.about === 'publicity-withdraw' || page.about.startsWith('publicity-withdraw|'))), { status: 'answered', by, at: now });
}

/** The appeal is out: the message that asked for it is answered. */
function published(step: Step, { now, by }: Moment): Step {
  const notices = step.record.notices.map(one => (one.n === 'N16' && one.state === 'QUEUED' ? acknowledged(one, { by, at: now, how: 'PHONE_LOG' }) : one));
  return closePages(change(step, { notices }), page => page.about === 'publicity-publish', { status: 'answered', by, at: now });
}

function alert(record: MissingRecord, act: RegionActOf<'DecideAlert'>, moment: Moment): Stepped {
  const { now, settings } = moment;
  const decided = decideAlert(regionsOf(record).alert, alertCommand(act), { isUnder18: isUnder18(record, now, settings), isMissing: isMissing(record) }, moment.actor);
  return isFailed(decided) ? decided : closePages(taken(begin(record), { alert: decided.slice }, decided, moment), page => page.about === 'alert-stand-down' && act.decision === 'STAND_DOWN', { status: 'answered', by: moment.by, at: now });
}

function alertCommand({ decision, reason = '', canTakeCalls = false, reference = '' }: RegionActOf<'DecideAlert'>): AlertCommand {
  switch (decision) {
    case 'NO': return { do: 'DecideNoAlert', reason };
    case 'REQUEST': return { do: 'RequestAlert', riskToLife: reason, canTakeCalls };
    case 'ACTIVE': return { do: 'RecordAlertActive', reference };
    case 'REFUSED': return { do: 'RecordAlertRefused', reason };
    case 'STAND_DOWN': return { do: 'StandDownAlert', reason };
  }
}
