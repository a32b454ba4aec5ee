import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { verifyAudit } from '../../../shared/case/verify.ts';
import { azureTable } from '../../../shared/azure/table.ts';
import { TableClient } from '@azure/data-tables';
import { rows, type Client } from '../../support/client.ts';
import { approve, located, openBundle, release, releaseTo, review } from '../../support/redaction.ts';
import { startService, until, type Service } from '../../support/service.ts';
import { extractedText } from '../../support/pdfText.ts';
import { statementPdf } from './pdf.ts';

let service: Service;
let sam: Client, rita: Client, olive: Client;
beforeAll(async () => {
  service = await startService();
  [sam, rita, olive] = [service.as('sam.caseworker'), service.as('rita.reviewer'), service.as('olive.outsider')];
});
afterAll(async () => { await service.stop(); });

describe('the story: a document is redacted, released by a second person and downloaded', () => {
  it('goes from the upload to a verified copy with an audit that verifies', async () => {
    const bundleId = await openBundle(sam, { terms: ['Kestrel'] });
    const original = await statementPdf(2);
    const jobId = await located(sam, bundleId, original);
    const job = `/api/redaction-jobs/${jobId}`;
    await review(sam, jobId);
    await approve(rita, jobId);
    const ready = await rita.get(job);
    const etag = String(ready.headers.get('etag'));
    expect(await sam.post(`${job}/release`, { ifMatch: etag, body: release })).toMatchObject({ status: 403, json: { code: 'not-permitted' } });
    expect(await rita.post(`${job}/release`, { ifMatch: etag, body: release })).toMatchObject({ status: 409, json: { code: 'same-person' } });
    await releaseTo(service.as('ravi.reviewer'), jobId);

    const copy = await sam.get(`${job}/redacted-copy`);
    expect(copy.status).toBe(200);
    expect(createHash('sha256').update(copy.bytes).digest('hex')).toBe(ready.json['outputSha256']);
    const shown = await extractedText(copy.bytes);
    for (const gone of ['Featherstonehaugh', 'Kestrel', '01632', 'margaret@example.com', 'CH1 2AB']) expect(shown).not.toContain(gone);
    expect(shown).toContain('WITNESS STATEMENT');
    expect(Buffer.from(copy.bytes).toString('latin1')).not.toContain('Kestrel');

    const certificate: unknown = JSON.parse(Buffer.from((await sam.get(`${job}/certificate`)).bytes).toString());
    expect(certificate).toMatchObject({ verdict: 'verified' });
    expect(JSON.stringify(certificate)).not.toContain('Featherstonehaugh');

    const audit = await service.as('audrey.auditor').get(`/api/redaction-bundles/${bundleId}/audit?limit=500`);
    expect(audit.json['verified']).toBe(true);
    expect(rows(audit).map(row => row['what'])).toEqual(expect.arrayContaining(['BundleCreated', 'DocumentAdded', 'SuggestionsMade', 'DocumentApproved', 'DocumentVerified', 'DocumentReleased']));
    expect(rows(audit).find(row => row['what'] === 'DocumentReleased')).toMatchObject({ kind: 'disclosure' });
    if (service.local) {
      const table = azureTable(TableClient.fromConnectionString(service.local.system.connectionString, 'cases', { allowInsecureConnection: true }));
      const verdict = await verifyAudit(table);
      expect(verdict.faults).toEqual([]);
      expect(verdict.chains).toBeGreaterThan(1);
    }
  });

  it('does not show that a restricted bundle exists to those who are not its members', async () => {
    const bundleId = await openBundle(sam, { handling: 'restricted' });
    expect(await sam.get(`/api/redaction-bundles/${bundleId}`)).toMatchObject({ status: 200 });
    expect(await rita.get(`/api/redaction-bundles/${bundleId}`)).toMatchObject({ status: 404, json: { code: 'not-found' } });
    expect(await olive.get(`/api/redaction-bundles/${bundleId}`)).toMatchObject({ status: 403 });
    // Lists are written by the worker: a moment later.
    await until(() => sam.get('/api/redaction-bundles'), answer => rows(answer).some(row => row['bundleId'] === bundleId));
    expect(rows(await rita.get('/api/redaction-bundles')).map(row => row['bundleId'])).not.toContain(bundleId);
  });
});
