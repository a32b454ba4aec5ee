import { QueueServiceClient } from '@azure/storage-queue';
import { describe, expect, it, jest } from '@jest/globals';
import { guardWrites } from '../../../shared/azure/guard.ts';
import { memoryTable } from '../../../shared/azure/memory.ts';
import { azureQueue } from '../../../shared/azure/queue.ts';
import type { Row, Write } from '../../../shared/azure/store.ts';
import { pack, packedJson } from '../../../shared/case/rows.ts';

const row = (fields: Row['fields'], rowKey = 'row', partitionKey = 'case'): Write => ({ do: 'insert', row: { partitionKey, rowKey, fields } });
const tooLarge = expect.objectContaining({ name: 'TooLarge' });

/** F14: Azure refuses what Azurite takes, so our own guard stands before both, a little under the walls of the service. */
describe('F14 size walls', () => {
  it('a property: 32,000 characters pass, one more does not (the service: 32,768)', () => {
    expect(() => guardWrites([row({ text: 'x'.repeat(32_000) })])).not.toThrow();
    expect(() => guardWrites([row({ text: 'x'.repeat(32_001) })])).toThrow(tooLarge);
  });

  it('a row: under 900,000 bytes of UTF-16 pass (the service: 1 MiB)', () => {
    const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, 'x'.repeat(32_000)]));
    expect(() => guardWrites([row(fields(14))])).not.toThrow();
    expect(() => guardWrites([row(fields(15))])).toThrow(tooLarge);
  });

  it('a row: 240 fields pass (the service: 252 beside its own)', () => {
    const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, n]));
    expect(() => guardWrites([row(fields(240))])).not.toThrow();
    expect(() => guardWrites([row(fields(241))])).toThrow(tooLarge);
  });

  it('a transaction: 90 rows and 3.5 MB pass (the service: 100 and 4 MiB as sent)', () => {
    const rows = (count: number, size: number, letter = 'x') => Array.from({ length: count }, (_, n) => row({ text: letter.repeat(size) }, `row-${n}`));
    expect(() => guardWrites(rows(90, 10))).not.toThrow();
    expect(() => guardWrites(rows(91, 10))).toThrow(tooLarge);
    expect(() => guardWrites(rows(54, 32_000))).not.toThrow();
    expect(() => guardWrites(rows(55, 32_000))).toThrow(tooLarge);
    // Three bytes each in UTF-8, two in UTF-16: the request is the tighter wall.
    expect(() => guardWrites(rows(40, 32_000, '\u4e00'))).toThrow(tooLarge);
  });

  it('a transaction: one partition, each row once, and keys that the service takes', () => {
    expect(() => guardWrites([row({}), row({})])).toThrow(RangeError);
    expect(() => guardWrites([row({}), row({}, 'other', 'another case')])).toThrow(RangeError);
    expect(() => guardWrites([])).toThrow(RangeError);
    for (const key of ['a/b', 'a\\b', 'a#b', 'a?b', 'a\tb', 'a\u0085b', 'x'.repeat(513)]) {
      expect(() => guardWrites([row({}, key)])).toThrow(RangeError);
      expect(() => guardWrites([row({}, 'row', key)])).toThrow(RangeError);
    }
    expect(() => guardWrites([row({}, 'op|A-z_09|2026-11-24T09:00:00.000Z')])).not.toThrow();
  });

  it('the double refuses as the service does', async () => {
    await expect(memoryTable().transact([row({ text: 'x'.repeat(32_001) })])).rejects.toMatchObject({ name: 'TooLarge' });
  });

  it('a queue message: 48 KiB of JSON pass, one more byte does not (the service: 64 KiB of base64)', async () => {
    const sent: string[] = [];
    const service = QueueServiceClient.fromConnectionString('UseDevelopmentStorage=true');
    const client = service.getQueueClient('q');
    jest.spyOn(service, 'getQueueClient').mockReturnValue(client);
    jest.spyOn(client, 'sendMessage').mockImplementation(text => {
      sent.push(text);
      return Promise.reject(new Error('no service here'));
    });
    const queue = azureQueue(service);
    const message = (bytes: number) => ({ text: 'x'.repeat(bytes - JSON.stringify({ text: '' }).length) });
    await expect(queue.send('q', message(48 * 1024), 0)).rejects.toMatchObject({ name: 'Unavailable' });
    await expect(queue.send('q', message(48 * 1024 + 1), 0)).rejects.toMatchObject({ name: 'TooLarge' });
    expect(sent.map(text => text.length)).toEqual([64 * 1024]);
  });
});

describe('packing', () => {
  it('gives back what went in, and cuts no pair of surrogates in two', () => {
    for (const shift of [0, 1, 2, 3]) {
      const value = { text: `${'x'.repeat(shift)}${'\u{1F600}'.repeat(50_000)}` };
      const fields = pack(value);
      for (const part of Object.values(fields)) expect(String(part).isWellFormed()).toBe(true);
      expect(JSON.parse(packedJson({ partitionKey: '', rowKey: '', fields }))).toEqual(value);
    }
  });
});
