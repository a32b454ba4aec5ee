import { describe, expect, it } from '@jest/globals';
import { askedOf, checklist } from '../../../functions/missing-persons/rules/regions/checklist.ts';
import { channelsUp, decidePublicity, dueOfPublicity, isPublicityAllowed, type PublicityFacts } from '../../../functions/missing-persons/rules/regions/publicity.ts';
import { noPublicity, publicitySlice, type AppealProposal, type PublicityCommand, type PublicitySlice } from '../../../functions/missing-persons/rules/regions/publicitySlice.ts';
import { systemAt } from '../../../functions/missing-persons/rules/regions/region.ts';
import { wordingFailures } from '../../../functions/missing-persons/rules/regions/wording.ts';
import { actor, after, codes, moved, settings, wants } from './support/people.ts';

const facts: PublicityFacts = { level: 'MEDIUM', isUnder18: true, flags: ['LAC'], isMissing: true, isDeceasedPending: false, settings };
const good: AppealProposal = {
  text: 'Have you seen Ella, 15? Blue coat, last seen in Chester. Ring 101 with MP-1, or 116 000.', photoId: 'photo-1', channels: [{ channel: 'force-site', control: 'FORCE' }, { channel: 'missing-people', control: 'CHARITY' }],
  answers: checklist.map(({ code, good: answer }) => ({ code, answer })), basis: { basis: 'SAFEGUARDING', purpose: 'To find her', minimumNecessary: 'First name, age, coat' },
};
const sue = actor('sue', ['SGT']);
const ivy = (minutes = 10) => actor('ivy', ['INSP'], minutes);
const media = (minutes = 20) => actor('max', ['MEDIA'], minutes);
const step = (slice: PublicitySlice, command: PublicityCommand, who = sue, given = facts) => decidePublicity(slice, command, given, who);
const proposed = moved(step(noPublicity, { do: 'ProposePublicity', proposal: good })).slice;
const approved = moved(step(proposed, { do: 'ApprovePublicity' }, ivy())).slice;
const live = moved(step(approved, { do: 'PublishPublicity', channels: ['force-site', 'missing-people'] }, media())).slice;

