import { describe, expect, it } from '@jest/globals';
import { openEntries } from '../../../functions/missing-persons/outage/open.ts';
import { healthOf } from '../../../functions/missing-persons/health.ts';
import { isPackLate } from '../../../functions/missing-persons/rules/outage/late.ts';
import { Unavailable } from '../../../shared/azure/store.ts';
import { confirmed } from '../law/support.ts';
import { idOf, recordOf, refOf, sheetsIn, start, world } from './support.ts';

const named = (givenName: string, familyName = 'Sample') => ({ form: { givenName, familyName } });

describe('the outage pack (15.4)', () => {
  it('has a sheet for each open case, the highest level first and then what is due next, and a count of them at its end', async () => {
    const { put, write, latest } = await world();
    const soon = { ...recordOf(1, named('Lou')), nextReviewAt: start };
    await put(soon, recordOf(2, { level: 'HIGH', ...named('Hal') }), recordOf(3, { level: 'LOW', ...named('Lo') }));
    expect(await write()).toBe(3);
    expect(sheetsIn(latest())).toEqual(['Hal Sample', 'Lou Sample', 'Lo Sample']);
    expect(latest()).toMatch(/End of the pack as at Wed 25 Nov 2026 16:00 GMT: 3 sheets, 0 confidential lines, 0 that could not be read/);
    expect(latest().match(/<\/html>/g)).toHaveLength(1);
  });

  it('says what somebody needs without the service', async () => {
    const { put, write, latest, pass } = await world();
    await put(recordOf(1, { level: 'HIGH', form: { givenName: 'Ella', familyName: 'Example', age: '41', description: 'A scar on the chin', clothing: 'Red coat', medical: 'Insulin', missingPhone: '07700 900123' }, work: desk => {
      confirmed(desk, 'HIGH', 'ivan');
      desk.must({ do: 'SetFlag', flag: 'NO_PUBLICITY', source: 'The inspector' }, 'ivan');
      desk.must({ do: 'AddSighting', from: start, place: 'Sample Bridge', source: 'Shop assistant', reliability: 'UNTESTED', match: 3 }, 'oscar');
    } }));
    pass(90);
    await write();
    for (const words of [
      'Ella Example', refOf(1), 'HIGH RISK', 'active; reported Wed 25 Nov 16:00 GMT', 'since Wed 25 Nov 16:00 GMT', 'Insulin', 'collar C-fred, FIM', '41', 'A scar on the chin', 'Red coat', '+447700900123', 'Sample Street', 'Pat Sample', '+441632960002', 'Publish nothing', 'Sample Bridge', 'NOT ASSESSED',
    ]) expect(latest()).toContain(words);
    expect(latest()).toMatch(/<strong>LATE<\/strong> Wed 25 Nov 1\d:\d\d GMT/);
    // The limit of the agreement with the PNC is 48 hours from the report.
    expect(latest()).toMatch(/LIMIT Fri 27 Nov 16:00 GMT/);
    expect(latest()).not.toMatch(/undefined|\[object|null|NaN/);
  });

  it('is one page that needs nothing: no script, nothing of another place, and a name that is a script is text', async () => {
    const { put, write, latest } = await world();
    const evil = '<script>alert(1)</script>';
    await put(recordOf(1, { form: { givenName: evil, familyName: '"><img src=x onerror=alert(2)>', lastSeenPlace: '</td></table><iframe src="https://example.com">', informantName: '{{ 7*7 }}', worries: '<style>*{display:none}</style>' } }));
    await write();
    expect(latest()).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(latest()).toContain('{{ 7*7 }}');
    expect(latest()).not.toMatch(/<(?:script|img|iframe|link|object|embed|base|form)\b/i);
    expect(latest().match(/<style/g)).toHaveLength(1);
    expect(latest()).not.toMatch(/\s(?:src|href|on\w+)\s*=\s*"/i);
    expect(latest()).toContain(`default-src 'none'`);
  });

  it('of a CONFIDENTIAL case there is a line with reference, level, owner and due times, and nothing else of it', async () => {
    const { put, write, latest } = await world();
    await put(recordOf(1, { ...named('Visible') }), recordOf(2, { level: 'HIGH', form: { givenName: 'Secret', familyName: 'Hidden', lastSeenPlace: 'Hidden Lane', informantName: 'Kim Hidden', worries: 'A hidden worry' }, work: desk => {
      desk.must({ do: 'SetAccess', tier: 'CONFIDENTIAL', userIds: ['fred'], reason: 'A relative of an officer' }, 'ivan');
      desk.must({ do: 'SetFlag', flag: 'POLICE_FAMILY', source: 'Hidden source' }, 'ivan');
    } }));
    expect(await write()).toBe(1);
    expect(latest()).not.toMatch(/Secret|Hidden|S\.H\.|hidden worry|1632960002.*1632960002|POLICE FAMILY|police family/);
    const line = new RegExp(`<td class="ref">${refOf(2)}</td><td[^>]*>HIGH RISK</td><td>collar C-fred, FIM</td><td>Wed 25 Nov [^<]*; [^<]*</td><td><strong>[^<]*</strong></td>`);
    expect(latest()).toMatch(line);
    expect(latest()).toMatch(new RegExp(`${refOf(2)}</td><td[^>]*>HIGH RISK</td><td>Confidential</td>`));
    expect(latest()).toContain('1 sheets, 1 confidential lines');
  });

  it('a RESTRICTED one has a sheet that says that the reading is written down', async () => {
    const { put, write, latest } = await world();
    await put(recordOf(1, { work: desk => { desk.must({ do: 'SetAccess', tier: 'RESTRICTED', userIds: [], reason: 'Few should read it' }, 'ivan'); } }));
    await write();
    expect(latest()).toContain('RESTRICTED: write on the reading log');
  });

  it('a case that cannot be read is a line that says so, and stops nothing; the log has its id', async () => {
    const { put, write, latest, deps, logged } = await world();
    await put(recordOf(1, named('Ann')), recordOf(2, named('Broken')), recordOf(3, named('Cat')), recordOf(4, named('Away')));
    const row = await deps.cases.cases.get(idOf(2), 'state');
    if (!row) throw new Error('not there');
    await deps.cases.cases.transact([{ do: 'update', row: { ...row, fields: { json0: '{"kind":"missing","recordId":"half of a row' } }, etag: row.etag }]);
    const cases = { ...deps.cases.cases, get: (partitionKey: string, rowKey: string) => (partitionKey === idOf(4) ? Promise.reject(new Unavailable('storage answered 503')) : deps.cases.cases.get(partitionKey, rowKey)) };
    expect(await write({ cases: { ...deps.cases, cases } })).toBe(2);
    expect(sheetsIn(latest()).sort()).toEqual(['Ann Sample', 'Cat Sample']);
    for (const n of [2, 4]) expect(latest().slice(latest().indexOf('COULD NOT BE READ'))).toContain(refOf(n));
    expect(logged).toEqual(expect.arrayContaining([expect.objectContaining({ event: 'outage-pack-case', caseId: idOf(2) }), expect.objectContaining({ event: 'outage-pack-unreadable', count: 2 })]));
  });

  it('has the reports that are no case yet, after the cases, and nothing of what has ended', async () => {
    const { put, write, latest, pass } = await world();
    const waiting = recordOf(5, named('Rae'));
    const { file: _file, risk: _risk, ...report } = waiting;
    const closing = recordOf(6, named('Gone'));
    await put({ ...report, report: { ...report.report, state: 'RECEIVED', dueAt: '2026-11-25T16:10:00.000Z' } }, recordOf(1, named('Ann')), closing);
    await write();
    expect(sheetsIn(latest())).toEqual(expect.arrayContaining(['Ann Sample', 'Gone Sample']));
    expect(sheetsIn(latest()).at(-1)).toBe('Rae Sample');
    expect(latest()).toMatch(/Decide what becomes of this report/);
    await put({ ...closing, ...(closing.file && { file: { ...closing.file, state: 'CLOSED' } }) });
    pass(60);
    await write();
    expect(sheetsIn(latest())).toEqual(['Ann Sample', 'Rae Sample']);
    expect(latest()).not.toContain('Gone');
  });

  it('says so when nothing is open, and still has the forms', async () => {
    const { write, latest } = await world();
    expect(await write()).toBe(0);
    for (const words of ['No case is open.', 'Form A: a new report', 'Form B: information', 'callStartedAt', 'callStartReason', 'clientAt', 'End of the pack']) expect(latest()).toContain(words);
  });
});

describe('once an hour', () => {
  it('is written once, by one of several hosts, and again in the next hour; the oldest are deleted', async () => {
    const { put, write, packs, pass } = await world();
    await put(recordOf(1));
    const written = await Promise.all([write(), write(), write()]);
    expect(written.filter(count => count !== undefined)).toEqual([1]);
    pass(5);
    expect(await write()).toBeUndefined();
    for (let n = 0; n < 4; n++) {
      pass(60);
      expect(await write()).toBe(1);
    }
    expect([...packs.blobs.keys()].sort()).toEqual(['hourly/2026-11-25T18Z.html', 'hourly/2026-11-25T19Z.html', 'hourly/2026-11-25T20Z.html', 'latest.html']);
    expect(packs.blobs.get('latest.html')).toEqual(packs.blobs.get('hourly/2026-11-25T20Z.html'));
  });

  it.each(['the read of a record', 'the audit', 'the storage of the pack'])('killed at %s, the former one stays whole, and another host writes this hour ten minutes later', async where => {
    const { put, write, latest, pass, deps, packs } = await world();
    await put(recordOf(1, named('First')));
    await write();
    const former = latest();
    await put(recordOf(2, named('Second')));
    pass(60);
    const stop = (): never => { throw new Error('killed'); };
    const killed = {
      'the read of a record': { pages: { ...deps.pages, renderPage: (view: string, model: Parameters<typeof deps.pages.renderPage>[1]) => (view.endsWith('sheet.njk') ? stop() : deps.pages.renderPage(view, model)) } },
      'the audit': { cases: { ...deps.cases, cases: { ...deps.cases.cases, transact: () => stop() } } },
      'the storage of the pack': { packs: { ...packs, replace: () => stop() } },
    }[where] ?? stop();
    await expect(write(killed)).rejects.toThrow('killed');
    expect(latest()).toBe(former);
    pass(5);
    expect(await write()).toBeUndefined();
    pass(5);
    expect(await write()).toBe(2);
    expect(sheetsIn(latest()).sort()).toEqual(['First Sample', 'Second Sample']);
  });

  it('is in the audit with its counts and hash before anybody can read it, and nobody\'s name is there or in the log', async () => {
    const { put, write, packs, tables, logged } = await world();
    await put(recordOf(1, named('Ella', 'Example')));
    const chains: string[] = [];
    const replace: typeof packs.replace = (names, content, options) => packs.replace(names, content, { ...options, before: async digest => {
      await options.before(digest);
      expect(packs.blobs.size).toBe(0);
      for (const row of tables.cases.rows.values()) if (row.partitionKey.startsWith('missing-outage-pack|reads|')) chains.push(JSON.stringify(row.fields));
      expect(chains.join()).toContain(digest.sha256);
    } });
    await write({ packs: { ...packs, replace } });
    expect(chains.join()).toMatch(/OutagePack/);
    expect(`${chains.join()} ${JSON.stringify(logged)}`).not.toMatch(/Ella|Example|E\.E\./);
    expect(logged).toContainEqual(expect.objectContaining({ event: 'outage-pack-written', count: 1 }));
  });
});

describe('what is read', () => {
  it('each record once, eight at a time at the most, however many are open', async () => {
    const { put, write, deps, latest } = await world();
    const many = recordOf(1);
    for (let n = 1; n <= 60; n++) await put({ ...many, recordId: idOf(n), ...(many.file && { file: { ...many.file, caseRef: refOf(n) } }) });
    const [reads, now]: [string[], { count: number; most: number }] = [[], { count: 0, most: 0 }];
    const get = async (partitionKey: string, rowKey: string) => {
      if (rowKey !== 'state') return await deps.cases.cases.get(partitionKey, rowKey);
      reads.push(partitionKey);
      now.most = Math.max(now.most, ++now.count);
      await new Promise(resolve => { setImmediate(resolve); });
      now.count -= 1;
      return await deps.cases.cases.get(partitionKey, rowKey);
    };
    expect(await write({ cases: { ...deps.cases, cases: { ...deps.cases.cases, get } } })).toBe(60);
    expect([new Set(reads).size, reads.length, now.most]).toEqual([60, 60, 8]);
    expect(new Set(latest().match(/MP\/CHS\/2026\/\d{6}/g)).size).toBe(60);
  });

  it('a case that moves within the list while it is read is not passed over', async () => {
    const { put, deps, tables } = await world();
    await put(recordOf(1), recordOf(2));
    const row = [...tables.work.rows.values()].find(({ partitionKey, fields }) => partitionKey.startsWith('index|missing-board') && fields['caseId'] === idOf(2));
    if (!row) throw new Error('not listed');
    await deps.cases.work.transact([{ do: 'delete', partitionKey: row.partitionKey, rowKey: row.rowKey, etag: row.etag }]);
    expect((await openEntries(deps.cases)).map(({ recordId }) => recordId)).toEqual([idOf(1), idOf(2)]);
  });

  it('a directory that is away is asked three times and no more; the end of the account\'s id stands for the officer', async () => {
    const { put, write, latest } = await world();
    await put(...[1, 2, 3].map(n => recordOf(n)));
    let asked = 0;
    await write({ staff: { find: () => { asked += 1; return Promise.reject(new Error('away')); } } });
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(12);
    expect(latest()).toContain('account ...fred');
  });
});

describe('its age', () => {
  const settings = { lateAfterMinutes: 120 };
  it.each([
    ['two hours and a second', '2026-11-25T13:59:59.000Z', true, true], ['two hours', '2026-11-25T14:00:00.000Z', true, false], ['old, with nothing open', '2026-11-20T14:00:00.000Z', false, false],
  ])('%s', (_name, lastPackAt, hasOpen, expected) => {
    expect(isPackLate({ lastPackAt, hasOpen }, start, settings)).toBe(expected);
  });
  it('none at all is a fault while something is open', () => {
    expect(isPackLate({ hasOpen: true }, start, settings)).toBe(true);
    expect(isPackLate({ hasOpen: false }, start, settings)).toBe(false);
  });

  it('stands in the health of the room, and a late one in the log until there is a new one', async () => {
    const { put, write, deps, events, pass } = await world();
    await write();
    expect(await healthOf(deps.cases)).toMatchObject({ lastPackAt: start });
    pass(180);
    await write();
    expect(events()).not.toContain('outage-pack-late');
    await put(recordOf(1));
    pass(121);
    const broken = { packs: { ...deps.packs, replace: () => Promise.reject(new Unavailable('storage answered 503')) } };
    await expect(write(broken)).rejects.toThrow(Unavailable);
    pass(10);
    expect(await write()).toBe(1);
    expect(events().filter(event => event === 'outage-pack-late')).toHaveLength(2);
    pass(60);
    await write();
    expect(events().filter(event => event === 'outage-pack-late')).toHaveLength(2);
  });
});
