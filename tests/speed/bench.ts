import { benchBurn } from './burn.ts';
import { commandFigures } from './commands.ts';
import { benchDetect } from './detect.ts';
import { print } from './figures.ts';
import { liveLinkFigures, liveLinkTrips } from './liveLinks.ts';
import { missingListFigures, missingTrips } from './missingPersons.ts';
import { startupFigures } from './startup.ts';

// `npm run bench`: speed is looked at, never asserted in a test. Each part prints its figures beside a floor or a peer of the same run.
print('Start', await startupFigures());
print('Protocol over Azurite', await commandFigures());
print('Live links', [...await liveLinkFigures(), ...await liveLinkTrips()]);
print('Missing persons', [...await missingListFigures(), ...await missingTrips()]);
const line = (text: string): void => void process.stdout.write(`  ${text}\n`);
line('\nBurning');
await benchBurn(line);
line('\nFinding');
benchDetect(line);
