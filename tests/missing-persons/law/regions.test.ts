import { describe, expect, it } from '@jest/globals';
import { Desk, type Name } from './desk.ts';
import { confirmed, openCase } from './support.ts';

const start = '2026-11-24T09:00:00.000Z';
const child = { age: '14', givenName: 'Ella', familyName: 'Example', informantName: 'Pat Example', informantPhone: '01632 960002' };
const guid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function highCase(): Desk {
  const desk = new Desk(start);
  openCase(desk, { form: child, level: 'HIGH', factors: ['SUICIDE_INTENT'] });
  confirmed(desk, 'HIGH', 'ivan');
  return desk;
}

const sighting = { do: 'AddSighting', from: '2026-11-24T09:10:00Z', place: 'Sample Street', source: 'Shop assistant', reliability: 'UNTESTED', match: 4 } as const;

describe('sightings under the law', () => {
  it('S05: a sighting is new information that a reduction cites by its id', () => {
    const desk = new Desk(start);
    openCase(desk, { level: 'HIGH', form: child });
    confirmed(desk, 'HIGH', 'ivan');
    desk.to('2026-11-24T09:20:00.000Z');
    desk.must(sighting, 'oscar');
    const [id] = desk.record.information.filter(item => item.kind === 'SIGHTING').map(item => item.id);
    const reduce = { do: 'ProposeReduce', to: 'MEDIUM', rationale: 'Seen on her own at the shop, calm and well, buying bread as usual.' } as const;
    expect(desk.act({ ...reduce, informationIds: ['sighting-none'] }, 'oscar')).toBe('NO_NEW_INFORMATION');
    desk.must({ ...reduce, informationIds: [id ?? ''] }, 'oscar');
    expect(desk.act({ do: 'ApproveReduce' }, 'oscar')).not.toBe('accepted');
    expect(desk.level).toBe('HIGH');
    desk.must({ do: 'ApproveReduce' }, 'suki');
    expect(desk.level).toBe('MEDIUM');
  });

  it('3.8: an unassessed sighting goes up after 15 minutes at HIGH and again each hour until it is assessed', () => {
    const desk = highCase();
    desk.to('2026-11-24T09:20:00.000Z');
    desk.must(sighting, 'cora');
    const told = () => desk.facts.filter(fact => fact.what === 'ReminderGiven' && fact.about?.['what'] === 'SIGHTING_UNASSESSED').map(fact => fact.at);
    desk.to('2026-11-24T10:40:00.000Z');
    expect(told()).toEqual(['2026-11-24T09:35:00.000Z', '2026-11-24T10:35:00.000Z']);
    const page = desk.record.pages.find(item => item.title === 'A sighting has not been assessed');
    expect(page?.to).toEqual(['sita', 'ivan']);
    const [id = ''] = desk.record.regions?.sightings?.map(item => item.id) ?? [];
    expect(desk.record.triggers.some(({ trigger }) => trigger === 'CREDIBLE_SIGHTING')).toBe(false);
    desk.must({ do: 'AssessSighting', sightingId: id, credible: 'YES', action: 'Unit sent', reason: 'Coat and hair fit' }, 'oscar');
    expect(desk.task('X19')).toMatchObject({ instance: id, dueAt: '2026-11-24T10:55:00.000Z', state: 'TODO' });
    expect(desk.record.pages.filter(item => item.about.includes(id) && (item.status === 'due' || item.status === 'shown'))).toEqual([]);
    desk.to('2026-11-24T12:00:00.000Z');
    expect(told()).toHaveLength(2);
  });

  it('S09: sightings and information of an offline device are appended in the order of the server, with the time of the device beside them', () => {
    const desk = highCase();
    desk.to('2026-11-24T09:40:00.000Z');
    desk.must({ ...sighting, clientAt: '2026-11-24T09:15:00.000Z' }, 'oscar');
    desk.must({ do: 'AddInformation', text: 'A friend rang.', isRestricted: true, clientAt: '2026-11-24T09:05:00.000Z' }, 'abby');
    desk.must({ ...sighting, place: 'Other Street' }, 'abby');
    expect(desk.record.information.map(item => [item.kind, item.at, item.clientReportedAt])).toEqual([
      ['SIGHTING', '2026-11-24T09:40:00.000Z', '2026-11-24T09:15:00.000Z'], ['INFORMATION', '2026-11-24T09:40:00.000Z', '2026-11-24T09:05:00.000Z'], ['SIGHTING', '2026-11-24T09:40:00.000Z', undefined],
    ]);
    expect(new Set(desk.record.regions?.sightings?.map(item => item.id)).size).toBe(2);
  });
});

