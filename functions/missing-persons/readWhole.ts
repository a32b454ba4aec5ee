import type { CaseDeps } from '../../shared/case/room.ts';
import { allBuckets } from '../../shared/case/keys.ts';
import { withoutStale } from '../../shared/case/lists.ts';

type Fields = Readonly<Record<string, string | number | boolean>>;
export interface WholeRow { readonly caseId: string; readonly fields: Fields }
const pageSize = 1_000;

/**
 * A list as a whole, each case at its place of now, without closed rows. One round trip of sixteen queries side by side as long as no bucket holds more than a thousand rows, that is up to some sixteen thousand records;
 * then one more for each further thousand in the fullest bucket.
 */
export async function readWhole({ work }: Pick<CaseDeps, 'work'>, list: string): Promise<WholeRow[]> {
  const found = await Promise.all(allBuckets().map(bucket => readBucket(work, `index|${list}|${bucket}`)));
  return withoutStale(found.flat()).filter(({ fields }) => fields['open'] === true).map(({ fields }) => ({ caseId: String(fields['caseId']), fields }));
}

export async function readBucket(work: CaseDeps['work'], partitionKey: string) {
  const rows: { readonly rowKey: string; readonly etag: string; readonly fields: Fields }[] = [];
  let next: string | undefined;
  do {
    const page = await work.list({ partitionKey, limit: pageSize, ...(next !== undefined && { next }) });
    rows.push(...page.rows);
    next = page.next;
  } while (next !== undefined);
  return rows;
}
