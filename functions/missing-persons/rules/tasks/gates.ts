import type { Gate, Task } from './task.ts';

/** Whether what a task waits for has happened: the family has been told (D02), the death is released to partners (`deathReleaseAt`, 15.1 item 14). */
export function isGateOpen(tasks: readonly Task[], gates: readonly Gate[] | undefined, deathReleasedAt: string | undefined): boolean {
  return (gates ?? []).every(gate => (gate === 'DEATH_RELEASE' ? deathReleasedAt !== undefined : isFamilyTold(tasks)));
}

/** A family task that counts is done; one that does not exist yet keeps the gate shut. */
function isFamilyTold(tasks: readonly Task[]): boolean {
  const asked = tasks.filter(({ templateId, voidedAt }) => templateId === 'D02' && voidedAt === undefined);
  return asked.length > 0 && asked.every(({ state }) => state === 'DONE' || state === 'NOT_APPLICABLE');
}
