import { all, rows, type Template } from './template.ts';

/**
 * Section 4.5 with 15.1 items 14, 15 and 21 and 15.2 item 23: what a return asks for, from T_VERIFIED. They are asked for after a confirmed death as well, but for those that make no sense for
 * somebody who has died (`notForTheDead`) and the debrief, which is D04 then. T_RETURNED is T_VERIFIED while nobody gave it.
 */
const after = { stages: ['RETURN', 'DEATH'] } as const;
const child = { stages: ['RETURN', 'DEATH'], isUnder18: true } as const;
const blocks = { mandatory: true, blocksClose: true } as const;

export const afterReturn: readonly Template[] = rows({ anchor: 'T_VERIFIED', when: after }, [
  { id: 'P01', title: 'Prevention interview, face to face and not alone with a suspected abuser', owners: ['ATTENDING', 'MFH_COORD'], windows: { HIGH: '1h', MEDIUM: '24h', LOW: '24h', VERY_LOW: '48h' }, ...blocks, evidence: 'PREVENTION_INTERVIEW', source: 'S35,S23~,CFG' },
  { id: 'P02', title: 'Tell the informant and family that the person was found (where only with consent or if safe for the child)', owners: ['SGT'], windows: all('30m'), ...blocks, evidence: 'CONTACT', source: 'S18,S19,DK,CFG' },
  { id: 'P03', title: 'Cancel on PNC', owners: ['PNC_BUREAU'], windows: all('2h'), ...blocks, evidence: 'PNC_REF', source: 'DK,CFG' },
  { id: 'P04', title: 'Withdraw publicity from every channel', owners: ['MEDIA'], windows: all('60m'), ...blocks, evidence: 'WITHDRAWAL', waitsInDeath: ['D02'], source: 'S80,S81,DK,CFG' },
  {
    // 15 minutes by 15.1 item 15; the table's 60 gives way. The system's own electronic stand-downs are no task.
    id: 'P05', title: 'Stand down by phone the agencies that were told of the missing person', owners: ['OIC'], windows: all('15m'), ...blocks, evidence: 'STAND_DOWN', waitsInDeath: ['D02', 'DEATH_RELEASE'], source: 'DES,CFG',
  },
  { id: 'P06', title: 'Refer to the local authority for a return home interview (host and home authority)', owners: ['OIC'], anchor: 'T_RETURNED', windows: all('4h'), ...blocks, when: child, evidence: 'RHI_REFERRAL', source: 'S36,DK,CFG' },
  {
    id: 'P07', title: 'Ask the local authority how the return home interview went', owners: ['MFH_COORD'], anchor: 'T_RETURNED', windows: all('72h'), mandatory: true, when: child, evidence: 'RHI_OUTCOME',
    recurrence: { from: 'ANCHOR', every: '5d' }, source: 'S36,CFG',
  },
  { id: 'P08', title: 'Safeguarding notice to the local authority or health', owners: ['ATTENDING'], windows: all('12h'), ...blocks, when: { stages: ['RETURN', 'DEATH'], isVulnerable: true }, evidence: 'AGENCY_TOLD', waitsInDeath: ['D02'], source: 'DK,CFG' },
  { id: 'P09', title: 'Record crime, intelligence, referral (NRM) and abduction warning from what was disclosed', owners: ['OIC'], windows: all('24h'), blocksClose: true, evidence: 'REFERRALS', source: 'S45,DK,DES,CFG' },
  { id: 'P10', title: 'Delete or dispose of DNA and return property', owners: ['OIC'], windows: all('28d'), mandatory: true, evidence: 'DISPOSAL', source: 'S50,CFG' },
  { id: 'P11', title: 'Debrief: what is to be learned', owners: ['SGT', 'DI_SIO'], windows: all('7d'), blocksClose: true, when: { stages: ['RETURN'], isDebriefed: true }, evidence: 'DEBRIEF', source: 'DK,CFG' },
  { id: 'P12', title: 'Review the trigger plan', owners: ['MFH_COORD'], windows: all('5wd'), ...blocks, when: { ...after, triggers: ['REPEAT'] }, evidence: 'MEETING', source: 'DES,CFG' },
  { id: 'P13', title: 'Propose closure', owners: ['OIC', 'SGT'], windows: all('72h'), mandatory: true, evidence: 'DECISION', source: 'DK,CFG' },
]);
