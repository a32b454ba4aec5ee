import * as z from 'zod';
import type { TeamsSettings } from '../teams.ts';

export type TokenFor = (scope: string) => Promise<string>;

const answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
/** A token is renewed this long before it ends. */
const renewBeforeMs = 120_000;
const timeoutMs = 10_000;

/**
 * App-only tokens: of the bot's managed identity in Azure, of the configured endpoint elsewhere. Kept until shortly before they end. The real clock counts
 * here, as it does where the token was made.
 */
export function appTokens({ botId, tokenUrl }: Pick<TeamsSettings, 'botId' | 'tokenUrl'>): TokenFor {
  const kept = new Map<string, { readonly token: string; readonly until: number }>();
  return async scope => {
    const known = kept.get(scope);
    if (known && known.until > Date.now()) return known.token;
    const fresh = tokenUrl === undefined ? await fromIdentity(botId, scope) : await fromEndpoint(tokenUrl, botId, scope);
    kept.set(scope, { token: fresh.token, until: fresh.expiresAt - renewBeforeMs });
    return fresh.token;
  };
}

async function fromIdentity(clientId: string, scope: string): Promise<{ token: string; expiresAt: number }> {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  const { token, expiresOnTimestamp } = await new ManagedIdentityCredential({ clientId }).getToken(scope);
  return { token, expiresAt: expiresOnTimestamp };
}

async function fromEndpoint(url: string, clientId: string, scope: string): Promise<{ token: string; expiresAt: number }> {
  const reply = await fetch(url, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, scope }), signal: AbortSignal.timeout(timeoutMs) });
  if (!reply.ok) throw Object.assign(new Error('no token for Teams'), { statusCode: reply.status });
  const { access_token: token, expires_in: seconds } = answer.parse(await reply.json());
  return { token, expiresAt: Date.now() + seconds * 1_000 };
}
