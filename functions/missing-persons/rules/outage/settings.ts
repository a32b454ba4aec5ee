import * as z from 'zod';

/** The outage pack (15.4). */
export const outagePackSettings = z.strictObject({
  /** Hourly packs that are kept beside the latest; older ones are deleted. Each is a copy of personal data: more than is needed to look back over a weekend has no purpose. */
  keepHourly: z.int().min(1).max(336).default(48),
  /** From when on a pack that was not replaced is a fault of the service, while there is an open case. */
  lateAfterMinutes: z.int().min(60).max(1_440).default(120),
});
