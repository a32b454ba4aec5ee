import { describe, expect, it } from '@jest/globals';
import { checks, readFrom, type Read } from '../../powerapps-connectors/checks/checks.ts';
import { connectors } from '../../powerapps-connectors/connectors.ts';
import { filesOf, readFiles } from '../../powerapps-connectors/files.ts';
import { committedFolder } from './committed.ts';
import { faults } from './faults.ts';
import { fixture } from './fixture/connector.ts';

const sound = readFrom(filesOf(fixture));

/** A copy that a fault may spoil. */
function copyOf(read: Read): Read {
  return { ...read, swagger: structuredClone(read.swagger), texts: { ...read.texts }, icon: Uint8Array.from(read.icon) };
}

describe.each(checks)('connector check $number: $title', ({ number, find }) => {
  it('finds nothing in the fixture', () => {
    expect(find(sound)).toEqual([]);
  });

  it.each(connectors.map(({ capability }) => capability))('finds nothing in the committed %s', capability => {
    expect(find(readFrom(readFiles(committedFolder(capability))))).toEqual([]);
  });

  const seeded = faults.filter(fault => fault.check === number);

  it('has a seeded fault', () => {
    expect(seeded).not.toEqual([]);
  });

  it.each(seeded)('finds $name', ({ spoil, says }) => {
    const spoilt = copyOf(sound);
    const found = find(spoil(spoilt) ?? spoilt);
    expect(found.join('\n')).toContain(says);
  });
});
