/** Civil time of London, which officers type and read, and the UTC instants of the service. */
const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });

/** `2026-09-30T14:30` as a date-time field holds it. @param {Date} at */
export function toLondon(at) {
  return parts.format(at).replace(' ', 'T');
}

/** The instant of a date-time field; undefined when it is empty. @param {string} local */
export function fromLondon(local) {
  const asUtc = Date.parse(`${local}:00Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // London is at UTC or an hour ahead; the hour that summer time leaves out is read as either.
  const found = [asUtc, asUtc - 3_600_000].find(at => toLondon(new Date(at)) === local);
  return new Date(found ?? asUtc).toISOString();
}
