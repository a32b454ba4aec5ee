import { describe, expect, it } from '@jest/globals';
import type { EvidenceSystem, IngestJob } from '../../../functions/goodsam/force/evidenceSystem.ts';
import type { IncidentLog } from '../../../functions/goodsam/force/incidentLog.ts';
import type { MalwareVerdict } from '../../../shared/force/malware.ts';
import type { OnDuty, Skill } from '../../../shared/force/onDuty.ts';
import type { MarkerQuestion, Safeguarding } from '../../../functions/goodsam/force/safeguarding.ts';
import { until } from '../../support/service.ts';

/** What every adapter of a system must do, whoever made the system: a real adapter is run through the same suites. Each takes what it needs of the far side. */

export function incidentLogContract(name: string, far: () => { log: IncidentLog; ref: string; linesOf: (entryId: string) => Promise<number> }): void {
  describe(`IncidentLog: ${name}`, () => {
    it('gives the header of the incident that was asked for', async () => {
      const { log, ref } = far();
      expect(await log.header(ref)).toMatchObject({ ok: true, value: { ref, status: expect.stringMatching(/^(?:OPEN|CLOSED)$/), grade: expect.any(String) } });
    });

    it('writes a line once, however often and however fast it is sent', async () => {
      const { log, ref, linesOf } = far();
      const entry = { ref, entryId: `entry-${Date.now()}`, text: 'Live link sent. Reference GS-TEST-0001.', source: 'Live links' };
      const replies = await Promise.all([log.append(entry), log.append(entry), log.append(entry)]);
      expect(replies.map(reply => reply.ok && reply.value.status).sort()).toEqual(['ALREADY_THERE', 'ALREADY_THERE', 'APPENDED']);
      expect(await log.append(entry)).toEqual({ ok: true, value: { status: 'ALREADY_THERE' } });
      expect(await linesOf(entry.entryId)).toBe(1);
    });

    it('takes 500 characters and never sends more', async () => {
      const { log, ref } = far();
      expect(await log.append({ ref, entryId: `long-${Date.now()}`, text: 'x'.repeat(500), source: 'Live links' })).toMatchObject({ ok: true });
      await expect(log.append({ ref, entryId: 'too-long', text: 'x'.repeat(501), source: 'Live links' })).rejects.toThrow(RangeError);
    });
  });
}

export function safeguardingContract(name: string, far: () => { service: Safeguarding; marked: MarkerQuestion; unmarked: MarkerQuestion }): void {
  describe(`Safeguarding: ${name}`, () => {
    it('finds markers, the contact plan and the code word', async () => {
      const { service, marked } = far();
      expect(await service.lookUp(marked)).toMatchObject({
        result: 'FOUND', markers: ['DOMESTIC_ABUSE'], contactPlan: { allowedFrom: '09:00', allowedTo: '15:00' }, codeWordOnFile: true, at: expect.stringMatching(/^\d{4}-.*Z$/),
      });
    });

    it('says NONE only for an address without any', async () => {
      const { service, unmarked } = far();
      expect(await service.lookUp(unmarked)).toMatchObject({ result: 'NONE', markers: [], codeWordOnFile: false });
    });

    it('an aborted look-up is FAILED', async () => {
      const { service, unmarked } = far();
      expect(await service.lookUp(unmarked, { signal: AbortSignal.abort() })).toMatchObject({ result: 'FAILED' });
    });
  });
}

export function onDutyContract(name: string, far: () => { duty: OnDuty; at: string; objectId: string; skillOfNobody: Skill }): void {
  describe(`OnDuty: ${name}`, () => {
    it('names who is on duty with a skill, by object id', async () => {
      const { duty, at, objectId } = far();
      const answer = await duty.who({ skill: 'FEO', at });
      expect(answer).toMatchObject({ isStale: false, sendTo: 'PEOPLE' });
      expect(answer.people).toContain(objectId);
    });

    it('nobody: the team is told', async () => {
      const { duty, at, skillOfNobody } = far();
      expect(await duty.who({ skill: skillOfNobody, at })).toMatchObject({ people: [], sendTo: 'TEAM' });
    });
  });
}

export function evidenceSystemContract(name: string, far: () => { system: EvidenceSystem; job: IngestJob }): void {
  describe(`EvidenceSystem: ${name}`, () => {
    it('one key is one exhibit, however often it is handed over', async () => {
      const { system, job } = far();
      const replies = await Promise.all([system.ingest(job), system.ingest(job), system.ingest(job)]);
      expect(new Set(replies.map(reply => reply.ok && reply.value.demsId)).size).toBe(1);
      expect(replies[0]).toMatchObject({ ok: true, value: { demsId: expect.any(String) } });
    });

    it('confirms with the hash that it holds', async () => {
      const { system, job } = far();
      const made = await system.ingest(job);
      if (!made.ok) throw new Error(made.failure.kind);
      const confirmed = await until(() => system.confirm(made.value.demsId), reply => reply.ok && reply.value.status !== 'PENDING', 5_000);
      expect(confirmed).toEqual({ ok: true, value: { status: 'CONFIRMED', sha256: job.sha256 } });
    });

    it('an id that it never gave is refused', async () => {
      expect(await far().system.confirm('no-such-id')).toMatchObject({ ok: false, failure: { kind: 'refused' } });
    });
  });
}

export function malwareContract(name: string, far: () => { scanner: MalwareVerdict; clean: { name: string; sha256: string }; infected: { name: string; sha256: string } }): void {
  describe(`MalwareVerdict: ${name}`, () => {
    it('finds the EICAR test file, and nothing in a harmless one', async () => {
      const { scanner, clean, infected } = far();
      expect(await until(() => scanner.verdictFor(infected.name, infected.sha256), verdict => verdict !== 'NONE', 5_000)).toBe('INFECTED');
      expect(await until(() => scanner.verdictFor(clean.name, clean.sha256), verdict => verdict !== 'NONE', 5_000)).toBe('CLEAN');
    });
  });
}
