import { loadOperation } from '../../shared/case/load.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { statusUrlOf } from '../../shared/domain/operationStatus.ts';
import type { Handler } from '../../shared/http/call.ts';
import { problem } from '../../shared/http/problem.ts';
import type * as contract from './contract.ts';

export interface PlatformDeps {
  readonly cases: CaseDeps;
  readonly forceName: string;
  readonly version: string;
  /** Each dependency by name, and a check that rejects when it is down. */
  readonly dependencies: Readonly<Record<string, () => Promise<void>>>;
}

/** 200 when every dependency answers, 503 when one does not. Names and ok or failed only: anybody may ask. */
export function getHealth({ dependencies, version }: PlatformDeps): Handler<typeof contract.getHealth> {
  return async () => {
    const checked = await Promise.all(Object.entries(dependencies).map(async ([name, check]) => ({ name, status: await isUp(check) ? 'ok' as const : 'failed' as const })));
    const status = checked.every(dependency => dependency.status === 'ok') ? 'ok' : 'failed';
    return { status: status === 'ok' ? 200 : 503, body: { status, version, dependencies: checked } };
  };
}

/** Whatever the failure is, the answer is the same; the cause is in the dependency's own monitoring. */
async function isUp(check: () => Promise<void>): Promise<boolean> {
  const patience = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no answer in time')), 5_000).unref());
  return await Promise.race([check(), patience]).then(() => true, () => false);
}

export function getMe({ forceName }: PlatformDeps): Handler<typeof contract.getMe> {
  return ({ caller }) => Promise.resolve({ body: { objectId: caller.objectId, roles: [...caller.roles], force: forceName } });
}

/** What became of a command. Only the person who sent it may ask: to all others it is not there. */
export function getOperation({ cases }: PlatformDeps): Handler<typeof contract.getOperation> {
  return async ({ params, caller }) => {
    const found = await loadOperation(cases, params.caseId, params.operationId);
    if (!found || (found.value.by !== caller.objectId && found.value.status !== 'abandoned')) throw problem('not-found', 'Not known yet. Ask again, or repeat the command with the same key.');
    const { status, command, code, reason, reply } = found.value;
    const isPending = status === 'pending';
    return {
      // A flow asks again by itself while the answer is 202 (the asynchronous pattern of Power Automate and Logic Apps).
      status: isPending ? 202 : 200,
      ...(isPending && { location: statusUrlOf(params.caseId, params.operationId), headers: { 'retry-after': '1' } }),
      body: {
        operationId: params.operationId, caseId: params.caseId, status, command, statusUrl: statusUrlOf(params.caseId, params.operationId),
        ...(code !== undefined && { code }), ...(reason !== undefined && { reason }), ...(reply.location !== undefined && { resourceUrl: reply.location }),
      },
    };
  };
}
