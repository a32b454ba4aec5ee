/** Application settings: the environment as the app's owner set it, before the host changes anything in it. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** Puts `%NAME%` in a trigger's option to its setting. Throws when the setting is missing, as the real host does. */
export function resolveSettings(text: string, settings: Settings): string {
  return text.replaceAll(/%([^%]+)%/g, (_match, name: string) => {
    const value = settings[name];
    if (value === undefined) throw new Error(`'%${name}%' does not resolve to a value`);
    return value;
  });
}

/** The connection string behind a trigger's `connection`, by the host's rule: `AzureWebJobs<name>` first, then `<name>`. */
export function connectionOf(name: unknown, settings: Settings): string {
  const wanted = typeof name === 'string' && name !== '' ? name : 'Storage';
  const found = settings[`AzureWebJobs${wanted}`] ?? settings[wanted];
  if (found === undefined) throw new Error(`storage connection "${wanted}" is not set`);
  return found;
}

/** `AzureWebJobs.<function>.Disabled`, true or 1 in any case. */
export function isDisabled(functionName: string, settings: Settings): boolean {
  const value = settings[`AzureWebJobs.${functionName}.Disabled`] ?? settings[`AzureWebJobs_${functionName}_Disabled`];
  return value !== undefined && /^(true|1)$/i.test(value);
}
