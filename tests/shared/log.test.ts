import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { createLog } from '../../shared/log.ts';
import { problem } from '../../shared/http/problem.ts';

function memory(minimum: 'debug' | 'info' | 'error' = 'debug') {
  const lines: string[] = [];
  const log = createLog({ write: (_level, line) => { lines.push(line); }, now: () => new Date('2026-11-24T12:00:00Z'), minimum });
  const row = (n = 0) => z.record(z.string(), z.unknown()).parse(JSON.parse(lines[n] ?? ''));
  return { log, lines, row };
}

describe('log', () => {
  it('writes one JSON line with a UTC time, a level and the fields', () => {
    const { log, row } = memory();
    log.with({ traceId: 't1' }).warn('swept', { count: 3, isRetry: true });
    expect(row()).toEqual({ at: '2026-11-24T12:00:00.000Z', level: 'warning', kind: 'app', event: 'swept', traceId: 't1', count: 3, isRetry: true });
  });

  it('drops and counts what is not on the list, or of another type', () => {
    const { log, row } = memory();
    const wide = { caseId: 'c1', subject: 'CANARY', address: { line: 'CANARY' }, __proto__: { caller: 'x' } };
    log.info('e', wide);
    expect(row()).toMatchObject({ caseId: 'c1', dropped: 2 });
    expect(JSON.stringify(row())).not.toContain('CANARY');
    const wrong: object = { count: 'CANARY', caseId: { CANARY: 1 }, isFinal: 1, durationMs: Number.NaN };
    log.info('e', wrong);
    expect(row(1)).toMatchObject({ dropped: 4 });
    expect(JSON.stringify(row(1))).not.toContain('CANARY');
  });

  it('cuts long text', () => {
    const { log, row } = memory();
    log.info('e', { reason: 'x'.repeat(10_000) });
    expect(String(row()['reason'])).toHaveLength(203);
  });

  it('keeps any text on one line without a control or a reordering character', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('\n', '\r\n', '\u2028', '\u202e', '\u0085', '\u001b[2J'), (text, hostile) => {
      const { log, lines, row } = memory();
      const value = text.slice(0, 80) + hostile;
      log.info('e', { reason: value });
      // eslint-disable-next-line no-control-regex -- the absence of control characters is what is proved
      expect(lines[0]).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/);
      expect(row()['reason']).toBe(value.toWellFormed() === value ? value : expect.any(String));
    }));
  });

  it('keeps name, code and frames of an error, and the message of our own classes only', () => {
    const { log, lines, row } = memory();
    const cause = Object.assign(new RangeError('CANARY of Pat Sample\n    at CANARY (x.ts:1:1)'), { code: 'E_RANGE', extra: 'CANARY' });
    log.error('e', {}, new Error('CANARY', { cause }));
    expect(row()['error']).toMatchObject({ name: 'Error', cause: { name: 'RangeError', code: 'E_RANGE' } });
    expect(lines[0]).not.toContain('CANARY');
    expect(lines[0]).toContain('log.test.ts');
    log.error('e', {}, problem('not-found', 'No such case.'));
    expect(row(1)['error']).toMatchObject({ name: 'ProblemError', message: 'not-found' });
    log.error('e', {}, 'CANARY');
    expect(row(2)['error']).toEqual({ name: 'string' });
  });

  it('ends a ring of causes', () => {
    const { log, row } = memory();
    const error = new Error('a');
    error.cause = error;
    log.error('e', {}, error);
    expect(JSON.stringify(row()).match(/"cause"/g)).toHaveLength(3);
  });

  it('marks security rows, and leaves out what is below its level', () => {
    const { log, lines, row } = memory('error');
    log.info('e');
    log.security('token-refused', { reason: 'claim-aud' });
    expect(lines).toHaveLength(1);
    expect(row()).toMatchObject({ kind: 'security', event: 'token-refused', reason: 'claim-aud' });
  });
});
