import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leaveAuditAccess, localDataDir } from './auditAccess.ts';
import { buildApp } from './build.ts';
import { startDesk } from './desk/desk.ts';
import { startInbox } from './inbox/inbox.ts';
import { startIssuer } from './issuer/issuer.ts';
import { missingEnvironment } from './issuer/missingStaff.ts';
import { staff } from './issuer/staff.ts';
import { linkOrigins, startSimulators } from './simulators/all.ts';
import { seed } from './seed.ts';
import { startSystem } from './system.ts';

// `npm start`: the embedded system of docs/adr/0003-embedded-default.md on loopback. PORT and DATA_DIR are honoured; Ctrl-C ends everything that was started.
const root = fileURLToPath(new URL('..', import.meta.url));
const port = portFrom(process.env['PORT']);
const dataDir = localDataDir();
const running: { stop(): Promise<void> }[] = [];
let stopping: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0));

try {
  say('Building ...');
  await buildApp();
  say('Starting storage, sign-in, simulators and the functions host ...');
  const issuer = started(await startIssuer({ dataDir }));
  const simulators = started(await startSimulators({ tenantId: issuer.tenantId, keysFolder: dataDir }));
  const system = started(await startSystem({
    artefact: join(root, 'dist'), dataDir, port, restartOnExit: true,
    environment: { FORCE_ENVIRONMENT: 'local', ...issuer.environment, ...simulators.environment, ...missingEnvironment, ...linkOrigins(port), PUBLIC_BASE_URL: `http://127.0.0.1:${port}` },
  }));
  simulators.connect(system.url);
  const desk = started(await startDesk({ apiUrl: system.url, issuer }));
  const inbox = started(await startInbox({ notifyUrl: simulators.notify.url, teamsUrl: simulators.teams.url, staff, deskUrl: desk.url }));
  say('Seeding sample data ...');
  await seed(system.url, issuer);
  leaveAuditAccess(dataDir, system.connectionString);
  say(`Desk (click here first)   ${desk.url}`);
  say(`Inbox (texts, cards)      ${inbox.url}`);
  say(`Provider's console        ${simulators.provider.url}/sim/sessions`);
  say(`API                       ${system.url}/api/health`);
  say(`Sign-in (sample people)   ${issuer.url}`);
  say(`Data folder               ${dataDir}`);
  say('Ready');
} catch (error) {
  if (!stopping) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(message.includes('EADDRINUSE') ? `Port ${port} is taken. Choose another: PORT=7072 npm start\n` : `Could not start: ${message}\n`);
    await end(1);
  }
}

function started<T extends { stop(): Promise<void> }>(part: T): T {
  running.push(part);
  return part;
}

/** Stops in the opposite order, once, however many signals come. */
function end(code: number): Promise<void> {
  stopping ??= (async () => {
    for (const part of running.toReversed()) await part.stop();
    process.exit(code);
  })();
  return stopping;
}

function portFrom(value: string | undefined): number {
  const number = Number(value ?? '7071');
  if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
  process.stderr.write('PORT must be a whole number from 1 to 65535.\n');
  process.exit(2);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