const form = { summary: 'Missing since the morning, home searched', risks: 'Self-harm', outstanding: ['CCTV of the station'], familyContactAt: '2026-11-24T12:00:00Z' };
const offer = { do: 'OfferHandover', userId: 'oscar', role: 'OIC', ...form } as const;

describe('handover under the law (I2)', () => {
  it('lapses after 10 minutes at HIGH: the sender owned throughout, and is paged with the inspector', () => {
    const desk = highCase();
    expect(desk.act({ ...offer, risks: ' ' }, 'fred')).toBe('EVIDENCE_MISSING');
    expect(desk.act(offer, 'sita')).toBe('ROLE_DENIED');
    desk.must(offer, 'fred');
    expect(desk.record.pages.find(item => item.kind === 'HANDOVER')).toMatchObject({ to: ['oscar'], status: 'due', dueAt: '2026-11-24T09:10:00.000Z' });
    desk.to('2026-11-24T09:11:00.000Z');
    expect(desk.record.owner.userId).toBe('fred');
    expect(desk.act({ do: 'AcceptHandover' }, 'oscar')).toBe('TRANSITION_NOT_ALLOWED');
    expect(desk.record.pages.filter(item => item.title.includes('handover')).flatMap(item => item.to).sort()).toEqual(['fred', 'ivan', 'oscar'].filter(name => name !== 'oscar'));
    expect(desk.record.pages.find(item => item.kind === 'HANDOVER')?.status).toBe('closed');
  });

  it('of a confidential case goes to somebody who may open it', () => {
    const desk = highCase();
    desk.must({ do: 'SetAccess', tier: 'CONFIDENTIAL', userIds: ['fred'], reason: 'A relative of an officer' }, 'ivan');
    expect(desk.act(offer, 'fred')).toBe('GUARD_UNMET');
    desk.must({ do: 'SetAccess', tier: 'CONFIDENTIAL', userIds: ['fred', 'oscar'], reason: 'He takes the case over' }, 'ivan');
    desk.must(offer, 'fred');
  });

  it('is taken: one owner from that instant, who has acknowledged by it', () => {
    const desk = highCase();
    desk.must(offer, 'fred');
    desk.to('2026-11-24T09:05:00.000Z');
    expect(desk.act({ do: 'AcceptHandover' }, 'abby')).toBe('ROLE_DENIED');
    desk.must({ do: 'AcceptHandover' }, 'oscar');
    expect(desk.record.owner).toEqual({ userId: 'oscar', role: 'OIC', since: desk.now, acknowledgedAt: desk.now });
    expect(desk.record.tasks.filter(task => task.templateId === 'A01' && task.state === 'TODO')).toEqual([]);
    const tenures = desk.record.regions?.ownership?.tenures ?? [];
    expect(tenures.map(({ userId, from, how }) => [userId, from, how])).toEqual([['fred', start, 'OPENED'], ['oscar', desk.now, 'HANDOVER']]);
  });

  it('an assignment overtakes an offer and is a tenure of its own', () => {
    const desk = highCase();
    desk.must(offer, 'fred');
    desk.must({ do: 'AssignOwner', userId: guid(7), role: 'OIC', reason: 'End of the shift' }, 'ivan');
    expect(desk.record.pages.find(item => item.kind === 'HANDOVER')?.status).toBe('closed');
    expect(desk.record.regions?.ownership?.handovers.map(item => item.outcome)).toEqual(['OVERTAKEN']);
    expect(desk.record.pages.find(item => item.kind === 'HANDOVER')?.status).toBe('closed');
    expect(desk.act({ do: 'AcceptHandover' }, 'oscar')).toBe('TRANSITION_NOT_ALLOWED');
    expect(desk.record.regions?.ownership?.tenures.at(-1)).toMatchObject({ userId: guid(7), how: 'ASSIGNED' });
  });
});

