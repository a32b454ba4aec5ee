import * as z from 'zod';
import { callForce, type CallOptions, type ForceSystem } from './call.ts';

/** Duty management (force-systems.md row 3): who is on duty with a skill, for the routing of cards. */
export interface OnDuty {
  /**
   * Who is on duty at a time (UTC ISO). Never throws. `sendTo` is the rule of paragraph 3: people only when the list is fresh and names somebody; the team as well
   * when the list is older than 2 hours; the team alone when nobody is on duty or there is no answer. So a person who is off duty is never the only recipient.
   */
  who(question: DutyQuestion, options?: CallOptions): Promise<DutyAnswer>;
}

export interface DutyQuestion {
  readonly unit?: string;
  readonly skill?: Skill;
  readonly at: string;
}

export const skill = z.enum(['FEO', 'RVR', 'CSI', 'MOSOVO', 'PACE_INSPECTOR', 'FIM', 'DI', 'DS', 'CCTV', 'CALL_HANDLER', 'ATTENDING', 'SGT', 'INSP', 'DI_SIO', 'SUPT', 'MFH_COORD', 'POLSA', 'FLO', 'MEDIA', 'PNC_BUREAU', 'CD_SPOC']);
export type Skill = z.infer<typeof skill>;

export interface DutyAnswer {
  /** Object ids of Entra. */
  readonly people: readonly string[];
  /** When the list was true, UTC ISO; absent without an answer. */
  readonly asOf?: string;
  /** Older than 2 hours: shown as a banner. */
  readonly isStale: boolean;
  readonly sendTo: 'PEOPLE' | 'PEOPLE_AND_TEAM' | 'TEAM';
}

const staleAfterMs = 2 * 3_600_000;

const reply = z.object({
  asOf: z.iso.datetime(),
  people: z.array(z.object({ objectId: z.guid(), from: z.iso.datetime(), until: z.iso.datetime() })),
});

export function httpOnDuty(system: ForceSystem): OnDuty {
  return {
    async who({ unit, skill: wanted, at }, options) {
      const body = { at, ...(unit !== undefined && { unit }), ...(wanted !== undefined && { skill: wanted }) };
      const found = await callForce(system, { path: '/on-duty', body }, reply, options);
      if (!found.ok) return { people: [], isStale: true, sendTo: 'TEAM' };
      const moment = Date.parse(at);
      // The shift is looked at here as well: a list that is an hour old names people who have gone home.
      const people = [...new Set(found.value.people.filter(({ from, until }) => Date.parse(from) <= moment && moment < Date.parse(until)).map(person => person.objectId))];
      const isStale = moment - Date.parse(found.value.asOf) > staleAfterMs;
      return { people, asOf: found.value.asOf, isStale, sendTo: people.length === 0 ? 'TEAM' : isStale ? 'PEOPLE_AND_TEAM' : 'PEOPLE' };
    },
  };
}
