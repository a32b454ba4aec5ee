import { describe, expect, it, test } from '@jest/globals';
import { card, doneCard, expiredCard, isCardTask, refusalReasons } from '../../../functions/goodsam/card.ts';
import { cardKind } from '../../../functions/goodsam/rules/terms.ts';
import { workRules } from '../../../functions/goodsam/rules/work.ts';
import { cardMaxBytes } from '../../../shared/domain/card.ts';
import { rendererFaults } from './renderer.ts';
import { samples, viewOf } from './samples.ts';
import { teamsSchemaFaults } from './teamsSchema.ts';

const approval = card('AUTH_NEEDED', viewOf('CCTV'));

describe('both validators (power-platform-and-teams.md 4.2)', () => {
  test('the Teams SDK takes every card and refuses broken ones', () => {
    const broken = [
      { ...approval, body: [{ type: 'TextBloc', text: 'x' }] },
      { ...approval, body: [{ type: 'TextBlock', text: 'x', size: 'Gigantic' }] },
      { ...approval, body: [{ type: 'TextBlock', text: 'x', colour: 'red' }] },
      { ...approval, actions: [{ type: 'Action.Execute', verb: 'v', associatedInputs: 'some' }] },
    ];
    const found = teamsSchemaFaults([...samples.map(({ made }) => made), ...broken]);
    expect(samples.flatMap(({ name }, index) => (found[index] ?? []).map(fault => `${name}: ${fault}`))).toEqual([]);
    expect(found.slice(samples.length).map(faults => faults.length > 0)).toEqual(broken.map(() => true));
  });

  test('the renderer of 1.5 takes every card', () => {
    expect(samples.flatMap(({ name, made }) => rendererFaults(made).map(fault => `${name}: ${fault}`))).toEqual([]);
  });

  test.each([
    ['an input without an id', { ...approval, body: [{ type: 'Input.Text', label: 'Reason' }] }],
    ['an element that 1.5 does not have', { ...approval, body: [{ type: 'Carousel', pages: [] }] }],
    ['a required input without a message', { ...approval, body: [{ type: 'Input.ChoiceSet', id: 'reason', isRequired: true, choices: [{ title: 'a' }] }] }],
  ])('the renderer refuses %s', (_what, made) => {
    expect(rendererFaults(made)).not.toEqual([]);
  });
});

