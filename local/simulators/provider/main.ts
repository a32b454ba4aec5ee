// The simulator as a process of its own. SIMULATOR_SETTINGS holds its settings as JSON; one line with its address goes to stdout.
import { endWithParent } from '../../host/lifeline.ts';
import { serve } from './server.ts';
import { settingsSchema } from './settings.ts';

const settings = settingsSchema.parse(JSON.parse(process.env['SIMULATOR_SETTINGS'] ?? '{}'));
endWithParent(() => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
const { url } = await serve(settings);
console.log(JSON.stringify({ event: 'ready', url }));
