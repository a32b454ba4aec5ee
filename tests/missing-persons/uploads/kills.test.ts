import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faultsOf, faulty } from '../../goodsam/fault/support.ts';
import { startMissing, type Missing } from '../../support/missing.ts';
import { until } from '../../support/service.ts';
import { blobsOf, linkFor, opened, pdf, sender, uploadsOf, type Page, type Part } from './support.ts';

let missing: Missing;
let page: ReturnType<typeof sender>;
beforeAll(async () => {
  missing = await startMissing({ service: faulty });
  page = sender(missing.links.url);
}, 120_000);
afterAll(async () => { await missing.stop(); });

const blobs = (recordId: string) => blobsOf(missing, recordId);
/** As a person who presses again until there is an answer. */
const persistently = (path: string, parts: readonly Part[]): Promise<Page> => until(() => page.send(path, parts).catch((): Page => ({ status: 0, html: '', headers: new Headers() })), ({ status }) => status === 303 || status === 410, 60_000);

describe('the host is killed while somebody sends a form', () => {
  it('before one storage call and after the next, in turn: the form is on the record once, clean, and the link is used up once', async () => {
    const recordId = await opened(missing);
    const sent: string[] = [];
    for (let at = 1; at <= 14; at += 1) {
      const { path, linkId } = await linkFor(missing.as('cora.callhandler'), recordId);
      const part: Part = { field: 'form', name: 'form.pdf', bytes: pdf(`kill ${at}`) };
      await missing.links.system.host.setFaults({ storage: [{ match: {}, at, action: at % 2 === 0 ? 'kill-after' : 'kill-before' }] });
      expect((await persistently(path, [part])).status).toBe(303);
      await until(() => missing.links.system.host.setFaults({}).then(() => true, () => false), Boolean, 30_000);
      sent.push(linkId);
    }
    // A scan that was cut off is asked for again, after a minute or, when nobody knew in half an hour, every hour.
    for (let n = 0; n < 8; n += 1) {
      await missing.pass(20 * 60);
      if ((await uploadsOf(missing.as('cora.callhandler'), recordId)).files.every(({ state }) => state === 'CLEAN')) break;
    }
    const { files, forms, uploadLinks } = await uploadsOf(missing.as('cora.callhandler'), recordId);
    expect(sent.map(linkId => uploadLinks.find(link => link.linkId === linkId)?.state)).toEqual(sent.map(() => 'USED'));
    expect(sent.map(linkId => forms.filter(({ formId }) => formId === `protocol-${linkId}`).map(({ fileIds }) => fileIds.length))).toEqual(sent.map(() => [1]));
    expect(new Set(files.map(({ state }) => state))).toEqual(new Set(['CLEAN']));
    expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(files.length);
    expect(await faultsOf(missing.links)).toEqual({ faults: [], pending: [] });
  }, 300_000);

  it('between blob and commit, and nobody sends again: a day later the blob is gone, and those of the record stand', async () => {
    const recordId = await opened(missing);
    const { path } = await linkFor(missing.as('cora.callhandler'), recordId);
    await page.send(path, [{ field: 'form', name: 'form.pdf', bytes: pdf('kept') }]);
    await missing.settle();
    const before = await blobs(recordId);
    const again = await linkFor(missing.as('cora.callhandler'), recordId);
    const kept = (await uploadsOf(missing.as('cora.callhandler'), recordId)).files.length;
    await missing.links.system.host.setFaults({ storage: [{ match: { service: 'queue', method: 'POST' }, at: 1, action: 'kill-before' }] });
    await page.send(again.path, [{ field: 'form', name: 'form.pdf', bytes: pdf('alone') }]).catch(() => undefined);
    await until(() => missing.links.system.host.setFaults({}).then(() => true, () => false), Boolean, 30_000);
    expect(before).toHaveLength(1);
    expect(kept).toBe(1);
    expect(await blobs(recordId)).toHaveLength(2);
    expect((await uploadsOf(missing.as('cora.callhandler'), recordId)).files).toHaveLength(kept);
    await missing.links.pass(24 * 3_600 + 60);
    await missing.links.system.host.run('MissingPrune');
    expect(await blobs(recordId)).toEqual(before);
    expect((await uploadsOf(missing.as('cora.callhandler'), recordId)).files).toHaveLength(kept);
  }, 120_000);
});
