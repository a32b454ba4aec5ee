import { httpProvider } from '../../../functions/goodsam/provider/http.ts';
import { startProviderSimulator } from '../../../local/simulators/provider/start.ts';
import { providerContract } from './contract.ts';
import { startReceiver } from './receiver.ts';

providerContract('our REST shape over the simulator', async () => {
  const simulator = await startProviderSimulator({ seed: 7, speed: 600 });
  const receiver = await startReceiver(() => simulator.environment.LIVE_LINK_WEBHOOK_SECRETS.split(','));
  const press = async (url: string, body = ''): Promise<void> => {
    const response = await fetch(url, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
    if (response.status !== 303) throw new Error(`${url}: ${response.status}`);
  };
  const settings = { url: simulator.url, key: simulator.environment.LIVE_LINK_PROVIDER_KEY, timeoutMs: 2_000 };
  return {
    provider: httpProvider(settings),
    stranger: httpProvider({ ...settings, key: 'a-wrong-key-of-some-length' }),
    callbackUrl: receiver.url,
    join: session => press(`${session.publicUrl}/join`),
    sendFile: session => press(`${session.publicUrl}/do`, 'act=send-file&file=photo'),
    outage: async on => { await simulator.control('outage', { on }); },
    nextCreate: async trouble => { await simulator.control('arm', { scenario: trouble === 'timeout' ? '016' : '014' }); },
    stop: async () => {
      await simulator.stop();
      await receiver.stop();
    },
  };
});
