/** A member of staff as the bot needs them: who, what they may do, and what cards and audit rows call them. Never a name. */
export interface StaffPerson {
  /** Lower case, so that two spellings of one person are one person. */
  readonly objectId: string;
  /** Values of our app roles, as they stand in the `roles` claim of this person's token. Sorted. */
  readonly roles: readonly string[];
  readonly collar: string;
}

export interface StaffDirectory {
  /**
   * The person with this Entra object id. Undefined when there is none, when the account is disabled, and for what is no object id.
   * An answer is at most 60 seconds old. @throws TeamsError when the directory cannot say: a failure is never an empty list of roles
   */
  find(objectId: string): Promise<StaffPerson | undefined>;
}

export interface StaffSettings {
  readonly botId: string;
  /** Application (client) id of the API whose app roles count. */
  readonly appId: string;
  /** With the version, for instance `https://graph.microsoft.com/v1.0`. */
  readonly url?: string;
  /** Local and test only; without it the managed identity gives the token. */
  readonly tokenUrl?: string;
  /** For one look-up, with its waits and pages. */
  readonly timeoutMs?: number;
}

export interface StaffDeps {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

type Find = StaffDirectory['find'];

const keptMs = 60_000;
const mostKept = 5_000;
const objectIdPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * The staff directory on Microsoft Graph: app roles that were given to the person or to a group that the person is a direct member of. A group inside a group
 * counts for nothing, here as in tokens (docs/adr/0011-teams.md). The bot's identity needs Directory.Read.All. The client comes with the first call.
 */
export function connectStaff(settings: StaffSettings, deps: StaffDeps): StaffDirectory {
  let opened: Promise<Find> | undefined;
  const open = (): Promise<Find> => (opened ??= import('./teams/staffClient.ts').then(({ openStaff }) => openStaff(settings, deps)).catch((error: unknown) => {
    opened = undefined;
    throw error;
  }));
  return { find: rememberingStaff(async objectId => await (await open())(objectId), deps.now) };
}

/**
 * Keeps each answer for 60 seconds from when it was asked for, so a role that is taken away holds no longer; 5,000 people at most, the oldest answer goes first.
 * Look-ups of one person at the same time are one. A failure is not kept. An id that cannot be one is answered here: it would become a path of Graph's.
 */
export function rememberingStaff(find: Find, now: () => Date): Find {
  const kept = new Map<string, { readonly at: number; readonly answer: Promise<StaffPerson | undefined> }>();
  return async objectId => {
    const id = objectId.toLowerCase();
    if (!objectIdPattern.test(id)) return undefined;
    const at = now().getTime();
    const known = kept.get(id);
    // A clock that was put back makes an answer of the future, which would stay for as long.
    if (known && at >= known.at && at < known.at + keptMs) return await known.answer;
    const entry = { at, answer: find(id) };
    kept.delete(id);
    kept.set(id, entry);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    try {
      return await entry.answer;
    } catch (error) {
      if (kept.get(id) === entry) kept.delete(id);
      throw error;
    }
  };
}
