import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faulty } from '../../goodsam/fault/support.ts';
import { startMissing, type Missing } from '../../support/missing.ts';
import { until } from '../../support/service.ts';
import { opened } from '../fault/support.ts';
import { isWhole, packsIn } from './containers.ts';
import { sheetsIn } from './support.ts';

let missing: Missing;
beforeAll(async () => {
  missing = await startMissing({ service: faulty });
  await opened(missing, 'MEDIUM', 'Sample');
  await missing.settle();
}, 120_000);
afterAll(async () => { await missing.stop(); });

const packs = () => packsIn(missing.links.system.connectionString);
const run = (): Promise<boolean> => missing.links.system.host.run('MissingOutagePack').catch(() => false);

describe('the host is killed while it writes the pack', () => {
  it('before one call to storage and after the next, in turn: what can be read is whole at every instant, and a pack comes', async () => {
    await run();
    await until(packs, found => found.has('latest.html'), 60_000);
    let killed = 0;
    const kinds = [{ service: 'blob', method: 'PUT' }, { service: 'table' }] as const;
    for (const match of kinds) {
      for (let at = 1; at <= 5; at += 1) {
        const before = new Set((await packs()).keys());
        await missing.links.advance(3_600);
        const pid = missing.links.system.host.pid();
        await until(() => missing.links.system.host.setFaults({ storage: [{ match, at, action: at % 2 === 0 ? 'kill-after' : 'kill-before' }] }).then(() => true, () => false), Boolean, 30_000);
        await run();
        for (const [name, html] of await packs()) expect([name, isWhole(html), sheetsIn(html)]).toEqual([name, true, ['Ella Sample']]);
        await until(() => missing.links.system.host.setFaults({}).then(() => true, () => false), Boolean, 30_000);
        if (missing.links.system.host.pid() !== pid) killed += 1;
        // Who died over it holds this hour for ten minutes.
        await missing.links.advance(11 * 60);
        await run();
        const after = await until(packs, found => [...found.keys()].some(name => !before.has(name)), 60_000);
        expect(isWhole(after.get('latest.html') ?? '')).toBe(true);
      }
    }
    // The host's own timer may have written an hour before it was armed.
    expect(killed).toBeGreaterThan(4);
  }, 480_000);
});
