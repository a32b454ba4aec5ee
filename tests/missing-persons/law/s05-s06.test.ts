import { describe, expect, it } from '@jest/globals';
import { takePublicReport } from '../../../functions/missing-persons/rules/intake/takeReport.ts';
import { shownOnCard } from '../../../functions/missing-persons/rules/law/situation.ts';
import { partKeys } from '../../../functions/missing-persons/state.ts';
import { Desk, type Name } from './desk.ts';
import { confirmed, openCase } from './support.ts';

describe('S05 downgrade without rationale', () => {
  const reasons = 'Seen at the bus station at 08:40, alone, calm and dressed for the day.';

  /** HIGH by judgement and not by a floor: Mon 8 June 2026, reported 07:00 BST. */
  function high(): Desk {
    const desk = new Desk('2026-06-08T06:00:00.000Z');
    openCase(desk, { level: 'MEDIUM' });
    confirmed(desk, 'MEDIUM', 'sita');
    desk.must({ do: 'RaiseRisk', level: 'HIGH', reason: 'Left a farewell to his sister.' }, 'oscar');
    desk.to('2026-06-08T06:10:00.000Z');
    confirmed(desk, 'HIGH', 'ivan');
    desk.to('2026-06-08T08:05:00.000Z');
    return desk;
  }
  const propose = (desk: Desk, rationale: string, informationIds: readonly string[]): string => desk.act({ do: 'ProposeReduce', to: 'MEDIUM', rationale, informationIds: [...informationIds] }, 'sita');
  const refusals = (desk: Desk) => desk.facts.filter(({ what }) => what === 'CommandRefused').map(({ about, by, at }) => [by, at.slice(11, 16), about?.['command'], about?.['code']]);

  it('S05 each refusal by its code, in the order of 15.3: too short first, then no new information, then who may not approve', () => {
    const desk = high();
    expect(propose(desk, 'time passed', [])).toBe('RATIONALE_TOO_SHORT');
    expect(propose(desk, 'Much time has passed and nothing has happened in all of it.', [])).toBe('NO_NEW_INFORMATION');
    desk.must({ do: 'AddInformation', text: 'A driver saw him at the bus station at 08:40.', isRestricted: true }, 'oscar');
    const sighting = desk.record.information.at(-1)?.id ?? '';
    desk.to('2026-06-08T08:10:00.000Z');
    expect(propose(desk, reasons, [sighting])).toBe('accepted');
    expect(desk.act({ do: 'ApproveReduce' }, 'sita')).toBe('SEGREGATION');
    // One step from HIGH is the superintendent's (CFG).
    expect(desk.act({ do: 'ApproveReduce' }, 'ivan')).toBe('ROLE_DENIED');
    expect(desk.level).toBe('HIGH');
    desk.to('2026-06-08T08:19:59.000Z');
    expect(desk.level).toBe('HIGH');
    desk.to('2026-06-08T08:20:00.000Z');
    desk.must({ do: 'ApproveReduce' }, 'suki');
    expect([desk.level, desk.record.clocks.risk]).toEqual(['MEDIUM', '2026-06-08T08:20:00.000Z']);
    expect(refusals(desk)).toEqual([
      ['sita', '08:05', 'ProposeReduce', 'RATIONALE_TOO_SHORT'], ['sita', '08:05', 'ProposeReduce', 'NO_NEW_INFORMATION'], ['sita', '08:10', 'ApproveReduce', 'SEGREGATION'], ['ivan', '08:10', 'ApproveReduce', 'ROLE_DENIED'],
    ]);
  });

  it('S05 information that served once serves no second reduction, and an earlier review is kept', () => {
    const desk = high();
    desk.must({ do: 'AddInformation', text: 'A driver saw him at the bus station at 08:40.', isRestricted: true }, 'oscar');
    const sighting = desk.record.information.at(-1)?.id ?? '';
    expect(propose(desk, reasons, [sighting])).toBe('accepted');
    const before = desk.record.nextReviewAt;
    desk.must({ do: 'ApproveReduce' }, 'suki');
    expect(desk.record.nextReviewAt).toBe(before);
    expect(before).toBe('2026-06-08T10:00:00.000Z');
    expect(desk.act({ do: 'ProposeReduce', to: 'LOW', rationale: `${reasons} And still so.`, informationIds: [sighting] }, 'sita')).toBe('NO_NEW_INFORMATION');
    // What only HIGH asks for is a candidate that a person picks; nothing ends by itself (C4).
    expect([desk.task('H04').state, desk.task('H04').naCandidate]).toEqual(['TODO', true]);
  });

  it.each<Name>(['cora', 'abby', 'fred'])('S05 %s proposes no reduction', by => {
    const desk = high();
    expect(desk.act({ do: 'ProposeReduce', to: 'MEDIUM', rationale: reasons, informationIds: [] }, by)).toBe('ROLE_DENIED');
  });
});

