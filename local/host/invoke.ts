import { randomBytes, randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { runHooks, type Core, type RegisteredFunction } from './core.ts';
import type {
  CoreInvocationContext, FunctionCallback, InvocationModel, InvocationResponse, LogCategory, LogLevel, TypedData,
} from './coreTypes.ts';
import { reason } from './log.ts';

/** What a trigger hands to a function. */
export interface TriggerInput {
  readonly data: TypedData;
  readonly metadata?: Readonly<Record<string, TypedData>>;
  /** The caller's W3C traceparent; the function sees the same trace with a new span. */
  readonly traceParent?: string;
  readonly traceState?: string;
}

export type Invoke = (fn: RegisteredFunction, input: TriggerInput) => Promise<InvocationResponse>;

/** The invocations that run now; drain and stop wait for it to be empty. */
export interface Running {
  count: number;
  /** Invocations since the start. */
  started: number;
}

/**
 * One invocation in the worker's own order (nodejs-worker, InvocationHandler.ts): arguments, preInvocation hooks, the function,
 * postInvocation hooks, then the error or the response. Rejects with the function's error.
 */
export function invoker(core: Core, running: Running): Invoke {
  return async (fn, input) => {
    running.count += 1;
    running.started += 1;
    const started = performance.now();
    const name = fn.metadata.name;
    try {
      const response = await invokeOnce(core, fn, input);
      core.log('invocation', { function: name, ok: true, ms: Math.round(performance.now() - started) });
      return response;
    } catch (error) {
      core.log('invocation', { function: name, ok: false, ms: Math.round(performance.now() - started), error: reason(error) });
      throw error;
    } finally {
      running.count -= 1;
    }
  };
}

async function invokeOnce(core: Core, fn: RegisteredFunction, input: TriggerInput): Promise<InvocationResponse> {
  if (!core.model) throw new Error('no programming model is set');
  const held: { context: unknown } = { context: undefined };
  const coreContext = createContext(core, fn, input, held);
  const model = await core.model.getInvocationModel(coreContext);
  const { context, inputs } = await model.getArguments();
  held.context = context;
  const shared = hookContext(core, context);
  const pre = Object.assign(shared(), { functionCallback: fn.callback, inputs });
  await inState(coreContext, 'preInvocationHooks', () => runHooks(core, 'preInvocation', pre));
  const outcome = await callFunction({ coreContext, model, context, inputs: pre.inputs, callback: pre.functionCallback });
  const post = Object.assign(shared(), { inputs: pre.inputs, result: outcome.result, error: outcome.error });
  await inState(coreContext, 'postInvocationHooks', () => runHooks(core, 'postInvocation', post));
  if (post.error instanceof Error) throw post.error;
  // A thrown value that is no Error must fail the invocation too.
  if (post.error !== null && post.error !== undefined) throw new Error(inspect(post.error));
  return model.getResponse(context, post.result);
}

interface Call {
  readonly coreContext: CoreInvocationContext;
  readonly model: InvocationModel;
  readonly context: unknown;
  readonly inputs: unknown[];
  readonly callback: FunctionCallback;
}

async function callFunction(call: Call): Promise<{ result: unknown; error: unknown }> {
  try {
    const run = (): Promise<unknown> => call.model.invokeFunction(call.context, call.inputs, call.callback);
    return { result: await inState(call.coreContext, 'invocation', run), error: null };
  } catch (error) {
    return { result: null, error: error ?? new Error('the function threw no value') };
  }
}

async function inState<T>(context: CoreInvocationContext, state: CoreInvocationContext['state'], run: () => Promise<T>): Promise<T> {
  context.state = state;
  try {
    return await run();
  } finally {
    context.state = undefined;
  }
}

/** The read-only part that pre- and postInvocation hooks of one invocation share. */
function hookContext(core: Core, context: unknown): () => Record<string, unknown> {
  const hookData = {};
  return () => Object.defineProperties({}, {
    hookData: { value: hookData, enumerable: true },
    appHookData: { value: core.appHookData, enumerable: true },
    invocationContext: { value: context, enumerable: true },
  });
}

function createContext(core: Core, fn: RegisteredFunction, input: TriggerInput, held: { context: unknown }): CoreInvocationContext {
  const invocationId = randomUUID();
  const binding = triggerOf(fn);
  return {
    invocationId,
    metadata: fn.metadata,
    state: undefined,
    request: {
      invocationId,
      functionId: fn.metadata.functionId ?? fn.metadata.name,
      inputData: [{ name: binding.name, data: input.data }],
      triggerMetadata: input.metadata ?? {},
      traceContext: { traceParent: childSpan(input.traceParent), ...(input.traceState === undefined ? {} : { traceState: input.traceState }) },
    },
    log: (level, category, message) => userLog(core, { level, category, message, function: fn.metadata.name, invocationId }, held.context),
  };
}

interface LogEntry extends Record<string, unknown> { level: LogLevel; category: LogCategory; message: string }

/** Log hooks see the line before it is written and may change its level and words (nodejs-worker, WorkerContext.ts). */
function userLog(core: Core, entry: LogEntry, invocationContext: unknown): void {
  const hook = { hookData: {}, appHookData: core.appHookData, invocationContext, level: entry.level, category: entry.category, message: entry.message };
  for (const callback of core.hooks.get('log') ?? []) callback(hook);
  if (hook.level !== 'none') core.log('app-log', { ...entry, level: hook.level, message: hook.message });
}

/** The trigger binding of a function, with its name. */
export function triggerOf(fn: RegisteredFunction): { name: string; type: string; options: Readonly<Record<string, unknown>> } {
  for (const [name, binding] of Object.entries(fn.metadata.bindings)) {
    if (binding.type.toLowerCase().endsWith('trigger')) return { name, type: binding.type, options: binding };
  }
  throw new Error(`function "${fn.metadata.name}" has no trigger`);
}

/** Same trace id, new span id: the host's own span lies between the caller and the function. */
function childSpan(parent: string | undefined): string {
  const trace = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/.exec(parent ?? '');
  return `00-${trace?.[1] ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${trace?.[2] ?? '00'}`;
}
