// `node run.mjs verify-audit [--json] [connection string or SAS URL]`: reads every audit chain and says whether it verifies. Read access is enough.
import { TableClient } from '@azure/data-tables';
import { tables } from '../shared/azure/clients.ts';
import { localDataDir, readAuditAccess } from './auditAccess.ts';
import { azureTable } from '../shared/azure/table.ts';
import { verifyAudit, type Verdict } from '../shared/case/verify.ts';

const usage = `usage: node run.mjs verify-audit [--json] [connection string or SAS URL of the Table service]
Without an argument it is taken from AUDIT_STORAGE, else STORAGE_CONNECTION, else from the data folder (DATA_DIR) of npm start; an argument shows in the process list, so prefer the environment.
Exit code: 0 all chains verify, 1 some do not, 2 they could not be read.
A check of the chains cannot show that the newest rows were cut off together with a head moved back: compare with the hourly root for that.`;

/** A client that can only do what the given access allows. A SAS URL may be of the service or of the table itself. */
export function auditClient(access: string): TableClient {
  if (!URL.canParse(access)) return TableClient.fromConnectionString(access, tables.cases, { allowInsecureConnection: true });
  const url = new URL(access);
  url.pathname = url.pathname.replace(new RegExp(`/(${tables.cases})?(\\(\\))?$`), '');
  return new TableClient(url.href, tables.cases, { allowInsecureConnection: /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname) });
}

function report(verdict: Verdict, asJson: boolean): string {
  if (asJson) return JSON.stringify(verdict);
  const lines = verdict.faults.map(({ chain, fault }) => `${chain}: ${fault}`);
  return [...lines, `${verdict.chains} chains, ${verdict.rows} rows, ${verdict.faults.length} faults`].join('\n');
}

async function main(argv: readonly string[]): Promise<number> {
  const asJson = argv.includes('--json');
  const [access = process.env['AUDIT_STORAGE'] ?? process.env['STORAGE_CONNECTION'] ?? readAuditAccess(localDataDir()), ...more] = argv.filter(arg => arg !== '--json');
  if (access === undefined || access.startsWith('-') || more.length) {
    console.error(usage);
    return 2;
  }
  try {
    const verdict = await verifyAudit(azureTable(auditClient(access)));
    console.log(report(verdict, asJson));
    return verdict.faults.length ? 1 : 0;
  } catch (error) {
    // Not the SDK's own message: it may quote the URL with its signature.
    console.error(`The audit could not be read (${error instanceof Error ? error.name : 'unknown error'}). Is the address right, and does the access allow reading table ${tables.cases}?`);
    return 2;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
