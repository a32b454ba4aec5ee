import { describe, expect, it } from '@jest/globals';
import { detect } from '../../../functions/redaction/detect/detect.ts';
import { memory, nameWords } from '../../../functions/redaction/detect/memory.ts';
import { isNearMiss } from '../../../functions/redaction/detect/spelling.ts';

function sure(text: string, options = {}): string[] {
  return detect(text, options).spans.filter(span => span.action === 'auto').map(span => text.slice(span.start, span.end));
}

describe('document memory', () => {
  it.each([
    ['surname alone', 'Then Orrery left.', 'Orrery'],
    ['possessive', 'It was Orrery’s van.', 'Orrery'],
    ['capitals', 'STATEMENT BY ORRERY.', 'ORRERY'],
    ['given name and surname', 'Then Tamsin Orrery left.', 'Tamsin Orrery'],
    ['surname first', 'Orrery, Tamsin', 'Orrery, Tamsin'],
    ['initial and surname', 'Seen: T Orrery.', 'T Orrery'],
    ['a hyphen part', 'Then Tempest left.', 'Tempest'],
    ['letters misread as digits', 'Then 0rrery left.', '0rrery'],
    ['without marks', 'Then Loïc left, and LOIC.', 'LOIC'],
    ['before its first mention with a title', 'Orrery ran.', 'Orrery'],
  ])('finds %s', (_, text, wanted) => {
    const whole = `${text}\nMs Tamsin Orrery and Mr Loïc Vane-Tempest.\n`;
    expect(sure(whole)).toContain(wanted);
  });

  it('takes whole words only, and not the ordinary word that a name also is', () => {
    const text = 'Suspect: Mark Hunt. May I mark this? Hunting season. Mark it. We saw Hunt, and Mark there. They hunt.';
    expect(sure(text)).toEqual(['Mark Hunt', 'Hunt', 'Mark']);
  });

  it('sends a lower-case surname and a misspelling to a person', () => {
    const text = 'Ms Tamsin Orrery came. then orrery left, and Orery.';
    const { spans } = detect(text);
    expect(spans.filter(span => span.source === 'memory').map(span => [text.slice(span.start, span.end), span.action])).toEqual([['orrery', 'review'], ['Orery', 'review']]);
  });

  it('keeps the role and the type of what it remembers', () => {
    const text = 'Victim: Tamsin Orrery. PC 4321 Holloway came. Later Orrery spoke to Holloway.';
    const later = detect(text).spans.filter(span => span.source === 'memory');
    expect(later.map(span => [span.type, span.role])).toEqual([['PERSON', 'victim'], ['OFFICER', 'officer']]);
  });

  it('goes from one document of a bundle to the next through JSON', () => {
    const first = detect('Victim: Tamsin Orrery, NHS 450 557 7104, passport no. 123456789.');
    const carried = memory.parse(JSON.parse(JSON.stringify(first.memory)));
    const text = 'Orrery showed 123 456 789.';
    expect(sure(text)).toEqual([]);
    expect(sure(text, { memory: carried })).toEqual(['Orrery', '123 456 789']);
  });

  it('finds an identifier again without its label, not within a longer number', () => {
    const text = 'Passport no. 123456789. Ticket: 123-456-789; and 91234567890.';
    expect(sure(text)).toEqual(['123456789', '123-456-789']);
  });

  it('learns from what is sure only', () => {
    expect(detect('a Stonewater Orrery there').memory.names).toEqual([]);
  });

  it('reads the words of a name without titles, ranks, numbers and order', () => {
    expect(nameWords('DC 1234 O’Neill'.replace('’', "'"))).toEqual(['oneill']);
    expect(nameWords('ORRERY, Tamsin J.')).toEqual(['tamsin', 'j', 'orrery']);
    expect(nameWords('Mr T.')).toEqual([]);
  });

  it('counts slips as Damerau does: one from five letters, two from eight', () => {
    expect(isNearMiss('orrery', 'orerry')).toBe(true);
    expect(isNearMiss('orrery', 'oreryr')).toBe(false);
    expect(isNearMiss('marchbanks', 'marhcbanx')).toBe(false);
    expect(isNearMiss('marchbanks', 'marchbonk')).toBe(true);
    expect(isNearMiss('khan', 'kahn')).toBe(false);
  });
});