describe('S13 transfer to another force', () => {
  const letter = (desk: Desk): string => {
    desk.must({ do: 'AddInformation', text: 'Written acknowledgement', isRestricted: true, clientAt: undefined }, 'ivan');
    return desk.record.information.at(-1)?.id ?? '';
  };
  const to = { do: 'OfferTransfer', toForce: 'Merseyside', reason: 'She lives and is known there', initialActionsDone: true } as const;

  it('ours until the written acknowledgement, then theirs, later ours again, with the first clock throughout', () => {
    const desk = highCase();
    desk.to('2026-11-24T12:00:00.000Z');
    expect(desk.act({ ...to, initialActionsDone: false }, 'ivan')).toBe('GUARD_UNMET');
    expect(desk.facts.at(-1)).toMatchObject({ what: 'CommandRefused', about: { command: 'OfferTransfer', code: 'GUARD_UNMET' } });
    desk.must(to, 'ivan');
    expect(desk.task('X18')).toMatchObject({ dueAt: '2026-11-24T13:00:00.000Z', state: 'TODO' });
    desk.to('2026-11-24T13:30:00.000Z');
    expect(desk.task('X18').escalations.map(({ step }) => step)).toContain('DUE');
    expect(desk.record.owner.userId).toBe('fred');
    expect(desk.act(to, 'ivan')).toBe('TRANSFER_PENDING');
    expect(desk.act({ do: 'ProposeCancel', kind: 'DUPLICATE', reason: 'The same person', mergedInto: 'MP/CHS/2026/000009' }, 'ivan')).toBe('TRANSFER_PENDING');
    expect(desk.act({ do: 'TransferOut', toForce: 'Lancashire', theirRef: 'L-1', namedOwner: 'insp-1', acknowledgementId: 'info-1' }, 'ivan')).toBe('TRANSFER_PENDING');
    const ack = { do: 'AckTransfer', theirOwner: 'insp-1234', theirRole: 'INSP', theirRef: 'MP/MER/2026/000001' } as const;
    expect(desk.act({ ...ack, acknowledgementId: 'info-none' }, 'ivan')).toBe('EVIDENCE_MISSING');
    desk.must({ ...ack, acknowledgementId: letter(desk) }, 'ivan');
    expect(desk.state).toBe('TRANSFERRED_OUT');
    expect(desk.record.regions?.ownership?.tenures.at(-1)).toMatchObject({ userId: 'insp-1234', force: 'Merseyside', how: 'TRANSFER' });
    expect(desk.task('X18').state).toBe('CANCELLED');
    expect(desk.task('C23')).toMatchObject({ state: 'TODO' });
    expect(desk.act({ do: 'ApproveClose' }, 'ida')).not.toBe('accepted');
    desk.to('2026-11-25T08:00:00.000Z');
    desk.must({ do: 'ReturnTransfer', userId: guid(9), role: 'OIC', reason: 'Seen again in Chester' }, 'ivan');
    expect(desk.state).toBe('ACTIVE');
    expect(desk.record.owner).toMatchObject({ userId: guid(9), since: desk.now });
    expect(desk.record.clocks.reported).toBe(start);
    const tenures = desk.record.regions?.ownership?.tenures ?? [];
    expect(tenures.map(({ force }) => force)).toEqual(['CHS', 'Merseyside', 'CHS']);
    expect(tenures.every(({ from }, n) => n === 0 || from >= (tenures[n - 1]?.from ?? ''))).toBe(true);
    expect(desk.record.tasks.filter(task => task.templateId === 'H09').at(-1)).toMatchObject({ state: 'TODO', hardDueAt: '2026-11-27T09:00:00.000Z' });
    expect(desk.record.tasks.filter(task => (task.templateId === 'C23' || task.templateId === 'X18') && task.state === 'TODO')).toEqual([]);
  });

  it('is refused: ours as before, and a new offer makes a task of its own', () => {
    const desk = highCase();
    desk.must(to, 'ivan');
    desk.must({ do: 'RefuseTransfer', reason: 'She is not known there' }, 'ivan');
    expect([desk.state, desk.task('X18').state, desk.record.owner.userId]).toEqual(['ACTIVE', 'CANCELLED', 'fred']);
    desk.must(to, 'ivan');
    expect(desk.record.tasks.filter(task => task.templateId === 'X18').map(task => task.state)).toEqual(['CANCELLED', 'TODO']);
  });

  it('is for an inspector, and only while the person is missing', () => {
    const desk = highCase();
    for (const by of ['oscar', 'sita'] satisfies Name[]) expect(desk.act(to, by)).toBe('ROLE_DENIED');
    desk.must({ do: 'ReportLocated', reportedBy: 'Her aunt', at: desk.now, place: 'Aunt', how: 'By telephone' }, 'cora');
    expect(desk.act(to, 'ivan')).toBe('TRANSITION_NOT_ALLOWED');
  });
});
