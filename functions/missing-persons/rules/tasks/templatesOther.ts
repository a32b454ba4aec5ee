import { all, rows, type Template } from './template.ts';

/** Templates that section 15 adds: death (D), reports before they are a case (Q00 to Q02), and what a raise, news of a suspended case, a transfer or a trigger plan asks for. */
export const others: readonly Template[] = rows({ anchor: 'T_TRIGGER', when: { stages: ['MISSING'] } }, [
  { id: 'D01', title: "Reach the coroner's officer and name a family liaison officer", owners: ['INSP'], windows: all('60m'), mandatory: true, blocksClose: true, when: { stages: ['BODY'], triggers: ['BODY_FOUND'] }, evidence: 'NAMED_PERSON', chain: 'SUPT', source: 'DK,DES,CFG' },
  {
    // Also opened by C12, where it gates the return of every other task.
    id: 'D02', title: 'Tell the family first, in person; nobody else is told before', owners: ['FLO', 'INSP'], windows: all('2h'), mandatory: true, blocksClose: true, when: { stages: ['DEATH'], triggers: ['DECEASED_CONFIRMED'] },
    evidence: 'CONTACT', chain: 'SUPT', source: 'DES,CFG',
  },
  { id: 'D03', title: 'Decide on the death or serious injury referral', owners: ['DI_SIO', 'INSP'], windows: all('24h'), mandatory: true, blocksClose: true, when: { stages: ['DEATH'], triggers: ['DECEASED_CONFIRMED'] }, evidence: 'DECISION', chain: 'SUPT', source: 'DK,DES,CFG' },
  { id: 'D04', title: 'Debrief after a death: what is to be learned', owners: ['DI_SIO', 'INSP'], windows: all('7d'), mandatory: true, blocksClose: true, when: { stages: ['DEATH'], triggers: ['DECEASED_CONFIRMED'] }, evidence: 'DEBRIEF', source: 'DK,DES,CFG' },
  { id: 'Q00', title: 'Screen the report', owners: ['CALL_HANDLER'], anchor: 'T_REPORTED', windows: all('10m'), mandatory: true, when: { stages: ['REPORT'] }, chain: 'SCREEN', source: 'DES,CFG' },
  { id: 'Q01', title: 'Call back the agency that took it on: has the person been located?', owners: ['FIM'], windows: all('60m'), mandatory: true, when: { stages: ['REPORT'], triggers: ['REDIRECTED'] }, evidence: 'CONTACT', chain: 'INSP', source: 'S26,DES,CFG' },
  { id: 'Q02', title: 'Not at the address: accept as missing', owners: ['CALL_HANDLER', 'FIM'], windows: all('60m'), mandatory: true, when: { stages: ['REPORT'], triggers: ['CONCERN'] }, evidence: 'DECISION', chain: 'INSP', source: 'DK,DES,CFG' },
  {
    // VERY_LOW 6 h as in C22 (15.1 item 6); the row of C15 has no time for it.
    id: 'C15', title: 'Significant news: review at once', owners: ['SGT'], windows: { HIGH: '1h', MEDIUM: '4h', LOW: '24h', VERY_LOW: '6h' }, mandatory: true, when: { stages: ['MISSING'], triggers: ['SUSPENDED_NEWS'] },
    evidence: 'REVIEW', chain: 'INSP', source: 'S9,DES,CFG',
  },
  {
    // As quick as a stand-down: whoever believes that the person was found has stopped looking (15.1 items 6 and 15).
    id: 'C22', title: 'Tell again, that the person is missing after all, everybody who heard "found": agencies, informant and family', owners: ['OIC'], windows: all('15m'), mandatory: true,
    when: { stages: ['MISSING'], triggers: ['FOUND_WRONGLY'] }, evidence: 'TOLD_AGAIN', chain: 'INSP', replacesOlder: true, source: 'DES,CFG',
  },
  {
    id: 'C23', title: 'Ask the force that took the case over how it stands', owners: ['OIC'], windows: all('7d'), mandatory: true, when: { stages: ['AWAY'], triggers: ['TRANSFERRED_OUT'] }, evidence: 'WATCH',
    recurrence: { from: 'ANCHOR', every: '7d' }, chain: 'INSP', source: 'DES,CFG',
  },
  {
    // The times of A02: a raise waits for its supervisor as a first level does.
    id: 'RAISE_TO_CONFIRM', title: 'Confirm the raise of the risk level', owners: ['SGT'], ownersAt: { HIGH: ['INSP'] }, windows: { HIGH: '15m', MEDIUM: '30m', LOW: '60m', VERY_LOW: '120m' }, mandatory: true,
    when: { stages: ['MISSING'], triggers: ['RAISED'] }, evidence: 'ASSESSMENT', chain: 'INSP', replacesOlder: true, source: 'S59,DES,CFG',
  },
  {
    id: 'TP', title: 'Action of the trigger plan', owners: ['OIC'], windows: { HIGH: '15m', MEDIUM: '60m', LOW: '60m', VERY_LOW: '60m' }, mandatory: true, when: { stages: ['MISSING'], triggers: ['TRIGGER_PLAN'] }, source: 'DES,CFG',
  },
]);
