import type { StaffDirectory } from '../../../shared/azure/staff.ts';
import type { Log } from '../../../shared/log.ts';
import type { Called } from '../rules/outage/sheet.ts';

export interface Callers {
  /** Asks for those who are not known yet. It never fails. */
  learn(userIds: readonly string[]): Promise<void>;
  readonly called: Called;
}

/** After so many failures the directory is away, and asking goes on for the next pack. */
const failuresBorne = 3;
const askedAtOnce = 8;

/** Collar numbers for one pack: an account's id means nothing on paper. Without the directory the end of the id is there, by which the person is found later. */
export function callersFrom(staff: Pick<StaffDirectory, 'find'>, log: Log): Callers {
  const collars = new Map<string, string>();
  let failures = 0;
  async function ask(userId: string): Promise<void> {
    if (failures >= failuresBorne) return;
    try {
      const collar = (await staff.find(userId))?.collar ?? '';
      collars.set(userId, collar);
    } catch (error) {
      failures += 1;
      log.warn('outage-pack-directory', { attempt: failures }, error);
    }
  }
  return {
    async learn(userIds) {
      const unknown = [...new Set(userIds)].filter(id => id !== '' && !collars.has(id));
      for (let n = 0; n < unknown.length && failures < failuresBorne; n += askedAtOnce) await Promise.all(unknown.slice(n, n + askedAtOnce).map(ask));
    },
    called: userId => nameOf(userId, collars.get(userId)),
  };
}

function nameOf(userId: string, collar: string | undefined): string {
  if (userId === '') return 'nobody yet';
  return collar === undefined || collar === '' ? `account ...${userId.slice(-6)}` : `collar ${collar}`;
}
