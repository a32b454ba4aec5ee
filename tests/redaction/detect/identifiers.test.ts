import { describe, expect, it } from '@jest/globals';
import { detect } from '../../../functions/redaction/detect/detect.ts';
import { isMachineReadableZone } from '../../../functions/redaction/detect/checks/identity.ts';
import { isAsn, isPncId } from '../../../functions/redaction/detect/checks/modulo23.ts';
import { isBech32, isIban } from '../../../functions/redaction/detect/checks/finance.ts';
import { hasVinCheckDigit, isImei } from '../../../functions/redaction/detect/checks/device.ts';
import { isNhsNumber, isUtr, passesLuhn } from '../../../functions/redaction/detect/checks/weighted.ts';
import { disguises, kinds, type Kind } from './identifiers.ts';
import { seeded } from './random.ts';

const perKind = 600;

/** The texts of one kind: each true identifier in some sentence and disguise, and its spoilt twin in the same. */
function cases(kind: Kind): { text: string; start: number; end: number; isTrue: boolean }[] {
  const random = seeded(Array.from(kind.name).reduce((sum, character) => sum * 31 + character.charCodeAt(0), 7));
  return Array.from({ length: perKind }).flatMap((_, i) => {
    const valid = kind.make(random);
    const context = random.pick(kind.contexts);
    const [, disguise] = disguises[kind.isFixed ? 0 : i % disguises.length] ?? ['', (value: string) => value];
    return [[valid, true], [kind.spoil(valid, random), false]].map(([value, isTrue]) => {
      const shown = disguise(String(value));
      const start = context.indexOf('@');
      return { text: context.replace('@', shown), start, end: start + shown.length, isTrue: isTrue === true };
    });
  });
}

describe('identifiers with a check', () => {
  it.each(kinds)('$name: recall at least .995, and a wrong check is never redacted unseen (precision at least .99)', kind => {
    const missed: string[] = [];
    const wrong: string[] = [];
    let found = 0;
    for (const { text, start, end, isTrue } of cases(kind)) {
      const sure = detect(text).spans.filter(span => span.action === 'auto' && span.start < end && span.end > start);
      const isCovered = Array.from({ length: end - start }, (_, i) => start + i)
        .every(at => !/[\p{L}\p{N}]/u.test(text.charAt(at)) || sure.some(span => span.start <= at && at < span.end));
      if (isTrue && isCovered) found++;
      if (isTrue && !isCovered) missed.push(text);
      if (!isTrue && sure.length > 0) wrong.push(`${text} -> ${sure.map(span => span.rule).join(' ')}`);
    }
    expect({ isRecalled: found / perKind >= 0.995, missed: missed.slice(0, 5) }).toEqual({ isRecalled: true, missed: missed.slice(0, 5) });
    expect({ isPrecise: found / (found + wrong.length) >= 0.99, wrong: wrong.slice(0, 5) }).toEqual({ isPrecise: true, wrong: wrong.slice(0, 5) });
  });
});

describe('published examples', () => {
  it('agree with the checks', () => {
    expect(isNhsNumber('943 476 5919')).toBe(true);
    expect(isNhsNumber('450 557 7104')).toBe(true);
    expect(isUtr('1123456789')).toBe(true);
    expect(passesLuhn('4111 1111 1111 1111')).toBe(true);
    expect(isImei('49-015420-323751-8')).toBe(true);
    expect(isIban('GB82 WEST 1234 5698 7654 32')).toBe(true);
    expect(isBech32('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4')).toBe(true);
    expect(isBech32('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5')).toBe(false);
    expect(hasVinCheckDigit('1M8GDM9AXKP042788')).toBe(true);
    expect(isPncId('2001/0171310W')).toBe(true);
    expect(isAsn('1101ZD0100000448754K')).toBe(true);
  });

  it('agree for machine-readable zones (ICAO Doc 9303 parts 4, 5 and 6)', () => {
    expect(isMachineReadableZone('P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10')).toBe(true);
    expect(isMachineReadableZone('I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<')).toBe(true);
    expect(isMachineReadableZone('I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6')).toBe(true);
    expect(isMachineReadableZone('I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<7')).toBe(false);
  });
});
