import Module from 'node:module';
import type {
  FunctionCallback, FunctionMetadata, HookCallback, LogCategory, LogLevel, ProgrammingModel,
} from './coreTypes.ts';
import type { Log } from './log.ts';

export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** What the app has told the host through `@azure/functions-core`. One a process: the library keeps module state. */
export interface Core {
  readonly functions: Map<string, RegisteredFunction>;
  readonly hooks: Map<string, HookCallback[]>;
  readonly appHookData: Record<string, unknown>;
  readonly log: Log;
  model: ProgrammingModel | undefined;
  /** Registration is only allowed until the app has started, as in the real worker. */
  started: boolean;
}

// The worker refuses an unknown hook with a RangeError; the library takes that for a host that is too old (registerHook.ts).
const hookNames = new Set(['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log']);

/** Disposable as the worker's own: calls back once. */
class Disposable {
  #callback: (() => void) | undefined;
  constructor(callback: () => void) { this.#callback = callback; }
  dispose(): void {
    this.#callback?.();
    this.#callback = undefined;
  }
}

export function createCore(log: Log): Core {
  return { functions: new Map(), hooks: new Map(), appHookData: {}, log, model: undefined, started: false };
}

/**
 * Makes `require('@azure/functions-core')` answer with this host, exactly as the real worker does (setupCoreModule.ts). It catches the
 * `createRequire` in an ESM bundle's banner as well, since that goes through `Module.prototype.require`.
 */
export function installCoreModule(core: Core): void {
  const api = coreApi(core);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the proxy applies it to the caller's own `this`
  const original = Module.prototype.require;
  Module.prototype.require = new Proxy(original, {
    apply(target, self: unknown, args: unknown[]): unknown {
      return args[0] === '@azure/functions-core' ? api : Reflect.apply(target, self, args);
    },
  });
}

function coreApi(core: Core): object {
  return {
    version: '3.12.0',
    hostVersion: '4.1037.0',
    Disposable,
    setProgrammingModel: (model: ProgrammingModel) => { core.model = model; },
    getProgrammingModel: () => core.model,
    registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) => registerFunction(core, metadata, callback),
    registerHook: (name: string, callback: HookCallback) => registerHook(core, name, callback),
    log: (level: LogLevel, category: LogCategory, message: string) => core.log('app-log', { level, category, message }),
  };
}

function registerFunction(core: Core, metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
  if (core.started) throw systemError(Error, 'A function can only be registered during app startup.');
  const key = metadata.functionId ?? metadata.name;
  if (core.functions.has(key)) throw systemError(Error, `A function with id "${key}" has already been registered.`);
  core.functions.set(key, { metadata, callback });
  return new Disposable(() => core.functions.delete(key));
}

function registerHook(core: Core, name: string, callback: HookCallback): Disposable {
  if (!hookNames.has(name)) throw systemError(RangeError, `Unrecognized hook "${name}"`);
  const list = core.hooks.get(name) ?? [];
  core.hooks.set(name, [...list, callback]);
  return new Disposable(() => {
    core.hooks.set(name, (core.hooks.get(name) ?? []).filter(item => item !== callback));
  });
}

function systemError(kind: ErrorConstructor | RangeErrorConstructor, message: string): Error {
  return Object.assign(kind(message), { isAzureFunctionsSystemError: true });
}

/** Runs the hooks of one name in order; one that throws ends the chain with its error. */
export async function runHooks(core: Core, name: string, context: Record<string, unknown>): Promise<void> {
  for (const hook of core.hooks.get(name) ?? []) await hook(context);
}
