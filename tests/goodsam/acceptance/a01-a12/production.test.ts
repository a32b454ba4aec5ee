import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHostProcess } from '../../../../local/host/start/hostProcess.ts';
import { homeTenant } from '../../../../local/issuer/staff.ts';
import { startSimulators, type Simulators } from '../../../../local/simulators/all.ts';
import { ConfigurationError, readConfig } from '../../../../shared/config.ts';
import { artefact } from '../../../support/service.ts';

let simulators: Simulators;
beforeAll(async () => { simulators = await startSimulators({ tenantId: homeTenant }); });
afterAll(async () => { await simulators.stop(); });

/** Settings with which a force would go live: what the simulators want, and nothing of theirs. */
function live(): Record<string, string> {
  const outside = Object.entries(simulators.environment)
    // With its managed identity the bot needs no address for tokens.
    .filter(([name]) => name !== 'TEAMS_TOKEN_URL')
    .map(([name, value]): [string, string] => [name, isAddress(value) ? `https://${name.toLowerCase().replaceAll('_', '-')}.example/v1` : value]);
  return {
    FORCE_ENVIRONMENT: 'production', STORAGE_ACCOUNT: 'sampleforce', ENTRA_TENANT_ID: homeTenant, ENTRA_AUDIENCE: 'sample', PUBLIC_BASE_URL: 'https://app.force.example', FORCE_DATA_PROTECTION: 'dpo@force.example',
    PUBLIC_LINK_ORIGIN: 'https://live.force.example', NEUTRAL_LINK_ORIGIN: 'https://call.elsewhere.example', ...Object.fromEntries(outside),
  };
}

const isAddress = (value: string): boolean => value.startsWith('http');

/** The variables that are at fault, or none when the app would start. */
function faultsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return [...new Set(error.variables)].sort();
    throw error;
  }
}

/** Starts the built app on the host. Resolves to what it said when it ended at its start. */
async function startOf(environment: Readonly<Record<string, string>>): Promise<{ readonly said: string; readonly code: number | null }> {
  const host = createHostProcess({ options: { artefact, graceMs: 1_000 }, environment: { PATH: process.env['PATH'], ...environment } });
  try {
    await host.start();
  } catch (error) {
    return { said: String(error), code: (await host.exited()).code };
  } finally {
    await host.stop();
  }
  return { said: 'ready', code: null };
}

describe('production', () => {
  it('A11 takes settings that reach no simulator, and each simulator by itself is refused by its name', () => {
    expect(faultsOf(live())).toEqual([]);
    const addresses = Object.entries(simulators.environment).filter(([, value]) => isAddress(value));
    expect(addresses.map(([name]) => name)).toEqual(expect.arrayContaining(['LIVE_LINK_PROVIDER_URL', 'NOTIFY_URL', 'SAFEGUARDING_URL', 'MALWARE_VERDICT_URL', 'EVIDENCE_SYSTEM_URL', 'INCIDENT_LOG_URL', 'ON_DUTY_URL', 'TEAMS_SERVICE_URL', 'GRAPH_URL']));
    for (const [name, value] of addresses) expect(faultsOf({ ...live(), [name]: value })).toEqual([name]);
  });

  it('A11 refuses a simulator under another address of this machine, by any name, and the clock that tests move', () => {
    for (const address of ['https://localhost:7071', 'https://127.0.0.2/v1', 'https://[::1]:7071', 'https://simulator.localhost', 'http://provider.example']) {
      expect(faultsOf({ ...live(), LIVE_LINK_PROVIDER_URL: address })).toEqual(['LIVE_LINK_PROVIDER_URL']);
    }
    expect(faultsOf({ ...live(), SIMULATOR_SETTINGS: '{}' })).toEqual(['SIMULATOR_SETTINGS']);
    expect(faultsOf({ ...live(), CLOCK_OFFSET_FILE: '/tmp/clock' })).toEqual(['CLOCK_OFFSET_FILE']);
  });

  it('A11 the process with the simulator of the provider ends at its start, and says which setting it was without its value', async () => {
    const { said, code } = await startOf({ ...live(), LIVE_LINK_PROVIDER_URL: simulators.provider.url });
    expect(said).toContain('LIVE_LINK_PROVIDER_URL must be an https address that is not loopback: production refuses a simulator');
    expect(said).not.toContain(simulators.provider.url);
    expect(code).toBe(1);
  });

  it('A11 the process with all simulators ends at its start', async () => {
    const { said, code } = await startOf({ ...live(), ...simulators.environment });
    for (const name of ['LIVE_LINK_PROVIDER_URL', 'NOTIFY_URL', 'SAFEGUARDING_URL', 'TEAMS_TOKEN_URL']) expect(said).toContain(name);
    expect(code).toBe(1);
  });

  it('A11 the same process without a simulator is not refused: the app loads, and only the storage of the host is missing here', async () => {
    const { said } = await startOf(live());
    expect(said).not.toContain('The configuration is refused');
    expect(said).toContain('storage connection \\"AzureWebJobsStorage\\" is not set');
  });
});
