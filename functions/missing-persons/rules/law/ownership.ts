import type { MissingRecord } from '../../state.ts';
import { openOwnership, ownerOf, passTo, type OwnershipSlice } from '../regions/ownership.ts';
import { change, closePages, type Moment, type Step } from './step.ts';

/** Who is accountable, as a region: it begins with the owner that the record has. */
export function ownershipOf({ regions, owner }: Pick<MissingRecord, 'regions' | 'owner'>, { forceCode }: Moment['settings']): OwnershipSlice {
  if (regions?.ownership) return regions.ownership;
  return openOwnership({ userId: owner.userId, role: owner.role, force: forceCode }, owner.since);
}

/**
 * The region follows the record's owner, so that every tenure is kept end to end whichever command made it (I2). While another force owns the case the record's owner is our contact for it,
 * and no tenure. An assignment overtakes an offer that stood.
 */
export function ownershipFollows(step: Step, moment: Moment): Step {
  const { record } = step;
  if (!record.file) return step;
  const { owner, regions } = record;
  const slice = ownershipOf(record, moment.settings);
  const last = ownerOf(slice);
  if (last.force !== moment.settings.forceCode) return step;
  const acknowledged = owner.acknowledgedAt === undefined ? {} : { acknowledgedAt: owner.acknowledgedAt };
  if (regions?.ownership && last.userId === owner.userId && last.acknowledgedAt === owner.acknowledgedAt) return step;
  const withSlice = (ownership: OwnershipSlice, on = step): Step => change(on, { regions: { ...regions, ownership } });
  if (last.userId === owner.userId) return withSlice({ ...slice, tenures: [...slice.tenures.slice(0, -1), { ...last, ...acknowledged }] });
  // Its card would ask for what is no longer offered.
  const overtaken = slice.offer ? closePages(step, page => page.kind === 'HANDOVER', { status: 'closed', at: moment.now }) : step;
  return withSlice(passTo(slice, { userId: owner.userId, role: owner.role, force: moment.settings.forceCode, from: owner.since, how: 'ASSIGNED', ...acknowledged }), overtaken);
}
