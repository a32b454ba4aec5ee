import { describe, expect, it } from '@jest/globals';
import { Desk } from '../law/desk.ts';

/** Rows of a transaction that are left for the audit beside state, head, operation and parts (shared/azure/guard.ts). */
const room = 60;

describe('2.6 one look after an outage is one transaction', () => {
  for (const [level, days] of [['HIGH', 7], ['HIGH', 60], ['MEDIUM', 60], ['LOW', 365]] as const) {
    it(`of ${days} days, of a ${level} case`, () => {
      const desk = new Desk('2026-11-24T09:00:00.000Z');
      desk.call({ givenName: 'Ella', familyName: 'Example', age: '41', lastSeenPlace: 'Sample Square', lastSeenUnknown: 'yes', lastSeenReason: 'Not known', informantName: 'Sam Example', informantPhone: '01632 960001' });
      desk.answers();
      desk.must({ do: 'ScreenReport', thrive: 'Nobody knows where she is.', level, matchesSeen: [] }, 'cora');
      desk.must({ do: 'AcceptReport', rationale: 'Not like her, no contact since last evening.' }, 'cora');
      const before = desk.facts.length;
      desk.outage(new Date(Date.parse(desk.now) + days * 86_400_000).toISOString());
      const facts = desk.facts.slice(before);
      expect(facts.length).toBeLessThanOrEqual(room);
      // Every step of a ladder is told apart in the audit still, and so is every review that was missed.
      const told = facts.flatMap(({ what, about }) => (what === 'TaskEscalated' ? [about?.['each'] === undefined ? 1 : Number(about['times'])] : [])).reduce((sum, n) => sum + n, 0);
      expect(told).toBe(desk.record.tasks.filter(({ escalations }) => escalations.some(({ firedAt }) => firedAt === desk.now)).length);
      for (const { about } of facts) if (about?.['times'] !== undefined) expect(JSON.parse(String(about['each']))).toHaveLength(Number(about['times']));
    });
  }
});
