import { describe, expect, it } from '@jest/globals';
import { decideEnquiry, dueOfEnquiries, holdsRawData, openCommsData } from '../../../functions/missing-persons/rules/regions/enquiry.ts';
import { commsStateOf, enquirySlice, noEnquiries, type EnquiryCommand, type EnquirySlice } from '../../../functions/missing-persons/rules/regions/enquirySlice.ts';
import { enquiryTypes } from '../../../functions/missing-persons/rules/regions/enquiryTypes.ts';
import { systemAt } from '../../../functions/missing-persons/rules/regions/region.ts';
import { actor, after, codes, moved, settings, wants } from './support/people.ts';

const facts = { isUnder18: true, flags: [], isMissing: true } as const;
const grounds = { necessity: 'Her life is at risk.', proportionality: 'Nothing less will find her.', collateral: 'Her own handset only.' };
const cell = { do: 'RecordEnquiry', id: 'e1', type: 'CELL_SITE', authority: 'IPA_P3', cdGrade: 2, isRequestToSpoc: true, ...grounds } as const;
const olli = actor('olli', ['OIC']);
const spoc = actor('cd', ['CD_SPOC'], 30);
const step = (slice: EnquirySlice, command: EnquiryCommand, who = olli, given: Parameters<typeof decideEnquiry>[2] = facts) => decideEnquiry(slice, command, given, who);
const asked = moved(step(noEnquiries, cell));

describe('communications data (2.5, 3.8)', () => {
  it('a request to CD_SPOC is decided by CD_SPOC, and comes back without content', () => {
    expect([commsStateOf(asked.slice), wants(asked)]).toEqual(['REQUESTED', ['CD_SPOC_REQUEST e1']]);
    const approved = moved(step(asked.slice, { do: 'DecideEnquiry', id: 'e1', isApproved: true, reason: 'Grade 2 holds.' }, spoc)).slice;
    expect(codes(step(approved, { do: 'RecordEnquiryResult', id: 'e1', summary: 'Handset 07700 900123 at 53.19012' }, spoc))).toEqual(['FIELD_INVALID']);
    expect(codes(step(approved, { do: 'RecordEnquiryResult', id: 'e1', summary: 'In the north of Chester' }))).toEqual(['ROLE_DENIED']);
    const back = moved(step(approved, { do: 'RecordEnquiryResult', id: 'e1', summary: 'In the north of Chester' }, spoc)).slice;
    expect([commsStateOf(enquirySlice.parse(back)), openCommsData(back)]).toEqual(['RETURNED', []]);
  });

  it('refused unless CD_SPOC or a request to CD_SPOC, for each of the types; grade and grounds are needed', () => {
    for (const { type } of enquiryTypes.filter(row => row.authorities.join() === 'IPA_P3')) expect(codes(step(noEnquiries, { ...cell, type, isRequestToSpoc: false }))).toEqual(['ROLE_DENIED']);
    expect(codes(step(noEnquiries, { ...cell, type: 'EMAIL', isRequestToSpoc: false }))).toEqual(['ROLE_DENIED']);
    expect(moved(step(noEnquiries, { ...cell, isRequestToSpoc: false }, spoc)).slice.enquiries).toHaveLength(1);
    expect(codes(step(noEnquiries, { ...cell, cdGrade: 4, necessity: '', proportionality: '', collateral: '' }))).toEqual(['FIELD_INVALID', 'REASON_REQUIRED', 'REASON_REQUIRED', 'REASON_REQUIRED']);
    expect(codes(step(noEnquiries, { ...cell, authority: 'CONSENT' }))).toEqual(['FIELD_INVALID']);
    expect(codes(step(noEnquiries, { ...cell, type: 'LIVE_LINK', authority: 'CONSENT' }))).toContain('FIELD_INVALID');
    expect(codes(step(asked.slice, { do: 'DecideEnquiry', id: 'e1', isApproved: true, reason: 'Mine is good.' }, actor('olli', ['CD_SPOC'])))).toEqual(['SEGREGATION']);
    expect(codes(step(asked.slice, { do: 'CancelEnquiry', id: 'e1', reason: 'No use now.' }))).toEqual(['ROLE_DENIED']);
  });

  it('by word of mouth when urgent, written up within 24 h', () => {
    expect(codes(step(noEnquiries, { ...cell, cdGrade: 3, isVerbal: true }))).toEqual(['GUARD_UNMET']);
    const said = moved(step(noEnquiries, { ...cell, isVerbal: true, proportionality: '', collateral: '' })).slice;
    expect(dueOfEnquiries(said, settings)).toEqual([{ key: 'cd-write-up|e1', at: after(24 * 60), what: 'CD_WRITE_UP' }]);
    expect(codes(step(said, { do: 'WriteUpEnquiry', id: 'e1', ...grounds, collateral: '' }))).toEqual(['REASON_REQUIRED']);
    expect(dueOfEnquiries(moved(step(said, { do: 'WriteUpEnquiry', id: 'e1', ...grounds })).slice, settings)).toEqual([]);
  });

  it('found: CD_SPOC is asked to cancel; the system cancels nothing (I10)', () => {
    const found = moved(step(asked.slice, { do: 'RequireCdCancellation' }, systemAt(after(9))));
    expect([wants(found), found.slice]).toEqual([['CD_CANCEL_TASK e1'], asked.slice]);
    expect(commsStateOf(moved(step(found.slice, { do: 'CancelEnquiry', id: 'e1', reason: 'She is found.' }, spoc)).slice)).toBe('CANCELLED');
  });

  it('another line leaves the region where it is', () => {
    const bank = moved(step(noEnquiries, { do: 'RecordEnquiry', id: 'b1', type: 'BANK', authority: 'DPA_2018_SCH2_REQUEST', ...grounds }));
    expect(commsStateOf(bank.slice)).toBe('NONE');
    expect([holdsRawData('Card used in Crewe at noon'), holdsRawData('a@example.org wrote'), holdsRawData('from 10.0.0.1')]).toEqual([false, true, true]);
  });
});

