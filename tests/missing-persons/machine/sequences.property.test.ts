import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { caseSlice } from '../../../functions/missing-persons/rules/machine/caseSlice.ts';
import { isFailed } from '../../../functions/missing-persons/rules/machine/moment.ts';
import { reportSlice } from '../../../functions/missing-persons/rules/machine/report.ts';
import { broken, play, type Played, type Try } from './support/play.ts';
import { decideOn, reportAt, reportCommands } from './support/reports.ts';
import { twins } from './support/twins.ts';
import { actor, decide } from './support/world.ts';

const tries: fc.Arbitrary<Try[]> = fc.array(fc.record({ pick: fc.nat(10_000), who: fc.nat(12), minutes: fc.integer({ min: 0, max: 2_000 }), bad: fc.nat(6) }), { minLength: 12, maxLength: 30 });

describe('cases that live through whatever people try', () => {
  it('holds every rule in 100,000 sequences, and they get everywhere', () => {
    const seen = new Map<string, number>();
    const count = (name: string): unknown => seen.set(name, (seen.get(name) ?? 0) + 1);
    fc.assert(fc.property(tries, list => {
      const played = play(decide, list);
      const faults = [...broken(played), ...(caseSlice.safeParse(played.at(-1)?.after.file).success ? [] : ['the case is no case any more'])];
      if (faults.length > 0) throw new Error(faults.join('; '));
      for (const one of played.filter(({ isAllowed }) => isAllowed)) [one.command.do, one.after.file.state].forEach(count);
    }), { numRuns: 100_000 });
    const often = ['ACTIVE_LONG_TERM', 'SUSPENDED', 'LOCATED_UNVERIFIED', 'DECEASED_PENDING_ID', 'RETURN_ACTIONS', 'CLOSED', 'CANCELLED', 'TRANSFERRED_OUT', 'ReopenReturn', 'ReopenMissing', 'WithdrawVerification', 'ReleaseDeath', 'ConfirmReactivation', 'RecordTransferOutcome'];
    expect(often.filter(name => (seen.get(name) ?? 0) < 100)).toEqual([]);
  }, 240_000);

  it('a refused try leaves the case as it was, to the letter', () => {
    fc.assert(fc.property(tries, list => play(decide, list).every(({ before, after, isAllowed }: Played) => isAllowed || before === after)), { numRuns: 2_000 });
  });

  test.each(twins)('catches a twin that lacks: $lacks', ({ decide: twin, breaks }) => {
    const found = fc.check(fc.property(tries, list => !broken(play(twin, list)).includes(breaks)), { numRuns: 20_000, endOnFailure: true });
    expect(found.failed).toBe(true);
  });
});

describe('reports that live through whatever people try', () => {
  const commands = Object.values(reportCommands);
  const people = [actor('ann', ['CALL_HANDLER', 'FIM', 'INSP'], false), actor('ben', ['CALL_HANDLER', 'FIM', 'INSP'], false), actor('cat', ['CALL_HANDLER'], false), actor('dan', ['OIC'])];
  const ends = new Set(['ACCEPTED', 'DUPLICATE', 'WITHDRAWN', 'REJECTED_TEST', 'RESOLVED_SAFE']);

  it('I11: one with nobody left to do anything is ended, every other has an owner and a due time; the end is final; a rejection takes two', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(commands.length - 1), fc.nat(3), fc.boolean()), { minLength: 3, maxLength: 20 }), list => {
      const { rejection: _, ...start } = reportAt('RECEIVED');
      let report: ReturnType<typeof reportAt> = start;
      for (const [n, who, isUnder18] of list) {
        const [command, person] = [commands[n], people[who]];
        if (!command || !person) throw new Error('there is no such try');
        const result = decideOn(report, command, person, { isUnder18 });
        if (isFailed(result)) continue;
        expect(ends.has(report.state)).toBe(false);
        report = reportSlice.parse(result.report);
        expect([report.reportedAt, report.ownerUserId, report.dueAt === undefined]).toEqual([start.reportedAt, 'handler', ends.has(report.state)]);
        if (report.state === 'REJECTED_TEST') expect(report.rejection?.approvedBy).not.toBe(report.rejection?.proposedBy);
      }
    }), { numRuns: 5_000 });
  });
});
