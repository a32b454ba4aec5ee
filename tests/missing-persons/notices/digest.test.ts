import { describe, expect, it } from '@jest/globals';
import { sendDigest } from '../../../functions/missing-persons/digest.ts';
import { missingSettings } from '../../../functions/missing-persons/rules/settings.ts';
import { TeamsError } from '../../../shared/azure/teams.ts';
import { memoryTable } from '../../../shared/azure/memory.ts';
import type { AdaptiveCard } from '../../../shared/domain/card.ts';

const caseId = (n: number): string => String(n).replaceAll(/\d/g, digit => 'abcdefghij'.charAt(Number(digit))).padStart(26, 'z');
const row = (n: number, more: Readonly<Record<string, string>>) => ({
  open: true, caseId: caseId(n), ref: `MP/CHS/2026/${String(n).padStart(6, '0')}`, level: 'LOW', owner: 'oscar', initials: 'E.S.', age: '41', nextDueAt: '2026-11-26T09:00:00.000Z', ...more,
});

/** Lists as they are stored, a clock, and what was sent under which key. */
function world(now: string) {
  const work = memoryTable();
  const put = async (list: string, rows: readonly (ReturnType<typeof row> & { readonly version?: number })[]): Promise<void> => {
    for (const [n, fields] of rows.entries()) await work.transact([{ do: 'insert', row: { partitionKey: `index|${list}|0${n % 8}`, rowKey: `${list} ${n}`, fields } }]);
  };
  const sent: { readonly to: string; readonly key: string; readonly card: AdaptiveCard }[] = [];
  const at = { now: new Date(now), fails: 0 };
  const deps = {
    cases: { work, now: () => at.now }, settings: missingSettings.parse({}), roster: () => Promise.resolve({ MFH_COORD: 'mo', FIM: 'fay' }), appUrl: (recordId: string) => `https://app.example.com/missing-persons/${recordId}`,
    cards: {
      send: (target: { readonly userObjectId: string } | { readonly channelId: string }, card: AdaptiveCard, { key }: { readonly key: string }) => {
        if (at.fails > 0) {
          at.fails -= 1;
          return Promise.reject(new TeamsError('unavailable', 'down'));
        }
        sent.push({ to: 'userObjectId' in target ? target.userObjectId : '', key, card });
        return Promise.resolve({ conversationId: 'c', activityId: `a${sent.length}`, serviceUrl: 'https://teams.example.com', tenantId: 't' });
      },
      update: () => Promise.resolve(),
    },
  };
  return { deps, put, sent, at };
}

describe('N19 the digest at 07:00', () => {
  it('comes at seven in London and not before, in winter and in summer time', async () => {
    for (const [before, after] of [['2026-11-25T06:59:59Z', '2026-11-25T07:00:20Z'], ['2026-07-01T05:59:59Z', '2026-07-01T06:00:20Z']] as const) {
      const { deps, put, sent, at } = world(before);
      await put('missing-board', [row(1, {})]);
      expect(await sendDigest(deps)).toBe(0);
      at.now = new Date(after);
      expect(await sendDigest(deps)).toBe(2);
      expect(sent.map(({ to }) => to).sort()).toEqual(['mo', 'oscar']);
    }
  });

  it('comes once a day whatever the number of hosts, and again the next day', async () => {
    const { deps, put, sent, at } = world('2026-11-25T07:00:20Z');
    await put('missing-board', [row(1, {}), row(2, { owner: 'abby' })]);
    await Promise.all([sendDigest(deps), sendDigest(deps), sendDigest(deps)]);
    at.now = new Date('2026-11-25T15:00:00Z');
    await sendDigest(deps);
    expect(sent.map(({ to }) => to).sort()).toEqual(['abby', 'mo', 'oscar']);
    at.now = new Date('2026-11-26T07:00:20Z');
    await sendDigest(deps);
    expect(sent).toHaveLength(6);
  });

  it('a host that failed over it is taken over from five minutes later, under the same keys', async () => {
    const { deps, put, sent, at } = world('2026-11-25T07:00:20Z');
    await put('missing-board', [row(1, {})]);
    at.fails = 1;
    await expect(sendDigest(deps)).rejects.toThrow();
    at.now = new Date('2026-11-25T07:02:00Z');
    expect(await sendDigest(deps)).toBe(0);
    at.now = new Date('2026-11-25T07:05:30Z');
    expect(await sendDigest(deps)).toBe(2);
    expect(sent.map(({ key }) => key).sort()).toEqual(['missing-digest|2026-11-25|mo', 'missing-digest|2026-11-25|oscar']);
  });

  it('the coordinator has everything that is open, riskiest first, and the interviews that are overdue; an owner their own', async () => {
    const { deps, put, sent } = world('2026-11-25T07:00:20Z');
    await put('missing-board', [row(1, {}), row(2, { owner: 'abby', level: 'HIGH', nextDueAt: '2026-11-25T06:30:00.000Z' }), row(3, { initials: '', age: '', level: 'MEDIUM' }), { ...row(4, {}), open: false }]);
    await put('missing-rhi', [row(5, { doneDueAt: '2026-11-24T10:00:00.000Z' }), row(6, { doneDueAt: '2026-11-27T10:00:00.000Z' })]);
    await sendDigest(deps);
    const wordsTo = (who: string): string => JSON.stringify(sent.find(({ to }) => to === who)?.card);
    expect(wordsTo('mo')).toMatch(/3 open, 1 with something overdue.*000002, E\.S\., 41, HIGH RISK, overdue since Wed 25 Nov 06:30.*000003, Medium risk, next due.*000001.*Return interviews overdue: 1.*000005/);
    expect(wordsTo('mo')).not.toMatch(/000004|000006/);
    expect(wordsTo('abby')).toMatch(/1 open, 1 with something overdue.*000002/);
    expect(wordsTo('abby')).not.toMatch(/000001|000003|000005/);
    expect(wordsTo('oscar')).not.toMatch(/000002|000005/);
  });

  it('a case that is on its way to another place of the board is named once, as it stands now, with the force\'s own word for the level', async () => {
    const { deps, put, sent } = world('2026-11-25T07:00:20Z');
    await put('missing-board', [{ ...row(1, { level: 'HIGH' }), version: 4 }, { ...row(1, { level: 'VERY_LOW' }), version: 5 }]);
    await sendDigest({ ...deps, settings: missingSettings.parse({ risk: { lowestLabel: 'No apparent risk' } }) });
    const words = JSON.stringify(sent.find(({ to }) => to === 'oscar')?.card);
    expect(words).toMatch(/1 open.*000001, E\.S\., 41, No apparent risk/);
    expect(words).not.toContain('HIGH');
  });

  it('a long list is cut, with the number of the rest, and its card stays small', async () => {
    const { deps, put, sent } = world('2026-11-25T07:00:20Z');
    await put('missing-board', Array.from({ length: 200 }, (_, n) => row(n, {})));
    await sendDigest(deps);
    const words = JSON.stringify(sent.find(({ to }) => to === 'mo')?.card);
    expect(words).toContain('and 185 more in the list');
    expect(Buffer.byteLength(words)).toBeLessThan(20_000);
  });
});
