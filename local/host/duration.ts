/** Milliseconds of a .NET TimeSpan as host.json writes it, `[days.]hh:mm:ss[.fraction]`. Throws on anything else. */
export function milliseconds(span: string): number {
  const match = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(span);
  if (!match) throw new Error(`"${span}" is not a time span hh:mm:ss`);
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return Math.round((((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000);
}
