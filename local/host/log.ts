/** One structured line per event, on stdout, for the process that started the host. It never carries a body, a key or a query string. */
export type Log = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

export const log: Log = (event, fields = {}) => {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`);
};

/** The words of an error for a log line. */
export function reason(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
