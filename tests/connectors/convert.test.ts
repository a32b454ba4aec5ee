import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { convert } from '../../powerapps-connectors/convert.ts';

const place = { operationId: 'DoIt', part: 'body' } as const;
const inside = (field: z.ZodType) => convert(z.strictObject({ field }), place).root.properties?.['field'];

describe('zod to Swagger 2.0: what has no place is refused by name (spec 1.5)', () => {
  it.each([
    ['a union', z.union([z.string(), z.number()]), 'DoIt body.field: union'],
    ['a discriminated union', z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]), 'DoIt body.field: union'],
    ['a nullable', z.string().nullable(), 'DoIt body.field: nullable'],
    ['unknown', z.unknown(), 'DoIt body.field: unknown'],
    ['any', z.any(), 'DoIt body.field: any'],
    ['a record', z.record(z.string(), z.string()), 'DoIt body.field: record'],
    ['a loose object', z.looseObject({ a: z.string() }), 'DoIt body.field.additionalProperties: unknown'],
    ['a catch-all', z.object({ a: z.string() }).catchall(z.string()), 'DoIt body.field: loose objects'],
    ['a transform', z.string().transform(text => text.length), 'DoIt body.field: '],
    ['a preprocess', z.preprocess(value => value, z.string()), 'DoIt body.field: '],
    ['a codec', z.stringbool(), 'DoIt body.field: '],
    ['a tuple', z.tuple([z.string()]), 'DoIt body.field: tuple'],
    ['a date object', z.date(), 'DoIt body.field: date'],
    ['a bigint', z.bigint(), 'DoIt body.field: bigint'],
    ['null', z.null(), 'DoIt body.field: null'],
    ['never', z.never(), 'DoIt body.field: never'],
    ['a catch', z.string().catch('x'), 'DoIt body.field: catch'],
    ['an intersection', z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })), 'DoIt body.field: intersection'],
    ['a map', z.map(z.string(), z.string()), 'DoIt body.field: map'],
    ['a coerced body value', z.coerce.number(), 'DoIt body.field: z.coerce'],
  ])('%s', (_name, schema, message) => {
    expect(() => inside(schema)).toThrow(message);
  });

  it('names the path down to an item of a list, on replies too', () => {
    const reply = z.strictObject({ rows: z.array(z.strictObject({ note: z.string().nullable() })) });
    expect(() => convert(reply, { operationId: 'DoIt', part: 'reply' })).toThrow('DoIt reply.rows[].note: nullable');
  });

  it('names the definition when the fault is inside a shared schema', () => {
    const shared = z.strictObject({ x: z.unknown() }).meta({ id: 'RefusedShared' });
    expect(() => convert(z.strictObject({ shared }), place)).toThrow('x: unknown');
  });
});

describe('zod to Swagger 2.0: what is kept, dropped and changed (spec 1.5)', () => {
  it.each([
    ['safe-integer bounds are dropped', z.int(), { type: 'integer' }],
    ['own bounds stay', z.int().min(1).max(5), { type: 'integer', minimum: 1, maximum: 5 }],
    ['exclusive bounds are flags', z.number().gt(0).lt(2), { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: true }],
    ['uuid keeps the format without the pattern', z.uuid(), { type: 'string', format: 'uuid' }],
    ['date-time likewise', z.iso.datetime(), { type: 'string', format: 'date-time' }],
    ['date likewise', z.iso.date(), { type: 'string', format: 'date' }],
    ['email likewise', z.email(), { type: 'string', format: 'email' }],
    ['base64 is byte', z.base64(), { type: 'string', format: 'byte' }],
    ['a format that the platform does not know leaves its pattern', z.ulid(), { type: 'string', pattern: '^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$' }],
    ['a short pattern stays', z.string().regex(/^[A-Z]\d+$/), { type: 'string', pattern: '^[A-Z]\\d+$' }],
    ['a long pattern goes', z.string().regex(new RegExp(`^(${'a'.repeat(200)})$`)), { type: 'string' }],
    ['two patterns go', z.string().regex(/a/).regex(/b/), { type: 'string' }],
    ['trimming is no transform', z.string().trim().min(1), { type: 'string', minLength: 1 }],
    ['the first of several examples', z.string().meta({ examples: ['one', 'two'] }), { type: 'string', example: 'one' }],
    ['readonly is a matter of TypeScript', z.array(z.string()).readonly(), { type: 'array', items: { type: 'string' } }],
    ['a literal is an enumeration of one', z.literal('a'), { type: 'string', enum: ['a'] }],
  ])('%s', (_name, schema, expected) => {
    expect(inside(schema)).toEqual({ 'x-ms-summary': 'Field', ...expected });
  });

  it('passes x-ms-* through, and the given summary wins over the name', () => {
    expect(inside(z.string().meta({ 'x-ms-summary': 'Given', 'x-ms-visibility': 'advanced' }))).toEqual({ type: 'string', 'x-ms-summary': 'Given', 'x-ms-visibility': 'advanced' });
  });

  it('leaves nothing beside a reference to a shared schema', () => {
    const shared = z.strictObject({ a: z.string() }).meta({ id: 'KeptShared', description: 'Shared.' });
    const { root, definitions } = convert(z.strictObject({ one: shared.optional().meta({ description: 'mine' }), many: z.array(shared) }), place);
    expect(root.properties).toEqual({ one: { $ref: '#/definitions/KeptShared' }, many: { type: 'array', 'x-ms-summary': 'Many', items: { $ref: '#/definitions/KeptShared' } } });
    expect(definitions).toEqual({ KeptShared: { type: 'object', 'x-ms-summary': 'Kept Shared', description: 'Shared.', required: ['a'], properties: { a: { type: 'string', 'x-ms-summary': 'A' } } } });
  });

  it('a value with a default may be left out of a request, and is always in a reply', () => {
    const schema = z.strictObject({ top: z.int().default(20) });
    expect(convert(schema, place).root.required).toBeUndefined();
    expect(convert(schema, { operationId: 'DoIt', part: 'reply' }).root.required).toEqual(['top']);
  });

  it('coerces in query values only', () => {
    expect(convert(z.strictObject({ top: z.coerce.number().int() }), { operationId: 'DoIt', part: 'query' }).root.properties?.['top']).toEqual({ type: 'integer', 'x-ms-summary': 'Top' });
  });
});
