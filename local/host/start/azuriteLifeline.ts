// Loaded into Azurite's own process with --import: Azurite cannot watch its parent. SIGTERM lets it write its state to disk.
import { endWithParent } from '../lifeline.ts';

endWithParent(() => process.kill(process.pid, 'SIGTERM'));
