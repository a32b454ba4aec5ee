import type { NoticeSender } from './sender.ts';

/** PHONE_LOG: no machine telephones. The notice stays queued until somebody logs whom they told. */
export const phoneLog: NoticeSender = { send: () => Promise.resolve({ outcome: 'byHand' }) };

/** PORTAL: nothing leaves; from now on the partner's own list shows it. It is told once they acknowledge it there. */
export const portal: NoticeSender = { send: ({ noticeId }) => Promise.resolve({ outcome: 'accepted', providerRef: `portal:${noticeId}` }) };
