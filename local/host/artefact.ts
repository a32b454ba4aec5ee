import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { installCoreModule, runHooks, type Core } from './core.ts';

/** A built app: a folder with package.json, whose `main` names one entry file, and host.json. */
export interface Artefact {
  readonly entry: string;
  readonly hostJson: unknown;
}

/** Reads the folder's description. Throws when it is not a built app. */
export async function openArtefact(folder: string): Promise<Artefact> {
  const { main } = z.object({ main: z.string() }).parse(await readJson(join(folder, 'package.json')));
  return { entry: join(folder, main), hostJson: await readJson(join(folder, 'host.json')) };
}

async function readJson(path: string): Promise<unknown> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  return value;
}

/**
 * Loads the app once in this process. Throws when it registers nothing: without a runtime the library falls silent, skips every
 * registration and still exits 0 (tryGetCoreApiLazy.ts), and a wrong bundle shows itself the same way.
 */
export async function loadApp(core: Core, entry: string): Promise<void> {
  installCoreModule(core);
  await import(pathToFileURL(entry).href);
  if (!core.model) throw new Error(`${entry} set no programming model: is @azure/functions in the bundle and @azure/functions-core external?`);
  if (core.functions.size === 0) throw new Error(`${entry} registered no function`);
  const capabilities = await core.model.getCapabilities?.({});
  if (capabilities?.['HttpUri'] !== undefined) throw new Error('the app enables HTTP streaming, which this host does not offer');
  await runHooks(core, 'appStart', { hookData: core.appHookData, appHookData: core.appHookData });
  core.started = true;
}
