import { TooLarge, type Row, type Write } from './store.ts';

/** Limits of the Table service that Azurite does not enforce (storage-protocol 11); ours lie a little under Azure's. */
const entityBytes = 900_000;
const propertyChars = 32_000;
/** Azure takes 252 beside the keys and the timestamp. */
const rowFields = 240;
const transactionRows = 90;
const transactionBytes = 3_500_000;
// Azure refuses these in keys, and so do we: / \ # ? and control characters.
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const badKey = /[/\\#?\u0000-\u001f\u007f-\u009f]/;

/** @throws TooLarge over a size limit, RangeError for a key that Azure would refuse (a fault of ours, not of the caller). */
export function guardWrites(writes: readonly Write[]): void {
  if (writes.length > transactionRows) throw new TooLarge(`${writes.length} rows in one transaction, ${transactionRows} are allowed`);
  const partitions = new Set(writes.map(write => keyOf(write).partitionKey));
  if (partitions.size !== 1) throw new RangeError('a transaction stays in one partition');
  if (new Set(writes.map(write => keyOf(write).rowKey)).size !== writes.length) throw new RangeError('a transaction names a row once');
  let bytes = 0;
  for (const write of writes) {
    const { partitionKey, rowKey } = keyOf(write);
    if (badKey.test(partitionKey) || badKey.test(rowKey) || partitionKey.length > 512 || rowKey.length > 512) throw new RangeError('a key that Azure Table refuses');
    if (write.do !== 'delete') bytes += guardRow(write.row);
  }
  if (bytes > transactionBytes) throw new TooLarge('the transaction is over 3.5 MB');
}

/** The bytes it takes in a transaction: the service counts a row in UTF-16, and a request as it is sent, which is JSON in UTF-8. */
function guardRow(row: Row): number {
  if (Object.keys(row.fields).length > rowFields) throw new TooLarge(`row ${row.rowKey} has over ${rowFields} fields`);
  let bytes = 200;
  for (const [name, value] of Object.entries(row.fields)) {
    if (typeof value === 'string' && value.length > propertyChars) throw new TooLarge(`property ${name} is over ${propertyChars} characters`);
    bytes += 2 * (name.length + String(value).length) + 8;
  }
  if (bytes > entityBytes) throw new TooLarge(`row ${row.rowKey} is over ${entityBytes} bytes`);
  return Math.max(bytes, 1_000 + Buffer.byteLength(JSON.stringify(row.fields)));
}

function keyOf(write: Write): { partitionKey: string; rowKey: string } {
  return write.do === 'delete' ? write : write.row;
}
