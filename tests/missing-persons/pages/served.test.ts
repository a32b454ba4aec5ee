import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { objectIdOf } from '../../support/liveLinks.ts';
import { answers, must, startMissing, view, type Missing } from '../../support/missing.ts';
import { bad, enough, formPath, lastSeen, reportsIn, targetOf, visitor, type Visitor } from './visitor.ts';

let missing: Missing;
let base: string;
let sam: Visitor;
beforeAll(async () => {
  missing = await startMissing({ service: { faults: true } });
  base = missing.links.url;
  sam = visitor(base);
}, 120_000);
afterAll(async () => { await missing.stop(); });

const received = () => reportsIn(missing.links.system.connectionString);
const referenceIn = (html: string): string => /MP-[A-Z2-7]{4}-[A-Z2-7]{4}/.exec(html)?.[0] ?? 'none';
const idOf = async (html: string): Promise<string> => [...(await received()).keys()].find(id => id.startsWith(referenceIn(html).slice(3).replace('-', '').toLowerCase())) ?? 'none';

describe('S06 bad input at the served page', () => {
  let once: string;
  let recordId: string;

  it('S06 names each field at once, keeps all that was typed, offers the second button, and receives nothing yet', async () => {
    once = await sam.once();
    const before = (await received()).size;
    const { status, html } = await sam.send(new URLSearchParams({ once, ...bad }));
    expect(status).toBe(422);
    expect([...html.matchAll(/<a href="#(\w+)">/g)].map(([, id]) => id)).toEqual(['dobDay', 'lastSeenDay', 'informantPhone']);
    expect(html).toContain('call 999');
    for (const value of ['\u{1f600}', '&#39;; DROP TABLE people; --', '31', '2010', bad.lastSeenDay, '07700 90', '&lt;img src=x onerror=alert(2)&gt;']) expect(html).toContain(`value="${value}"`);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;</textarea>');
    expect(html).toMatch(/Not like him\.\r?\n\r?\n&quot;Gone&quot; &amp; &lt;b&gt;afraid&lt;\/b&gt;/);
    expect(html).toMatch(/value="YES" checked/);
    expect(html).toMatch(/<button[^>]* name="asItIs"/);
    expect(html).toContain(`value="${once}"`);
    expect((await received()).size).toBe(before);
  });

  it('S06 sent as it is it is received with what is wrong flagged, and the raw submission stands to the letter', async () => {
    const body = new URLSearchParams({ once, ...bad, asItIs: 'yes' }).toString();
    const reply = await sam.send(body);
    const { status, html } = await sam.look(targetOf(reply));
    expect(status).toBe(200);
    expect(html).toContain('If you have not rung 999 yet, ring now.');
    expect(html).toContain('We have kept all that you wrote');
    expect(html).toContain('What happens next');
    expect(html).not.toMatch(/DROP TABLE|alert\(|onerror|Sample/);
    recordId = await idOf(html);
    expect((await received()).get(recordId)?.raw).toBe(body);
    const shown = await view(missing.as('cora.callhandler'), recordId);
    expect(shown).toMatchObject({ state: 'RECEIVED', source: 'PUBLIC_WEB', name: "\u{1f600} '; DROP TABLE people; --", circumstances: 'Not like him.\n\n"Gone" & <b>afraid</b>' });
    expect([...new Set(Array.isArray(shown['flaggedFields']) ? shown['flaggedFields'].map(String) : [])]).toEqual(['dob', 'lastSeen', 'informantPhone']);
    expect(JSON.stringify(shown['tasks'])).toContain('Q00');
  });

  it('S06 nothing that was typed is on a card: those of the owner and of the overdue screening show initials', async () => {
    await missing.links.simulators.teams.install(objectIdOf('fay.manager'));
    await missing.pass(16 * 60);
    const cora = missing.as('cora.callhandler');
    await must(cora, recordId, 'answers', answers());
    await must(cora, recordId, 'screen', { thrive: 'A boy of whom nobody has heard.', level: 'MEDIUM' });
    await must(cora, recordId, 'accept', { rationale: 'A child of whom nobody has heard since yesterday.' });
    await missing.settle();
    const cards = missing.links.simulators.teams.cards().map(({ card }) => JSON.stringify(card)).filter(card => card.includes(recordId));
    expect(cards.length).toBeGreaterThan(0);
    for (const card of cards) {
      expect(card).toContain('\u{1f600}');
      expect(card).not.toMatch(/[<>]|script|DROP|onerror|Sample|07700/);
    }
  });
});

describe('one report', () => {
  it('is made by a form that is sent twice at the same time, and both see the same reference', async () => {
    const before = (await received()).size;
    const body = new URLSearchParams({ once: await sam.once(), ...enough }).toString();
    const [first, second] = (await Promise.all([sam.send(body), sam.send(body)])).map(targetOf);
    expect(second).toBe(first);
    expect(targetOf(await sam.send(body))).toBe(first);
    expect((await received()).size).toBe(before + 1);
  });

  it('is another one when somebody goes back and writes more: the first stands and nothing is lost', async () => {
    const once = await sam.once();
    const first = targetOf(await sam.send(new URLSearchParams({ once, ...enough })));
    const more = new URLSearchParams({ once, ...enough, worries: 'She has rung: she is at the lake.' }).toString();
    const second = targetOf(await sam.send(more));
    expect(second).not.toBe(first);
    expect(targetOf(await sam.send(more))).toBe(second);
    const raws = [...(await received()).values()].map(({ raw }) => raw);
    expect(raws.filter(raw => raw.includes(once))).toHaveLength(2);
    expect(raws).toContain(more);
  });

  it('is taken without a key of ours, with marks of direction around the telephone, with a field twice, and with broken codes', async () => {
    const body = `${new URLSearchParams({ ...enough, informantPhone: '\u202a01632 960124\u202c' }).toString()}&givenName=Again&worries=%ZZ%80&inDanger=perhaps&once=x`;
    const { html } = await sam.look(targetOf(await sam.send(body)));
    const shown = await view(missing.as('cora.callhandler'), await idOf(html));
    expect(shown).toMatchObject({ state: 'RECEIVED', name: 'Ella Example' });
    expect((await received()).get(await idOf(html))?.raw).toBe(body);
  });

  it('is not lost when storage is away: the form comes back as it was, with the telephone number, and sent again it is received once', async () => {
    const body = new URLSearchParams({ once: await sam.once(), ...enough, ...lastSeen(-1), worries: 'A long story' }).toString();
    const before = (await received()).size;
    await missing.links.system.host.setFaults({ storage: [{ match: { service: 'table' }, action: 'error-before', status: 503 }] });
    const away = await sam.send(body);
    await missing.links.system.host.setFaults({});
    expect(away.status).toBe(503);
    expect(away.html).toMatch(/We could not take your report[^<]*101/);
    expect(away.html).toContain('A long story</textarea>');
    expect(targetOf(await sam.send(body))).toContain('/sent?');
    expect((await received()).size).toBe(before + 1);
  }, 60_000);
});

describe('the page', () => {
  it.each(['/report-missing-person', formPath])('%s says 999 first, keeps nothing in a cache, and runs nothing but our own scripts', async path => {
    const { status, html, headers } = await sam.look(path);
    expect(status).toBe(200);
    expect(html.indexOf('999')).toBeLessThan(html.indexOf(path === formPath ? '<form' : 'role="button"'));
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self' 'sha256-[^']+';.*style-src 'self'/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });

  it('speaks Welsh from the first page to the last', async () => {
    expect((await sam.look('/report-missing-person')).html).toContain('href="/report-missing-person?lang=cy"');
    const start = await sam.look('/report-missing-person?lang=cy');
    expect(start.html).toContain(`${formPath}?lang=cy`);
    const sent = await fetch(`${base}${formPath}?lang=cy`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ ...enough }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', origin: base } });
    const { html } = await sam.look(sent.headers.get('location') ?? '');
    expect(html).toContain('<html lang="cy"');
    expect(referenceIn(html)).not.toBe('none');
  });

  it('shows a receipt only of what was received: a reference or a flag that somebody changed is no page', async () => {
    const target = targetOf(await sam.send(new URLSearchParams(enough)));
    expect((await sam.look(target)).status).toBe(200);
    for (const forged of [target.replace(/-00&/, '-10&'), target.replace(/r=MP-..../, 'r=MP-AAAA'), target.replace(/s=[^&]+/, 's='), '/report-missing-person/sent']) {
      expect(forged).not.toBe(target);
      expect((await sam.look(forged)).status).toBe(404);
    }
  });

  it('takes no form of another site, no file and no flood of text, each with a page that says whom to ring', async () => {
    const before = (await received()).size;
    const replies = [
      await sam.send(new URLSearchParams(enough), { origin: 'https://other.example.test' }),
      await sam.send('video', { 'content-type': 'multipart/form-data; boundary=x' }),
      await sam.send(new URLSearchParams({ ...enough, worries: 'x'.repeat(200_000) })),
    ];
    expect(replies.map(({ status }) => status)).toEqual([403, 415, 413]);
    for (const { html } of replies) expect(html).toMatch(/<html[\s\S]*101[\s\S]*999/);
    expect((await received()).size).toBe(before);
  });

  it('is not there on the neutral host, which says nothing of the force', async () => {
    const { status, html } = await visitor(base.replace('127.0.0.1', 'localhost')).look('/report-missing-person');
    expect([status, html]).toEqual([404, '']);
  });
});