describe('6.4 publicity', () => {
  it('lists each question that nobody answered, for this person only', () => {
    const all = codes(step(noPublicity, { do: 'ProposePublicity', proposal: { ...good, answers: [] } }));
    expect(all).toEqual(checklist.map(() => 'PUBLICITY_UNANSWERED'));
    expect(askedOf({ hasPhoto: false, isUnder18: false, isLac: false, hasCharity: false })).toHaveLength(checklist.length - 8);
    for (const row of checklist) expect(codes(step(noPublicity, { do: 'ProposePublicity', proposal: { ...good, answers: good.answers.filter(({ code }) => code !== row.code) } }))).toEqual(['PUBLICITY_UNANSWERED']);
  });

  it('another answer needs its reason, or refuses whatever the reason', () => {
    for (const row of checklist) {
      const answers = good.answers.map(item => (item.code === row.code ? { code: row.code, answer: 'NOT_KNOWN' as const } : item));
      expect(codes(step(noPublicity, { do: 'ProposePublicity', proposal: { ...good, answers } }))).toEqual([row.isMust ? 'GUARD_UNMET' : 'REASON_REQUIRED']);
      const explained = answers.map(item => (item.code === row.code ? { ...item, detail: 'The inspector weighed it at noon.' } : item));
      expect(Array.isArray(step(noPublicity, { do: 'ProposePublicity', proposal: { ...good, answers: explained } }))).toBe(row.isMust);
    }
  });

  it('NO_PUBLICITY, no basis, consent that nobody gave, no channel, found, body found', () => {
    const propose = (proposal: AppealProposal, given = facts) => codes(step(noPublicity, { do: 'ProposePublicity', proposal }, sue, given));
    const { basis: _none, ...baseless } = good;
    expect(propose(good, { ...facts, flags: ['LAC', 'NO_PUBLICITY'] })).toEqual(['BLOCKING_FLAG']);
    expect(propose(baseless)).toEqual(['LAWFUL_BASIS_MISSING']);
    expect(propose({ ...good, basis: { basis: 'CONSENT', purpose: 'To find her', minimumNecessary: 'Name' }, answers: good.answers.map(item => (item.code === 'FAMILY_CONSENT' ? { ...item, answer: 'NO', detail: 'The mother said no today.' } : item)) })).toEqual(['CONSENT_MISSING']);
    expect(propose({ ...good, channels: [] })).toEqual(['PUBLICITY_UNANSWERED']);
    expect(propose(good, { ...facts, isMissing: false })).toEqual(['GUARD_UNMET']);
    expect(propose(good, { ...facts, isMissing: false, isDeceasedPending: true })).toEqual(['CASE_LOCKED_DECEASED']);
  });

  it('wording: a diagnosis, care status, exploitation and method of suicide are refused; a doubtful word needs a reason', () => {
    const says = (words: string, why?: string) => wordingFailures(`Ella ${words}. Ring 101 or 116 000.`, why, settings).map(({ code }) => code);
    for (const words of ['has dementia', 'left her foster home', 'is a victim of county-lines', 'may take an overdose']) expect(says(words)).toEqual(['FIELD_INVALID']);
    expect(says('is vulnerable')).toEqual(['REASON_REQUIRED']);
    expect(says('is vulnerable', 'Agreed with the mother.')).toEqual([]);
    expect(says('is fostering a dog')).toEqual([]);
    expect(wordingFailures('Ring 1015.', undefined, settings)).toHaveLength(2);
  });

  it('SGT proposes, another person approves: INSP, or DI_SIO at HIGH', () => {
    expect(codes(step(noPublicity, { do: 'ProposePublicity', proposal: good }, media()))).toEqual(['ROLE_DENIED']);
    expect(codes(step(proposed, { do: 'ApprovePublicity' }, actor('sue', ['SGT', 'INSP'])))).toEqual(['SEGREGATION']);
    expect(codes(step(proposed, { do: 'ApprovePublicity' }, actor('dee', ['DI_SIO'])))).toEqual(['ROLE_DENIED']);
    expect(moved(step(proposed, { do: 'ApprovePublicity' }, actor('dee', ['DI_SIO']), { ...facts, level: 'HIGH' })).slice.state).toBe('APPROVED');
    expect(codes(step(proposed, { do: 'PublishPublicity', channels: ['force-site'] }, media()))).toEqual(['TRANSITION_NOT_ALLOWED']);
    expect(codes(step(approved, { do: 'PublishPublicity', channels: ['elsewhere'] }, media()))).toEqual(['RECIPIENT_NOT_ALLOWED']);
    expect(publicitySlice.parse(live)).toEqual(live);
  });

  it('expires after 72 h: somebody decides again, the system takes nothing down (I10), nothing more goes out', () => {
    const at = after(72 * 60 + 10);
    expect(dueOfPublicity(live, settings)).toEqual([{ key: `publicity|${at}`, at, what: 'PUBLICITY_EXPIRED' }]);
    expect([isPublicityAllowed(live, after(72 * 60 + 9)), isPublicityAllowed(live, at)]).toEqual([true, false]);
    expect(codes(step(live, { do: 'NotePublicityExpired' }, systemAt(after(60))))).toEqual(['TOO_EARLY']);
    const noted = moved(step(live, { do: 'NotePublicityExpired' }, systemAt(at)));
    expect([noted.slice.state, wants(noted), dueOfPublicity(noted.slice, settings)]).toEqual(['LIVE', ['REDECIDE_PUBLICITY_TASK'], []]);
    expect(codes(step(noted.slice, { do: 'PublishPublicity', channels: ['force-site'] }, media(5000)))).toEqual(['GUARD_UNMET']);
    expect(codes(step(noted.slice, { do: 'RedecidePublicity', reason: 'Still needed.' }, actor('sue', ['INSP'], 5000)))).toEqual(['SEGREGATION']);
    const again = moved(step(noted.slice, { do: 'RedecidePublicity', reason: 'Still needed.' }, ivy(5000))).slice;
    expect(dueOfPublicity(again, settings)[0]?.at).toBe(after(5000 + 72 * 60));
  });

  it('S11: found: one withdrawal a channel, publish refused; WITHDRAWN when the last is down', () => {
    const never = moved(step(approved, { do: 'RequireWithdrawal', why: 'found' }, systemAt(after(24))));
    expect([never.slice.state, never.wants]).toEqual(['WITHDRAWN', []]);
    const found = moved(step(live, { do: 'RequireWithdrawal', why: 'found' }, systemAt(after(30))));
    expect([found.slice.state, ...wants(found)]).toEqual(['WITHDRAW_DUE', 'WITHDRAW_PUBLICITY force-site', 'WITHDRAW_PUBLICITY missing-people']);
    expect(dueOfPublicity(found.slice, settings)[0]).toMatchObject({ at: after(90), what: 'PUBLICITY_WITHDRAW' });
    expect(isPublicityAllowed(found.slice, after(31))).toBe(false);
    expect(codes(step(found.slice, { do: 'PublishPublicity', channels: ['force-site'] }, media(31)))).toEqual(['TRANSITION_NOT_ALLOWED']);
    const down = (slice: PublicitySlice, channel: string) => step(slice, { do: 'RecordWithdrawn', channel, at: after(40), how: 'Looked at the page' }, media(40));
    const one = moved(down(found.slice, 'force-site')).slice;
    expect([one.state, channelsUp(one)]).toEqual(['WITHDRAW_DUE', ['missing-people']]);
    expect(codes(down(one, 'force-site'))).toEqual(['NOT_FOUND']);
    expect(moved(down(one, 'missing-people')).slice.state).toBe('WITHDRAWN');
  });

  it('S15: C10 pauses and does not withdraw, C12 goes on where it was; C11 out of the pause withdraws', () => {
    const paused = moved(step(live, { do: 'PausePublicity' }, systemAt(after(30)))).slice;
    expect([paused.state, isPublicityAllowed(paused, after(31)), channelsUp(paused).length]).toEqual(['PAUSED', false, 2]);
    expect(codes(step(paused, { do: 'ResumePublicity' }, ivy()))).toEqual(['ROLE_DENIED']);
    expect(moved(step(paused, { do: 'ResumePublicity' }, systemAt(after(40)))).slice.state).toBe('LIVE');
    expect(moved(step(paused, { do: 'RequireWithdrawal', why: 'deceased' }, systemAt(after(40)))).slice.state).toBe('WITHDRAW_DUE');
  });

  it('stress: photo of the wrong person: recalled from who has it, the appeal comes down, and it cannot be proposed again', () => {
    const recalled = moved(step(live, { do: 'RecallPhoto', mediaId: 'photo-1', reason: 'It shows her sister.' }, media(30)));
    expect([recalled.slice.state, ...wants(recalled)]).toEqual(['WITHDRAW_DUE', 'RECALL_PHOTO photo-1', 'WITHDRAW_PUBLICITY force-site', 'WITHDRAW_PUBLICITY missing-people']);
    const none = moved(step(noPublicity, { do: 'RecallPhoto', mediaId: 'photo-1', reason: 'It shows her sister.' }, media(30)));
    expect([none.slice.state, ...wants(none)]).toEqual(['NONE', 'RECALL_PHOTO photo-1']);
    expect(codes(step(none.slice, { do: 'ProposePublicity', proposal: good }))).toEqual(['GUARD_UNMET']);
  });
});
