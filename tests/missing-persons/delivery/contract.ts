import { afterEach, describe, expect, it } from '@jest/globals';
import type { NoticeSender } from '../../../functions/missing-persons/delivery/sender.ts';
import type { Notice } from '../../../functions/missing-persons/rules/notices/notice.ts';
import type { Payload } from '../../../functions/missing-persons/rules/notices/payload.ts';
import type { Recipient } from '../../../functions/missing-persons/rules/partners/recipients.ts';
import { stopServers, type FarSide, type Trouble } from './support.ts';

export interface Subject {
  readonly sender: NoticeSender;
  readonly far: FarSide;
  readonly notice: Notice;
  readonly payload: Payload;
  readonly to: Recipient;
}

/** What every adapter that sends must do, whoever made the far side. `timeoutMs` is short only where the far side says nothing. */
export function noticeSenderContract(name: string, make: (timeoutMs: number) => Promise<Subject>): void {
  describe(`NoticeSender: ${name}`, () => {
    afterEach(stopServers);
    const tried = async (trouble: Trouble) => {
      const subject = await make(trouble === 'SILENT' || trouble === 'NEVER_ENDS' ? 500 : 20_000);
      subject.far.trouble = trouble;
      const send = (key = 'case1:n1', signal?: AbortSignal) => subject.sender.send(subject.notice, subject.payload, subject.to, { key, ...(signal && { signal }) });
      return { ...subject, send, first: await send() };
    };

    it('hands it over with the recipient and every line, and gives the far side\'s reference', async () => {
      const { far, first, to, payload } = await tried('NONE');
      expect(first).toEqual({ outcome: 'accepted', providerRef: expect.stringMatching(/.+/) });
      expect(far.taken).toMatchObject([{ key: 'case1:n1', to: to.address }]);
      for (const line of payload.lines) expect(far.taken[0]?.text).toContain(line);
    });

    it('the same key twice is one message and one reference', async () => {
      const { far, first, send } = await tried('NONE');
      expect(await send()).toEqual(first);
      expect(far.taken).toHaveLength(1);
      expect(await send('case1:n2')).toMatchObject({ outcome: 'accepted' });
      expect(far.taken).toHaveLength(2);
    });

    it('an answer that is lost: later, and the next try with the same key is the same message', async () => {
      const { far, first, send } = await tried('LOST');
      expect(first).toMatchObject({ outcome: 'later' });
      far.trouble = 'NONE';
      expect(await send()).toMatchObject({ outcome: 'accepted' });
      expect(far.taken).toHaveLength(1);
    });

    it.each([400, 401, 403, 422] as const)('%i is final', async status => {
      const { first, far } = await tried(status);
      expect(first).toMatchObject({ outcome: 'refused' });
      expect(far.taken).toEqual([]);
    });

    it.each([429, 500, 502, 503, 'SILENT', 'NEVER_ENDS', 'GARBLED', 'EMPTY', 'OVERSIZED', 'CLOSED'] as const)('%s: later', async trouble => {
      const { first } = await tried(trouble);
      expect(first).toMatchObject({ outcome: 'later', reason: expect.stringMatching(/^[a-z-]+$/i) });
    });

    it('a caller who gave up is answered later, and nothing was taken', async () => {
      const { far, send } = await tried(503);
      far.trouble = 'NONE';
      expect(await send('case1:n9', AbortSignal.abort())).toMatchObject({ outcome: 'later' });
      expect(far.taken).toEqual([]);
    });

    it('neither the answer nor a request line holds a word of the message or its address', async () => {
      const { far, first, to, payload } = await tried(422);
      for (const word of [to.address, ...payload.lines]) expect(JSON.stringify([first, far.requests])).not.toContain(word);
    });
  });
}
