import * as z from 'zod';

const claims = z.object({ iss: z.string(), exp: z.number(), serviceurl: z.string().min(1) });

/**
 * What the SDK leaves open, checked before it verifies the same token. It takes a token of any Entra tenant as an agent's, and then checks no service URL: a
 * member of staff could speak for another one. It skips the service URL when the activity has none, and takes a token without an end or without `Bearer`.
 */
export function mayBeVerified(authorization: string | undefined, activity: Readonly<Record<string, unknown>>, issuer: string): boolean {
  const payload = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(authorization ?? '')?.[1];
  if (payload === undefined) return false;
  const read = claims.safeParse(jsonOf(Buffer.from(payload, 'base64url').toString('utf8')));
  return read.success && read.data.iss === issuer && typeof activity['serviceUrl'] === 'string' && activity['serviceUrl'] !== '' && activity['channelId'] === 'msteams';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
