import { TableClient, odata, type TableEntityResult, type TransactionAction } from '@azure/data-tables';
import { toStorageError, statusOf } from './errors.ts';
import { guardWrites } from './guard.ts';
import { Conflict, type Field, type ListOptions, type Page, type Row, type StoredRow, type TableStore, type Write } from './store.ts';

/** The Table service behind the port of `store.ts`. One client a table, shared by all requests: connections are kept alive. */
export function azureTable(client: TableClient): TableStore {
  return {
    async get(partitionKey, rowKey) {
      try {
        return stored(await client.getEntity(partitionKey, rowKey));
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw toStorageError(error);
      }
    },
    async transact(writes) {
      guardWrites(writes);
      try {
        await client.submitTransaction(writes.map(toAction));
      } catch (error) {
        // A row to change that is gone. An insert finds no 404 but that of a missing table, which must not pass for a row that is there.
        throw statusOf(error) === 404 && writes.some(write => write.do !== 'insert') ? new Conflict('storage answered 404') : toStorageError(error);
      }
    },
    list: options => listPage(client, options),
  };
}

async function listPage(client: TableClient, options: ListOptions): Promise<Page> {
  const filters = [
    options.partitionKey === undefined ? '' : odata`PartitionKey eq ${options.partitionKey}`,
    options.from === undefined ? '' : odata`RowKey ge ${options.from}`,
    options.after === undefined ? '' : odata`RowKey gt ${options.after}`,
    options.below === undefined ? '' : odata`RowKey lt ${options.below}`,
  ].filter(Boolean);
  const pages = client
    .listEntities(filters.length ? { queryOptions: { filter: filters.join(' and ') } } : {})
    .byPage({ maxPageSize: options.limit, ...(options.next !== undefined && { continuationToken: options.next }) });
  try {
    for await (const page of pages) {
      return { rows: page.map(stored), ...(page.continuationToken !== undefined && { next: page.continuationToken }) };
    }
    return { rows: [] };
  } catch (error) {
    throw toStorageError(error);
  }
}

function toAction(write: Write): TransactionAction {
  switch (write.do) {
    case 'insert': return ['create', entity(write.row)];
    case 'update': return ['update', entity(write.row), 'Replace', { etag: write.etag }];
    case 'delete': return ['delete', { partitionKey: write.partitionKey, rowKey: write.rowKey, etag: write.etag }];
  }
}

/** Numbers are stored as doubles, so that 1 and 1.5 have one type in Azure and in Azurite. */
function entity(row: Row): { partitionKey: string; rowKey: string; [field: string]: unknown } {
  const fields = Object.entries(row.fields).map(([name, value]): [string, unknown] => [name, typeof value === 'number' ? { value: String(value), type: 'Double' } : value]);
  return { ...Object.fromEntries(fields), partitionKey: row.partitionKey, rowKey: row.rowKey };
}

function stored(result: TableEntityResult<Record<string, unknown>>): StoredRow {
  const fields: Record<string, Field> = {};
  for (const [name, value] of Object.entries(result)) {
    if (name === 'partitionKey' || name === 'rowKey' || name === 'etag' || name === 'timestamp' || name.startsWith('odata.')) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') fields[name] = value;
  }
  return { partitionKey: result.partitionKey ?? '', rowKey: result.rowKey ?? '', etag: result.etag, fields };
}