describe('S06 bad input', () => {
  const form = {
    givenName: '😀', familyName: "Example'); DROP TABLE people;--", dobDay: '31', dobMonth: '02', dobYear: '2010', description: '<script>alert(1)</script> tall', lastSeenPlace: 'Sample Park', lastSeenDay: '13', lastSeenMonth: '06', lastSeenYear: '2026',
    lastSeenTime: '09:00', informantName: 'Pat Sample', informantPhone: '07700 90', worries: '<img src=x onerror=alert(1)> not like him at all',
  };
  const now = '2026-06-12T10:00:00.000Z';

  it('S06 the page names the date of birth, the telephone and the time, each at its field, and keeps what was typed', () => {
    const taken = takePublicReport(form, { now, raw: JSON.stringify(form) });
    expect(taken.kind === 'mend' && taken.maySendAsItIs).toBe(true);
    expect(taken.kind === 'mend' ? taken.failures.map(({ field, code }) => `${field} ${code}`) : []).toEqual(expect.arrayContaining(['dob FIELD_INVALID', expect.stringMatching(/^lastSeen\w* TIME_IN_FUTURE$/), 'informantPhone FIELD_INVALID']));
  });

  it('S06 sent as it is it becomes a report with an owner and a due time: nothing lost, nothing run, nothing turned away', () => {
    const desk = new Desk(now);
    desk.web({ ...form, asItIs: 'yes' });
    expect([desk.state, desk.record.report.ownerUserId, desk.task('Q00').dueAt]).toEqual(['RECEIVED', 'cora', '2026-06-12T10:10:00.000Z']);
    const raw = desk.current?.parts[partKeys.raw];
    expect(raw?.kind === 'raw' ? raw.text : '').toBe(JSON.stringify({ ...form, asItIs: 'yes' }));
    expect(desk.record.flaggedFields.map(({ field }) => field)).toEqual(expect.arrayContaining(['dob', 'informantPhone']));
    expect(desk.record.person.names[0]).toMatchObject({ given: '😀', family: "Example'); DROP TABLE people;--" });
    expect([desk.record.person.description?.general, desk.record.casefile.circumstances]).toEqual(['<script>alert(1)</script> tall', '<img src=x onerror=alert(1)> not like him at all']);
    // On a card stand initials and nothing that was typed.
    expect(JSON.stringify(shownOnCard(desk.record))).not.toMatch(/[<>;]/);
  });

  it('S06 an age range is enough for a case', () => {
    const desk = new Desk(now);
    const { dobDay: _d, dobMonth: _m, dobYear: _y, ...rest } = form;
    desk.web({ ...rest, age: '14-16', lastSeenDay: '11', informantPhone: '01632 960003' });
    expect(desk.record.flaggedFields).toEqual([]);
    desk.answers();
    desk.must({ do: 'ScreenReport', thrive: 'Not like him.', level: 'MEDIUM', matchesSeen: [] }, 'cora');
    desk.must({ do: 'AcceptReport', rationale: 'A child of whom nobody has heard since yesterday.' }, 'cora');
    expect([desk.state, desk.level, desk.record.risk?.floor.rules.map(({ rule }) => rule)]).toEqual(['OPEN_UNCONFIRMED', 'MEDIUM', ['F3']]);
  });
});