describe('live link (15.2 item 36)', () => {
  const ask = { do: 'RequestLiveLink', id: 'l1', ...grounds } as const;
  const yes = { do: 'ApproveLiveLink', id: 'l1', isApproved: true, reason: 'It may find her.' } as const;
  const insp = actor('ivy', ['INSP'], 3);

  it('an inspector approves, not the asker; the result is an information item', () => {
    const open = moved(step(noEnquiries, ask)).slice;
    expect(codes(step(open, yes, actor('olli', ['INSP'])))).toEqual(['SEGREGATION']);
    expect(codes(step(open, yes, actor('sue', ['SGT'])))).toEqual(['ROLE_DENIED']);
    const approved = moved(step(open, yes, insp));
    expect(wants(approved)).toEqual(['SEND_LIVE_LINK l1']);
    expect(codes(step(approved.slice, { do: 'RecordEnquiryResult', id: 'l1', summary: 'She is by the river' }))).toEqual(['EVIDENCE_MISSING']);
    expect(moved(step(approved.slice, { do: 'RecordEnquiryResult', id: 'l1', summary: 'She is by the river', informationId: 'info-1' })).slice.enquiries[0]?.state).toBe('RETURNED');
  });

  it.each(['CSE', 'CCE', 'COUNTY_LINES', 'TRAFFICKING_NRM'] as const)('held for a child with %s until their safety was agreed', flag => {
    const held = moved(step(noEnquiries, ask, olli, { ...facts, flags: [flag] })).slice;
    expect(held.enquiries[0]?.state).toBe('HELD');
    expect(codes(step(held, yes, insp))).toEqual(['GUARD_UNMET']);
    expect(moved(step(held, { ...yes, safeguarding: 'Agreed with the exploitation team.' }, insp)).slice.enquiries[0]?.state).toBe('APPROVED');
    expect(moved(step(noEnquiries, ask, olli, { ...facts, isUnder18: false, flags: [flag] })).slice.enquiries[0]?.state).toBe('AWAITING_DECISION');
  });
});
