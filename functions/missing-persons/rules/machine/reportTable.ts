import type { ReportState } from '../terms.ts';
import type { TransitionRow } from './row.ts';

const source = 'DES';

/** Transitions of a report (2.1; R9 and R10 by 15.1 item 9, R11 by item 22). The law of each guard is in `report.ts`. */
export const reportTable: readonly TransitionRow<ReportState>[] = [
  { id: 'R1', from: ['DRAFT'], command: 'SubmitReport', to: 'RECEIVED', who: ['CALL_HANDLER', 'FIM', 'CARE_PROVIDER', 'SYSTEM'], guard: 'A name or description, a last-seen place, a time or "unknown", and how to reach the informant', source },
  { id: 'R2', from: ['RECEIVED'], command: 'ScreenReport', to: 'SCREENED', who: ['CALL_HANDLER', 'FIM'], guard: 'Q01 to Q12 answered or not known; THRIVE note; a provisional level not under the floor', source: 'S60,DES' },
  { id: 'R3', from: ['SCREENED'], command: 'AcceptReport', to: 'ACCEPTED', who: ['CALL_HANDLER', 'FIM'], guard: 'None: all reports are considered', source: 'S4,S15' },
  { id: 'R4', from: ['SCREENED'], command: 'RedirectReport', to: 'REDIRECTED', who: ['FIM'], guard: 'Not under 18, no crime suspected, no real and immediate risk; the agency accepts by name; a time to call back', source: 'S26,S27,DK' },
  { id: 'R5', from: ['SCREENED'], command: 'RecordConcern', to: 'CONCERN_FOR_WELFARE', who: ['CALL_HANDLER', 'FIM'], guard: 'A certain address at which the person is believed to be; a reason', source: 'DK' },
  { id: 'R6', from: ['RECEIVED', 'SCREENED', 'REDIRECTED', 'CONCERN_FOR_WELFARE'], command: 'MarkDuplicate', to: 'DUPLICATE', who: ['CALL_HANDLER', 'FIM'], guard: 'A person confirms that an open missing case is of the same person', source },
  { id: 'R7', from: ['RECEIVED', 'SCREENED'], command: 'WithdrawReport', to: 'WITHDRAWN', who: ['FIM'], guard: 'Who says so, and how that was verified; a child or any flag makes a case in LOCATED_UNVERIFIED instead', source: 'DK,DES' },
  { id: 'R8', from: ['RECEIVED'], command: 'RejectReport', to: 'REJECTED_TEST', who: ['INSP'], guard: 'Malicious or a test; two people; reason', source },
  { id: 'R9', from: ['REDIRECTED', 'CONCERN_FOR_WELFARE'], command: 'RescreenReport', to: 'SCREENED', who: ['CALL_HANDLER', 'FIM'], guard: 'Not located at the call-back or the address', source },
  { id: 'R10', from: ['REDIRECTED', 'CONCERN_FOR_WELFARE'], command: 'ResolveSafe', to: 'RESOLVED_SAFE', who: ['FIM'], guard: 'Seen safe, and by whom', source },
  { id: 'R11', from: ['DRAFT'], command: 'ReceiveTransfer', to: 'RECEIVED', who: ['FIM'], guard: 'The original time of report is kept', source },
];
