import { loadCase } from '../../shared/case/load.ts';
import type { LinkDeps, LinkRoom } from './deps.ts';

/** The capture ends within two seconds (goodsam.md 21.20): here and now, before any queue; the request's own effect does it again should this fail. */
export async function stopNow(deps: LinkDeps & { readonly room: LinkRoom }, requestId: string): Promise<void> {
  const { state } = await loadCase(deps.cases, deps.room, requestId, []);
  const sessions = state?.value.sends.flatMap(({ sessionId, sessionClosed }) => (sessionId === undefined || sessionClosed === true ? [] : [sessionId])) ?? [];
  await Promise.allSettled(sessions.map(sessionId => deps.provider.end(sessionId, { signal: AbortSignal.timeout(1_500) })));
}
