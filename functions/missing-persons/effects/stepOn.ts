import { commit, type Outcome } from '../../../shared/case/commit.ts';
import type { Command, Context, Effect } from '../decide.ts';
import type { MissingDeps, MissingRoom } from '../deps.ts';
import type { MissingPart, MissingRecord } from '../state.ts';

/** What another case, or another room, brings about on a case. */
export interface Brought {
  readonly caseId: string;
  /** Of what brings it about, so that it is taken once however often it is told. */
  readonly operationId: string;
  readonly hash: string;
  readonly name: string;
  /** The service by default. */
  readonly by?: string;
  readonly roles?: readonly string[];
  /** What ids of the step begin with. */
  readonly id: string;
  readonly command: (context: Context) => Command;
}

/** A step on a case that nobody asked for over the interface; it is on whoever calls to say what an outcome means. */
export async function stepOn({ cases, roster }: Pick<MissingDeps, 'cases' | 'roster'>, room: MissingRoom, { by = 'system', roles = [], id, command, ...request }: Brought): Promise<Outcome['kind']> {
  const outcome = await commit<MissingRecord, MissingPart, Command, Effect>(cases, room, {
    ...request, by, roles, parts: [], creates: false, reply: () => ({ status: 202, body: {} }), command: async () => command({ people: await roster(), looked: {}, id }),
  });
  return outcome.kind;
}
