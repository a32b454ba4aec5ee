import { roles } from './contract.ts';
import type { Bundle } from './state.ts';

/** Who asks: the person, never the app. */
export interface Asker {
  readonly objectId: string;
  readonly roles: readonly string[];
}

/**
 * Permission per record, in one place. An open bundle is open to all who hold a role of the room; a restricted one to its members, and to administrators
 * and auditors, who may look but hold no command.
 */
export function mayOpen(bundle: Pick<Bundle, 'handling' | 'members'>, asker: Asker): boolean {
  if (bundle.handling === 'open' || bundle.members.includes(asker.objectId)) return true;
  return asker.roles.includes(roles.administrator) || asker.roles.includes(roles.auditor);
}

export function mayChange(bundle: Pick<Bundle, 'handling' | 'members'>, asker: Asker): boolean {
  return bundle.handling === 'open' || bundle.members.includes(asker.objectId);
}
