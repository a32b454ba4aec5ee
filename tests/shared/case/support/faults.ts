import { Unavailable, type Write } from '../../../../shared/azure/store.ts';
import type { CaseDeps } from '../../../../shared/case/room.ts';

export interface StorageCall {
  /** Counted from 1 over all stores. */
  readonly n: number;
  readonly name: 'cases.get' | 'cases.transact' | 'cases.list' | 'work.get' | 'work.transact' | 'work.list' | 'queue.send' | 'queue.receive' | 'queue.remove' | 'blob.create' | 'blob.read' | 'blob.remove' | 'blob.list';
  readonly writes?: readonly Write[];
}

/** `before`: it never reaches storage. `after`: storage has done it and the answer is lost. `late`: no answer, and it lands when the test says so. */
export type Fault = 'before' | 'after' | 'late';

export interface Injection {
  readonly deps: CaseDeps;
  /** What was called so far. */
  readonly calls: readonly StorageCall[];
  /** Lets the calls that are in flight reach storage now, in order; a refusal by storage is nobody's to hear. Returns how many took effect. */
  land(): Promise<number>;
}

/** The stores of `deps` with faults in front of them. `around` may hold a call back, for an interleaving. */
export function inject(deps: CaseDeps, faultOf: (call: StorageCall) => Fault | undefined, around: () => Promise<void> = () => Promise.resolve()): Injection {
  const calls: StorageCall[] = [];
  const inFlight: (() => Promise<unknown>)[] = [];
  const run = async <T>(name: StorageCall['name'], act: () => Promise<T>, writes?: readonly Write[]): Promise<T> => {
    const call = { n: calls.length + 1, name, ...(writes && { writes }) };
    calls.push(call);
    const fault = faultOf(call);
    await around();
    if (fault === 'late') inFlight.push(act);
    if (fault === 'before' || fault === 'late') throw new Unavailable('no answer');
    const result = await act();
    if (fault === 'after') throw new Unavailable('the answer is lost');
    return result;
  };
  const table = (name: 'cases' | 'work'): CaseDeps['cases'] => ({
    get: (partitionKey, rowKey) => run(`${name}.get`, () => deps[name].get(partitionKey, rowKey)),
    transact: writes => run(`${name}.transact`, () => deps[name].transact(writes), writes),
    list: options => run(`${name}.list`, () => deps[name].list(options)),
  });
  return {
    calls,
    deps: {
      ...deps, cases: table('cases'), work: table('work'),
      queues: {
        send: (queue, message, delay) => run('queue.send', () => deps.queues.send(queue, message, delay)),
        receive: async (queue, count, hidden) => (await run('queue.receive', () => deps.queues.receive(queue, count, hidden)))
          .map(message => ({ ...message, remove: () => run('queue.remove', () => message.remove()) })),
      },
      blobs: {
        create: (name, content, type) => run('blob.create', () => deps.blobs.create(name, content, type)),
        read: name => run('blob.read', () => deps.blobs.read(name)),
        remove: name => run('blob.remove', () => deps.blobs.remove(name)),
        list: prefix => run('blob.list', () => deps.blobs.list(prefix)),
      },
    },
    async land() {
      let landed = 0;
      for (const act of inFlight.splice(0)) landed += await act().then(() => 1, () => 0);
      return landed;
    },
  };
}

/** Breaks the n-th call only. */
export function nth(n: number, fault: Fault): (call: StorageCall) => Fault | undefined {
  return call => (call.n === n ? fault : undefined);
}

/** Writes of an operation row: `cases.transact` calls that hold one. */
export function writesOperation(call: StorageCall, operationId: string): boolean {
  return call.writes?.some(write => write.do !== 'delete' && write.row.rowKey === `op|${operationId}`) ?? false;
}
