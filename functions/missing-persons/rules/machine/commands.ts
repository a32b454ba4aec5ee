import type { Role } from '../terms.ts';

type Who = readonly (Role | 'ATTACHED' | 'PARTNER')[];
const police: Who = ['ATTACHED'];
const handlers: Who = ['CALL_HANDLER', 'FIM'];
const supervisors: Who = ['SGT', 'INSP', 'DI_SIO', 'SUPT'];

/**
 * Role by command (15.2 item 28): who may give a command at all. Rows of the tables of states and the law of the command may ask for more. `ATTACHED` is anyone
 * attached to the case, or who holds a role of the unit for it; partners may do what `PARTNER` marks, on their own children or placements, and nothing else.
 */
export const commandRoles = {
  SubmitReport: [...handlers, 'CARE_PROVIDER', 'SYSTEM'], ReceiveTransfer: ['FIM'], ImportCase: ['MFH_COORD', 'RECORDS'], ScreenReport: handlers, AcceptReport: handlers, RedirectReport: ['FIM'], RecordConcern: handlers,
  MarkDuplicate: handlers, WithdrawReport: ['FIM'], ProposeReject: ['INSP', 'FIM'], RejectReport: ['INSP'], RescreenReport: handlers, ResolveSafe: ['FIM'],
  AddInformation: ['ATTACHED', 'CALL_HANDLER', 'FIM', 'PARTNER'], AddSighting: ['ATTACHED', 'CALL_HANDLER', 'FIM'], AssessSighting: police, RecordContact: police, EditCase: ['ATTACHED', ...handlers], SetFlag: police, ClearFlag: supervisors,
  Attach: supervisors, SignOffSearch: ['POLSA', 'SGT', 'INSP', 'DI_SIO'], AddSearchClue: police, DrawSearchArea: police, MovePlanningPoint: ['POLSA', 'OIC', 'SGT', 'INSP', 'DI_SIO'],
  LinkCases: ['ATTACHED', ...handlers], WriteTriggerPlan: ['OIC', 'SGT', 'INSP', 'MFH_COORD'], SetAccess: ['INSP', 'SUPT'], RecordDecision: police,
  ConfirmRisk: ['SGT', 'INSP', 'SUPT'], RaiseRisk: ['ATTACHED', 'CALL_HANDLER', 'FIM'], RefuseRaise: ['SGT', 'INSP', 'DI_SIO', 'SUPT'], ProposeReduce: ['OIC', 'SGT', 'INSP', 'DI_SIO'], ApproveReduce: ['INSP', 'SUPT'], RefuseReduce: ['INSP', 'SUPT'],
  OverrideFloor: ['INSP', 'SUPT'],
  AssignOwner: ['SGT', 'INSP', 'FIM', 'SUPT'], AcknowledgeOwner: police, OfferHandover: police, AcceptHandover: ['ATTACHED', 'FIM'], OfferTransfer: ['INSP'], AckTransfer: ['INSP'], RefuseTransfer: ['INSP'], ReturnTransfer: ['INSP'],
  StartTask: police, CompleteTask: police, MarkNotApplicable: police, ApproveTask: ['SGT', 'FIM', 'INSP', 'DI_SIO', 'SUPT'], RecordAnswers: ['ATTACHED', ...handlers], AddFactors: ['ATTACHED', ...handlers], WithdrawFactor: supervisors, AnswerPage: police, CompleteReview: [...supervisors, 'FIM', 'POLSA', 'MFH_COORD'], RecordNoRaise: ['INSP', 'DI_SIO', 'SUPT'], TaperReviews: ['SUPT'], RecordOutcome: police, StartSearch: police, CompleteSearch: police,
  ProposePublicity: ['SGT', 'MEDIA', 'OIC'], ApprovePublicity: ['INSP', 'DI_SIO'], PublishPublicity: ['MEDIA'], WithdrawPublicity: ['MEDIA', 'SGT', 'INSP'], RequestCirculation: ['OIC', 'SGT', 'ATTENDING'], RecordCirculation: ['PNC_BUREAU'],
  CancelCirculation: ['PNC_BUREAU'], DecideAlert: ['INSP', 'DI_SIO', 'SUPT'], RecordEnquiry: ['ATTACHED', 'CD_SPOC'], DecideEnquiry: ['CD_SPOC', 'INSP'], RequestLiveLink: police, ApproveLiveLink: ['INSP'], RecordBiometric: police, UploadProtocol: ['ATTACHED', 'CALL_HANDLER'], MakeUploadLink: ['ATTACHED', ...handlers], RevokeUploadLink: ['ATTACHED', ...handlers],
  ReportLocated: ['ATTACHED', 'CALL_HANDLER', 'FIM'], AgreeHold: ['SGT', 'INSP'], RefuteLocated: ['SGT', 'INSP'], VerifyLocated: ['ATTENDING', 'OIC', 'SGT', 'INSP', 'DI_SIO'], ConfirmVerification: ['SGT', 'INSP'], WithdrawVerification: ['SGT', 'INSP'],
  RecordBody: ['INSP', 'DI_SIO', 'SUPT'], ConfirmDeceased: ['DI_SIO', 'INSP'], RefuteDeceased: ['INSP'], ReleaseDeath: ['DI_SIO'], RecordFamilyTold: ['FLO', 'INSP', 'DI_SIO'],
  ReferRHI: ['OIC', 'SGT', 'MFH_COORD', 'SYSTEM'], RecordRHI: ['MFH_COORD', 'LA_PARTNER'], AckNotice: ['ATTACHED', 'FIM', 'PARTNER'], QueueNotice: ['OIC', 'SGT', 'INSP', 'MFH_COORD', 'MEDIA'], RecordConsent: police, RecordReturnPlacement: ['ATTENDING', 'OIC', 'SGT', 'INSP', 'DI_SIO'],
  ProposeClose: ['OIC', 'SGT', 'MFH_COORD'], ApproveClose: ['SGT', 'INSP'], OverrideAcknowledgement: ['INSP'], MakeLongTerm: ['SUPT'], SuspendCase: ['SUPT'], ReactivateCase: police, ConfirmReactivation: ['SGT', 'INSP'],
  ProposeCancel: ['SGT', 'INSP'], ApproveCancel: ['INSP'], ReopenReturn: ['INSP'], ReopenMissing: ['INSP'], TransferOut: ['INSP'], RecordTransferOutcome: ['INSP', 'MFH_COORD'],
  SetLegalHold: ['DPO', 'RECORDS'], ProposeDelete: ['RECORDS', 'DPO'], ApproveDelete: ['DPO'], BeginReturn: ['SYSTEM'],
} as const satisfies Readonly<Record<string, Who>>;

export type CommandName = keyof typeof commandRoles;

/** What never needs If-Match, so that a stale or offline client can never be stopped from it (section 3, conventions). */
export const appendOnly: ReadonlySet<CommandName> = new Set<CommandName>(['AddInformation', 'AddSighting', 'RaiseRisk', 'CompleteTask', 'ReportLocated', 'RecordContact', 'AckNotice', 'AcknowledgeOwner']);

/** Edits of what somebody saw: they name its version (section 3, conventions). */
export const fieldEdits: ReadonlySet<CommandName> = new Set<CommandName>(['EditCase']);
