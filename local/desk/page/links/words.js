/** What codes of live links are called on the page. */

/** @type {Record<string, string>} */
export const areaWords = {
  FCC: 'Control room', FAL: 'Firearms licensing', DA: 'Domestic abuse', SOM: 'Offender management', FOR: 'Forensics', CCTV: 'CCTV retrieval', SOCU: 'Serious and organised crime',
};

/** Label, tone of the tag, and what the state means to the officer. @type {Record<string, readonly [label: string, tone: 'wait' | 'good' | 'bad' | 'live' | 'over', words: string]>} */
export const states = {
  DRAFT: ['Draft', 'wait', 'It was not asked for yet.'],
  SAFETY_HELD: ['Held for safety', 'bad', 'Nothing was sent. Somebody must first be sure that a text does no harm.'],
  AUTH_PENDING: ['Waiting for authority', 'wait', 'Nothing was sent. Another person has to say yes first.'],
  READY: ['Ready', 'wait', 'Everything is in place for sending.'],
  SENDING: ['Being sent', 'wait', 'The link is being made and handed to the text service.'],
  SENT: ['Sent', 'wait', 'The link is out. The person has not opened it yet.'],
  DELIVERED: ['Delivered', 'wait', 'The text is on the phone. The person has not opened it yet.'],
  OPENED: ['Opened', 'live', 'The person is reading what they are asked for.'],
  CONSENTED: ['Agreed', 'live', 'The person agreed. Nothing is shared yet.'],
  IN_SESSION: ['In session', 'live', 'The person is sharing now.'],
  INTERRUPTED: ['Interrupted', 'bad', 'The signal is lost. The person can come back with the same link.'],
  ENDED: ['Ended', 'over', 'The session is over and the link is dead. Record the outcome.'],
  CLOSED: ['Closed', 'over', 'The outcome is recorded. Nothing more is to be done.'],
  BLOCKED_UNSAFE: ['Blocked: not safe', 'bad', 'Nothing was sent and nothing will be.'],
  AUTH_REFUSED: ['Authority refused', 'bad', 'Nothing was sent. Record the outcome.'],
  CANCELLED: ['Cancelled', 'over', 'The link is dead. Record the outcome.'],
  SEND_FAILED: ['Not sent', 'bad', 'The link could not be sent. Record the outcome, or ask again in another way.'],
  UNDELIVERED: ['Not delivered', 'bad', 'The network says that the text did not arrive. It may still come late; send it again or ring.'],
  DECLINED: ['Declined', 'over', 'The person said no. Help them another way, and record the outcome.'],
  NO_ANSWER: ['No answer', 'bad', 'The link was not opened in time. It still works until it expires.'],
  EXPIRED: ['Expired', 'over', 'The time of the link is over. Record the outcome, and ask for a new link if it is still needed.'],
  ABORTED_SAFETY: ['Stopped for safety', 'bad', 'The link is dead and the page shows nothing. No automatic text goes to this number again.'],
};

/** @param {string} state */
export function stateWord(state) {
  return states[state]?.[0] ?? state;
}

const short = new Set(['RTC', 'CBRN', 'RVR', 'RFD', 'SMS', 'DASH', 'IDVA', 'DEMS', 'CCTV', 'BSL', 'NTP']);

/** `SEE_SCENE` as `See scene`, `consentGiven` as `Consent given`. @param {string} code */
export function codeWord(code) {
  const words = code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').split('_').map(word => (short.has(word) ? word : word.toLowerCase())).join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @type {Record<string, string>} */
export const modeWords = { LOCATION: 'Location', VIDEO: 'Video and location', UPLOAD: 'Photos, videos or files', CONSULT: 'Video appointment, both ways' };

/** @type {Record<string, string>} */
export const channelWords = { SMS: 'Text message', EMAIL: 'E-mail', READ_ALOUD_CODE: 'A code that you read out (no text is stored)' };

/** @type {Record<string, string>} */
export const safetyWords = { CONFIRMED_SAFE: 'Confirmed as safe', UNSAFE: 'Not safe', UNKNOWN: 'Not asked' };

/** @type {Record<string, string>} */
export const authorityWords = { NOT_NEEDED: 'Not needed', NEEDED: 'Needed', APPROVED: 'Approved', REFUSED: 'Refused' };

/** @type {Record<string, string>} */
export const lineWords = { due: 'being written', written: 'in the incident log', 'to-paste': 'to be pasted by you', pasted: 'pasted by you' };

/** @type {Record<string, string>} */
export const evidenceWords = {
  PENDING: 'The provider is preparing it', AVAILABLE: 'Ready to be fetched', RETRIEVING: 'Being fetched', SCANNING: 'In quarantine, being scanned', STORED: 'Stored', EXHIBITED: 'Handed over to the evidence system',
  PROVIDER_COPY_DELETED: "Handed over, the provider's copy is deleted", RETRIEVAL_FAILED: 'Could not be fetched', MANUAL_ACTION: 'A person must look at it', NON_EVIDENTIAL: 'No evidence', SCHEDULED_DELETE: 'Will be deleted',
  DELETED: 'Deleted', QUARANTINED: 'In quarantine: malware was found',
};

/** Why a session ended. @type {Record<string, string>} */
export const endWords = {
  OFFICER: 'An officer ended it', PERSON: 'The person ended it', LIMIT: 'It ran as long as it may', SIGNAL_LOST: 'The signal was lost for good', WITHDRAWN: 'The person stopped sharing', NOTHING_STARTED: 'Nothing was shared in time',
  PERMISSION_DENIED: 'The phone did not allow it', UPLOADED: 'All files have come',
};

/** Steps by the service's own names for them; others are told as they are called. @type {Record<string, string>} */
export const stepWords = {
  submit: 'Checked and routed', queue: 'Sending began', codeIssued: 'Code issued', gateHold: 'Held by the safety check', gateBlock: 'Stopped by the safety check', providerRetry: 'Sending is tried again', providerFailed: 'Sending failed',
  confirmSafe: 'Contact confirmed as safe', supervisorRelease: 'Hold released by a supervisor', markUnsafe: 'Marked as unsafe', safetyExit: 'The person left by the hidden exit', approve: 'Approved', refuse: 'Refused', slotBooked: 'Appointment booked',
  bookSlot: 'Appointment booked', letIn: 'Let in', join: 'The person pressed Join', linkOpened: 'The person opened the link', consentGiven: 'The person agreed', consentRefused: 'The person said no', consentNarrowed: 'The person shares less',
  mediaStarted: 'Sharing began', locationFirst: 'The first place came', uploadFirst: 'The first file came', nothingStarted: 'Nothing was shared in time', permissionDenied: 'The phone did not allow it', connectionLost: 'The signal was lost', reconnected: 'The person came back', graceElapsed: 'The person did not come back',
  officerEnd: 'Ended by an officer', personEnd: 'Ended by the person', maxDuration: 'Ended by the time limit', consentWithdrawn: 'The person stopped sharing', cancel: 'Cancelled', noAnswer: 'No answer in time', expired: 'The link expired',
  undelivered: 'The text was not delivered', outcomeRecorded: 'Outcome recorded', resend: 'Sent again', reissue: 'Open to another device', shareView: 'The view was shared', clearUnsafe: 'Unsafe mark cleared',
};

/** @param {readonly string[]} codes @returns {readonly (readonly [string, string])[]} */
export function options(codes, words = /** @type {Record<string, string>} */ ({})) {
  return codes.map(code => [code, words[code] ?? codeWord(code)]);
}
