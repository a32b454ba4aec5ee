// The entry of one host process: it loads one built app and serves it until it is told to stop. local/system.ts starts it.
import type { Server } from 'node:http';
import { flushCompileCache } from 'node:module';
import { openArtefact, loadApp } from './artefact.ts';
import { createAdmin } from './admin.ts';
import { createClock } from './clock.ts';
import { createCore, runHooks, type Core } from './core.ts';
import { listen, startFaultProxy, type FaultProxy } from './faultProxy.ts';
import { createFaultPlan, type FaultPlan } from './faults.ts';
import { parseHostJson } from './hostJson.ts';
import { createHttp } from './http.ts';
import { invoker, type Invoke, type Running } from './invoke.ts';
import type { Keys } from './keys.ts';
import { endWithParent } from './lifeline.ts';
import { log, reason } from './log.ts';
import { takeOptions, type ResolvedOptions } from './options.ts';
import { listenToQueue, type QueueListener } from './queue.ts';
import { connectionOf, type Settings } from './settings.ts';
import { createTimer } from './timer.ts';
import { createTimers, type Timers } from './timers.ts';
import { createTimerStore } from './timerStore.ts';
import { triggersOf, type Triggers } from './triggers.ts';

/** What must be stopped, in order: no new work, then the running work, then the rest. */
interface Host {
  readonly core: Core;
  readonly server: Server;
  readonly queues: readonly QueueListener[];
  readonly timers: Timers;
  readonly running: Running;
  readonly proxy: FaultProxy | undefined;
}

endWithParent(() => process.exit(0));
try {
  const options = takeOptions(process.env);
  const host = await start(options);
  // Else the compile cache is written at a normal end only, and a host that tests kill never has one.
  flushCompileCache();
  const stopOnce = once(() => stop(host, options.graceMs));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stopOnce);
} catch (error) {
  log('start-failed', { error: reason(error) });
  process.exit(1);
}

async function start(options: ResolvedOptions): Promise<Host> {
  const settings: Settings = { ...process.env };
  const faults = settings['HOST_FAULTS'] === '1' ? createFaultPlan(killSelf) : undefined;
  const proxy = faults && await proxyAppStorage(settings, faults);
  const core = createCore(log);
  const artefact = await openArtefact(options.artefact);
  const hostJson = parseHostJson(artefact.hostJson, options.queues);
  await loadApp(core, artefact.entry);
  const triggers = triggersOf(core, settings);
  const running: Running = { count: 0, started: 0 };
  const invoke = invoker(core, running);
  const clock = createClock();
  if (options.clock !== undefined) clock.set(Date.parse(options.clock));
  const store = createTimerStore(connectionOf(undefined, settings), options.instance);
  const timers = createTimers(triggers.timers.map(trigger => createTimer({ clock, store, invoke, log }, trigger)), { clock, store, leaseRetry: options.timerLeaseRetryMs, log });
  const queues: QueueListener[] = [];
  const keys: Keys = { master: options.masterKey, host: options.hostKey, functions: options.functionKeys };
  const admin = createAdmin({ functions: [...core.functions.values()], keys, queues, timers, clock, running, invoke, faults });
  const server = createHttp({
    functions: triggers.http, settings: hostJson.http, keys, invoke, log, admin, answerLimit: options.answerLimitMs,
    ...(options.bodyLimit === undefined ? {} : { bodyLimit: options.bodyLimit }),
  });
  const port = await listen(server, options.port);
  queues.push(...startQueues(triggers, { settings: hostJson.queues, invoke, log, ...(faults ? { afterSuccess: id => faults.afterSuccess(id) } : {}) }));
  await timers.start();
  log('ready', { url: `http://127.0.0.1:${port}`, functions: core.functions.size, disabled: triggers.disabled });
  return { core, server, queues, timers, running, proxy };
}

/** Queues of one process share nothing but the settings; each has its own listener, as in the real host. */
function startQueues(triggers: Triggers, host: Parameters<typeof listenToQueue>[0] & { invoke: Invoke }): QueueListener[] {
  return triggers.queues.map(trigger => listenToQueue(host, trigger));
}

/** The app's own storage calls go through the proxy; the host's do not. */
async function proxyAppStorage(settings: Settings, faults: FaultPlan): Promise<FaultProxy> {
  const proxy = await startFaultProxy(connectionOf('STORAGE_CONNECTION', settings), faults, killSelf, log);
  process.env['STORAGE_CONNECTION'] = proxy.connectionString;
  return proxy;
}

function killSelf(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** A terminal's Ctrl-C and the parent's SIGTERM may both arrive. */
function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

/** Takes no more work, gives what runs its grace, and ends. */
function stop(host: Host, graceMs: number): void {
  log('stopping', { running: host.running.count });
  setTimeout(() => {
    log('grace-over', { running: host.running.count });
    process.exit(0);
  }, graceMs).unref();
  host.server.close();
  host.server.closeIdleConnections();
  const finished = Promise.all([host.timers.stop(), ...host.queues.map(queue => queue.stop()), closed(host.server)]);
  finished.then(() => runHooks(host.core, 'appTerminate', { hookData: host.core.appHookData, appHookData: host.core.appHookData }))
    .catch((error: unknown) => log('stop-failed', { error: reason(error) }))
    .finally(() => {
      host.proxy?.stop();
      process.exit(0);
    });
}

function closed(server: Server): Promise<void> {
  return new Promise(resolve => {
    // A connection that a client keeps alive is idle once its answer is out.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    server.once('close', () => {
      clearInterval(idle);
      resolve();
    });
  });
}
