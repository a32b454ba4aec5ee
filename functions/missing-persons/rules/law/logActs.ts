import { partKeys, type MissingRecord } from '../../state.ts';
import { fail, isFailed } from '../machine/moment.ts';
import { decideBiometric, type BiometricCommand } from '../regions/biometric.ts';
import { decideContact, type ContactCommand } from '../regions/contact.ts';
import { decideSighting } from '../regions/sighting.ts';
import type { Failure } from '../terms.ts';
import { flagsOf, tooMuchInformation } from './about.ts';
import { utc } from '../machine/instants.ts';
import { isUnder18Now } from './disclosing.ts';
import type { LogAct, RegionActOf } from './regionActs.ts';
import { regionsOf } from './regionSlices.ts';
import { taken } from './regionWants.ts';
import { begin, change, closePages, withPart, type Moment, type Stepped } from './step.ts';

/** What is only ever added to: sightings, the family's log, biometric holdings (3.8, 15.4). */
export function logActs(record: MissingRecord, act: LogAct, moment: Moment): Stepped {
  switch (act.do) {
    case 'AddSighting': return addSighting(record, act, moment);
    case 'AssessSighting': {
      const decided = decideSighting(regionsOf(record).sightings, { do: 'AssessSighting', id: act.sightingId, credible: act.credible, action: act.action, reason: act.reason }, moment.actor);
      return isFailed(decided) ? decided : closePages(taken(begin(record), { sightings: decided.slice }, decided, moment), page => page.about === act.sightingId || page.about === `sighting|${act.sightingId}`, { status: 'answered', by: moment.by, at: moment.now });
    }
    case 'RecordContact': return recordContact(record, act, moment);
    case 'RecordBiometric': return recordBiometric(record, act, moment);
  }
}

/** A sighting is new information as well, under the same name: a change of the level cites it (C4, S05). Append-only: it never waits for a version (S09). */
function addSighting(record: MissingRecord, act: RegionActOf<'AddSighting'>, moment: Moment): Stepped {
  const { now, by, id: operation } = moment;
  const id = `sighting-${operation}`;
  const { place, source, reliability, match, clientAt } = act;
  const device = clientAt === undefined ? {} : { clientReportedAt: clientAt };
  const decided = decideSighting(regionsOf(record).sightings, { do: 'AddSighting', sighting: { id, from: utc(act.from), to: utc(act.to ?? act.from), place, source, reliability, match, ...device } }, moment.actor);
  if (isFailed(decided)) return decided;
  const full = tooMuchInformation(record);
  if (full.length > 0) return full;
  const step = change(begin(record), { information: [...record.information, { id, at: now, by, channel: 'APP', kind: 'SIGHTING', isRestricted: true, ...device }] });
  const text = JSON.stringify({ from: act.from, to: act.to, place, source, reliability, match });
  return taken(withPart(step, partKeys.information(id), { kind: 'information', text }), { sightings: decided.slice }, decided, moment);
}

function recordContact(record: MissingRecord, act: RegionActOf<'RecordContact'>, moment: Moment): Stepped {
  const command = contactCommand(record, act, moment);
  if (isFailed(command)) return command;
  const { contacts, disclosure } = regionsOf(record);
  const tell = { disclosure, isUnder18Now: isUnder18Now(record, moment), flags: flagsOf(record) };
  const decided = decideContact(contacts, command, { tell, isDeceasedPending: record.file?.state === 'DECEASED_PENDING_ID' }, moment.actor);
  return isFailed(decided) ? decided : taken(begin(record), { contacts: decided.slice }, decided, moment);
}

function contactCommand({ casefile }: MissingRecord, act: RegionActOf<'RecordContact'>, { now, id }: Moment): ContactCommand | readonly Failure[] {
  const { withId, reason = '', direction, channel, summary, promisedNextAt, clientAt } = act;
  if (act.step !== 'CONTACT') return { do: act.step === 'RESTRICT' ? 'RestrictUpdates' : 'LiftRestriction', contactId: withId, reason };
  if (direction === undefined || channel === undefined || summary === undefined) return [fail('FIELD_INVALID', 'CL1', 'Say who called, how, and what was said.')];
  // The informant may be the suspect: the case file says so before anybody restricts the log (section 8).
  const isBarred = casefile.informants.some(one => one.id === withId && one.areUpdatesRestricted === true);
  if (direction === 'OUT' && isBarred) return [fail('RECIPIENT_NOT_ALLOWED', 'CL2', 'Updates to this person are restricted; ask the inspector.')];
  return {
    do: 'RecordContact',
    contact: {
      id: `contact-${id}`, at: act.at === undefined ? now : utc(act.at), withId, direction, channel, summary, toldPlace: act.toldPlace === true, ...(promisedNextAt !== undefined && { promisedNextAt: utc(promisedNextAt) }),
      ...(clientAt !== undefined && { clientReportedAt: clientAt }),
    },
  };
}

function recordBiometric(record: MissingRecord, act: RegionActOf<'RecordBiometric'>, moment: Moment): Stepped {
  const command = biometricCommand(act, moment);
  if (isFailed(command)) return command;
  const decided = decideBiometric(regionsOf(record).biometrics, command, { isFound: record.file?.stoppedAt !== undefined }, moment.actor);
  return isFailed(decided) ? decided : taken(begin(record), { biometrics: decided.slice }, decided, moment);
}

function biometricCommand({ step, holdingId, type, holderRef = '', consentBy = '', at, confirmation = '' }: RegionActOf<'RecordBiometric'>, { now, id }: Moment): BiometricCommand | readonly Failure[] {
  const when = at === undefined ? now : utc(at);
  if (step === 'COLLECTED') return type === undefined ? [fail('FIELD_INVALID', 'BI1', 'Say what was collected.')] : { do: 'RecordBiometric', id: `holding-${id}`, type, holderRef, consentBy, collectedAt: when };
  if (holdingId === undefined) return [fail('FIELD_INVALID', 'BI2', 'Name the holding.')];
  return step === 'SENT' ? { do: 'RecordBiometricSent', id: holdingId, at: when } : { do: 'DisposeBiometric', id: holdingId, confirmation };
}
