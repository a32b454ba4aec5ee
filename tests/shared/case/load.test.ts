import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { pack, unpackOwn } from '../../../shared/case/rows.ts';

const schema = z.strictObject({ kind: z.literal('box'), lid: z.string() });
const stored = (value: object) => ({ partitionKey: 'case', rowKey: 'state', etag: '"1"', fields: pack(value) });

describe('a case is loaded by its own room', () => {
  it('a row of another kind is none of ours, so the id of a case of another room is no id here', () => {
    expect(unpackOwn(stored({ kind: 'box', lid: 'on' }), schema)).toEqual({ kind: 'box', lid: 'on' });
    expect(unpackOwn(stored({ kind: 'jar', coins: [] }), schema)).toBeUndefined();
  });

  it('a row of our own that is not what we wrote stops us', () => {
    expect(() => unpackOwn(stored({ kind: 'box', lid: 3 }), schema)).toThrow(z.ZodError);
  });
});
