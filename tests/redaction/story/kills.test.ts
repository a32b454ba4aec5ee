import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TableClient } from '@azure/data-tables';
import { azureTable } from '../../../shared/azure/table.ts';
import { verifyAudit } from '../../../shared/case/verify.ts';
import { rows } from '../../support/client.ts';
import { approve, located, openBundle, review } from '../../support/redaction.ts';
import { startService, until, type Service } from '../../support/service.ts';
import { statementPdf } from './pdf.ts';

const isRemote = process.env['HOST_URL'] !== undefined;

// F1 with real documents: the host is killed -9 at the worst places of a job; the message comes again and the document still ends once.
(isRemote ? describe.skip : describe)('F1 a host killed while it works on documents', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({
      faults: true, restartOnExit: true, environment: { EFFECT_TIMEOUT_SECONDS: '8' },
      options: { queues: { visibilityTimeout: 1_000, minPollingInterval: 20, maxPollingInterval: 100, lease: 3_000 } },
    });
  });
  afterAll(async () => { await service.stop(); });

  it.each([
    ['after the parts of the copy were removed and before its result was recorded', { service: 'blob', method: 'DELETE' }, 'kill-after'],
    ['before the finished copy is stored', { service: 'blob', method: 'PUT', path: '/output/' }, 'kill-before'],
    ['after the certificate is stored', { service: 'blob', method: 'PUT', path: '/certificate/' }, 'kill-after'],
  ] as const)('%s', async (_where, match, action) => {
    const sam = service.as('sam.caseworker');
    await until(() => service.anonymous.get('/api/health'), answer => answer.status === 200);
    const bundleId = await openBundle(sam);
    const jobId = await located(sam, bundleId, await statementPdf());
    await review(sam, jobId);
    await service.local?.system.host.setFaults({ storage: [{ match, at: 1, action }] });
    await approve(sam, jobId, 50_000);

    const audit = rows(await service.as('audrey.auditor').get(`/api/redaction-bundles/${bundleId}/audit?limit=500`)).map(row => row['what']);
    expect(audit.filter(what => what === 'DocumentVerified')).toHaveLength(1);
    expect(audit.filter(what => what === 'BurningStarted')).toHaveLength(1);
    const table = azureTable(TableClient.fromConnectionString(service.local?.system.connectionString ?? '', 'cases', { allowInsecureConnection: true }));
    expect((await verifyAudit(table)).faults).toEqual([]);
  });
});