describe('what a card holds (goodsam.md 19, 21.11, 21.35)', () => {
  test('every card is far under the limit, and the limit is ours', () => {
    expect(cardMaxBytes).toBe(20_000);
    expect(Math.max(...samples.map(({ made }) => Buffer.byteLength(JSON.stringify(made))))).toBeLessThan(cardMaxBytes / 4);
  });

  test.each(samples.map(({ name, made, area }) => [name, made, area] as const))('%s says what it is about in its first words, with the short id', (_name, made, area) => {
    const [first] = made.body;
    expect(first).toMatchObject({ type: 'TextBlock', text: expect.stringContaining('GS-7K3M-9QXT') });
    expect(made).toMatchObject({ version: '1.5', fallbackText: first?.type === 'TextBlock' ? first.text : '' });
    expect(made.actions?.filter(({ type }) => type === 'Action.OpenUrl')).toMatchObject([{ url: viewOf(area).deepLink }]);
  });

  test.each(['DA', 'SOM', 'SOCU'] as const)('%s is never named', area => {
    const texts = samples.filter(sample => sample.area === area).map(({ made }) => JSON.stringify(made)).join('\n');
    expect(texts).not.toMatch(new RegExp(`\\b${area}\\b|domestic|abuse|offender|organised|crime|victim`, 'i'));
  });

  test('serious and organised crime says one sentence, whatever the kind', () => {
    const bodies = new Set(cardKind.options.map(kind => JSON.stringify(card(kind, viewOf('SOCU')))));
    expect(bodies.size).toBe(1);
    expect(card('AUTH_NEEDED', viewOf('SOCU')).body).toEqual([expect.objectContaining({ text: 'Task GS-7K3M-9QXT needs attention' })]);
  });

  test('a card can hold nothing but its own fields, and none of them are personal', () => {
    const poisoned = { ...viewOf('FCC'), name: 'Pat Example', phone: '+447700900123', viewerUrl: 'https://viewer.example/x', offence: 'burglary' };
    for (const kind of cardKind.options) expect(JSON.stringify(card(kind, poisoned))).not.toMatch(/Pat|7700|viewer|burglary/);
    for (const { made } of samples) expect(JSON.stringify(made)).not.toMatch(/\+44|\b07\d{3}|"Image"|"Media"/);
  });

  test.each(['FAL', 'FOR', 'CCTV', 'FCC'] as const)('authority for %s is given or refused on the card', area => {
    const made = card('AUTH_NEEDED', viewOf(area));
    const data = { requestId: viewOf(area).requestId, caseEtag: '"7"' };
    expect(made.actions).toMatchObject([
      { type: 'Action.Execute', title: 'Approve', verb: 'goodsam.approve', data, associatedInputs: 'none', fallback: { type: 'Action.Submit', data: { ...data, verb: 'goodsam.approve' } } },
      { type: 'Action.Execute', title: 'Refuse', verb: 'goodsam.refuse', data, associatedInputs: 'auto', fallback: { type: 'Action.Submit', data: { ...data, verb: 'goodsam.refuse' } } },
      { type: 'Action.OpenUrl' },
    ]);
    expect(made.body).toContainEqual(expect.objectContaining({ type: 'Input.ChoiceSet', id: 'reason', isRequired: true, choices: refusalReasons }));
  });

  it('shows one open button and no input on every other card, the safety hold included', () => {
    for (const kind of cardKind.options) {
      for (const area of ['FCC', 'DA', 'SOM', 'SOCU'] as const) {
        if (kind === 'AUTH_NEEDED' && area === 'FCC') continue;
        const made = card(kind, viewOf(area));
        expect(made.actions?.map(({ type }) => type)).toEqual(['Action.OpenUrl']);
        expect(made.body.map(({ type }) => type)).not.toContain('Input.ChoiceSet');
      }
    }
  });

  it('says which task it is where tasks share a kind: a visit is no call (goodsam.md 7.6, 17)', () => {
    const text = (task: 'phone' | 'visit' | 'home-visit') => JSON.stringify(card(task === 'home-visit' ? 'PHONE_TASK' : 'CCTV_OVERWRITE_RISK', { ...viewOf('CCTV'), task }).body[0]);
    expect(text('phone')).toContain('Telephone before the recording is overwritten: GS-7K3M-9QXT');
    expect(text('visit')).toContain('Visit before the recording is overwritten: GS-7K3M-9QXT');
    expect(text('home-visit')).toContain('Make a visit: GS-7K3M-9QXT');
    expect(JSON.stringify(card('PHONE_TASK', { ...viewOf('SOCU'), task: 'home-visit' }))).not.toContain('visit');
    for (const { task } of workRules) expect(isCardTask(task.toLowerCase().replaceAll('_', '-')) || ['REGRADE', 'INCIDENT_UPDATE', 'CALL_DI', 'CALL_BACK'].includes(task)).toBe(true);
  });

  it('tells the time of London, summer and winter', () => {
    const texts = JSON.stringify(card('AUTH_NEEDED', viewOf('FCC')).body);
    expect(texts).toContain('Wed 30 Sep 14:30');
    expect(texts).toContain('Act by Tue 1 Dec 09:05');
  });

  it('ends as done by a collar number, or expired, with nothing left to press but open', () => {
    const done = doneCard(viewOf('FAL'), { collar: '4711', at: '2026-09-30T13:45:00.000Z' });
    expect(JSON.stringify(done)).toContain('Done by 4711 at Wed 30 Sep 14:45');
    expect(JSON.stringify(expiredCard(viewOf('FAL')))).toContain('Expired');
    expect([done, expiredCard(viewOf('FAL'))].flatMap(({ actions }) => actions?.map(({ type }) => type))).toEqual(['Action.OpenUrl', 'Action.OpenUrl']);
  });
});
