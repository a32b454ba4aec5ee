import { isFailed, type Actor } from '../../../../functions/missing-persons/rules/machine/moment.ts';
import type { Given, Moved } from '../../../../functions/missing-persons/rules/machine/moved.ts';
import type { CaseSlice } from '../../../../functions/missing-persons/rules/machine/caseSlice.ts';
import { decide, world, type Decide, type Name } from './world.ts';

type Answer = ReturnType<Decide>;
const mapped = (result: Answer, change: (moved: Moved) => Moved): Answer => (isFailed(result) ? result : change(result));
/** Lies to the law about what it looks at, for one command. */
const lying = (name: Name, lie: (given: Given, who: Actor) => readonly [Given, Actor], after: (moved: Moved, given: Given, who: Actor) => Moved = moved => moved): Decide => (given, command, who, facts) => {
  if (command.do !== name) return decide(given, command, who, facts);
  return mapped(decide(...withCommand(lie(given, who), command), facts), moved => after(moved, given, who));
};
const withCommand = <C>([given, who]: readonly [Given, Actor], command: C): [Given, C, Actor] => [given, command, who];
const asGhost = (given: Given, who: Actor): readonly [Given, Actor] => [given, { ...who, by: 'ghost' }];
const file = (given: Given, set: Partial<CaseSlice>): Given => ({ ...given, file: { ...given.file, ...set } });
const kept = (moved: Moved, set: Partial<CaseSlice>): Moved => ({ ...moved, file: { ...moved.file, ...set } });
const alive = ({ file: given, clocks }: Given): Given => {
  const { deceased: _, ...rest } = given;
  return { file: rest, clocks };
};

const someVerification = { by: 'x', at: '2026-01-01T00:00:00.000Z', method: 'SEEN_BY_POLICE', identityCheck: 'x', wellBeing: 'WELL', locatedAt: '2026-01-01T00:00:00.000Z', place: 'x', condition: 'x' } as const;
const withoutVerification = (moved: Moved): Moved => {
  const { verification: _, ...rest } = moved.file;
  return { ...moved, file: rest };
};

/** Each twin lacks one guard or one effect, and the rule that it breaks. */
export const twins: readonly { readonly lacks: string; readonly breaks: string; readonly decide: Decide }[] = [
  { lacks: 'C16 who proposes may approve', breaks: 'CLOSED takes two people', decide: lying('ApproveClose', asGhost, (moved, _, { by }) => kept(moved, moved.file.closing ? { closing: { ...moved.file.closing, approvedBy: by } } : {})) },
  { lacks: 'C17 who proposes may approve', breaks: 'CANCELLED takes two people', decide: lying('ApproveCancel', asGhost, (moved, _, { by }) => kept(moved, moved.file.cancelling ? { cancelling: { ...moved.file.cancelling, approvedBy: by } } : {})) },
  { lacks: 'C24 who transfers may close', breaks: 'CLOSED takes two people', decide: lying('RecordTransferOutcome', asGhost, (moved, _, { by }) => kept(moved, moved.file.transferOut ? { transferOut: { ...moved.file.transferOut, outcomeBy: by } } : {})) },
  { lacks: 'C8 who verifies may confirm', breaks: 'a verification is confirmed by somebody else', decide: lying('ConfirmVerification', asGhost, (moved, _, { by }) => kept(moved, moved.file.verification ? { verification: { ...moved.file.verification, confirmedBy: by } } : {})) },
  { lacks: 'C15 who reactivates may confirm', breaks: 'a reactivation is confirmed by somebody else', decide: lying('ConfirmReactivation', asGhost, (moved, _, { by }) => kept(moved, moved.file.reactivation ? { reactivation: { ...moved.file.reactivation, confirmedBy: by } } : {})) },
  { lacks: 'user ids are told apart by capitals', breaks: 'CLOSED takes two people', decide: lying('ApproveClose', (given, who) => (given.file.closing?.proposedBy === who.by ? [given, who] : asGhost(given, who)), (moved, _, { by }) => kept(moved, moved.file.closing ? { closing: { ...moved.file.closing, approvedBy: by } } : {})) },
  { lacks: 'C22 clears the clocks', breaks: 'who is missing has no clock and nothing else of a return', decide: lying('WithdrawVerification', (given, who) => [given, who], (moved, { clocks }) => ({ ...moved, clocks })) },
  { lacks: 'C20 clears the clocks', breaks: 'who is missing has no clock and nothing else of a return', decide: lying('ReopenMissing', (given, who) => [given, who], (moved, { clocks }) => ({ ...moved, clocks })) },
  { lacks: 'C10 drops a proposed closure', breaks: 'no closure is proposed of who is not back', decide: lying('RecordBody', (given, who) => [given, who], (moved, { file: { closing } }) => kept(moved, closing ? { closing } : {})) },
  { lacks: 'C6 drops a proposed cancelling', breaks: 'no cancelling is proposed of anything but an open case', decide: lying('ReportLocated', (given, who) => [given, who], (moved, { file: { cancelling } }) => kept(moved, cancelling ? { cancelling } : {})) },
  { lacks: 'C22 of a confirmed death', breaks: 'a confirmed death stays confirmed', decide: lying('WithdrawVerification', (given, who) => [alive(given), who]) },
  { lacks: 'C20 of a confirmed death', breaks: 'a confirmed death stays confirmed', decide: lying('ReopenMissing', (given, who) => [given.file.verification ? alive(given) : given, who]) },
  { lacks: 'C10 of a confirmed death', breaks: 'a confirmed death stays confirmed', decide: lying('RecordBody', (given, who) => [alive(given), who]) },
  { lacks: 'D02 before the release', breaks: 'nobody hears of a death before the family', decide: (given, command, who) => decide(given, command, who, { ...world, isFamilyTaskOver: true }) },
  { lacks: 'C11 asks for a new telling', breaks: 'nobody hears of a death before the family', decide: lying('ConfirmDeceased', (given, who) => [given, who], (moved, { file: { deceased } }) => kept(moved, moved.file.deceased && deceased?.familyToldAt !== undefined ? { deceased: { ...moved.file.deceased, familyToldAt: deceased.familyToldAt } } : {})) },
  { lacks: 'C18 only of what ended with us', breaks: 'a return is of somebody who was seen or identified', decide: lying('ReopenReturn', (given, who) => [given.file.verification ? given : file(given, { verification: someVerification }), who], (moved, { file: { verification } }) => (verification ? moved : withoutVerification(moved))) },
  { lacks: 'CANCELLED is final', breaks: 'CANCELLED is final', decide: lying('ReportLocated', (given, who) => [given.file.state === 'CANCELLED' ? file(given, { state: 'ACTIVE' }) : given, who]) },
  { lacks: 'T_REPORTED stays', breaks: 'T_REPORTED never changes', decide: lying('ReopenMissing', (given, who) => [given, who], (moved, _, { now }) => ({ ...moved, clocks: { ...moved.clocks, reported: now } })) },
  { lacks: 'a partner is not attached', breaks: 'partners and auditors move nothing', decide: lying('ReportLocated', (given, who) => [given, { ...who, roles: ['OIC'] }]) },
];
