import type { ActsOf } from './fields.ts';
import { editBodies } from './edit.ts';
import { deletionBodies } from './deletion.ts';
import { machineBodies, riskBodies } from './machine.ts';
import { regionBodies } from './regions.ts';
import { reviewBodies } from './reviews.ts';
import { searchBodies } from './search.ts';
import { workBodies } from './work.ts';

/** The body of every command that a person gives about a record that exists; the name of the command stands beside it as `do`. */
export const bodies = { ...machineBodies, ...riskBodies, ...reviewBodies, ...workBodies, ...regionBodies, ...searchBodies, ...editBodies, ...deletionBodies } as const;
export type ActName = keyof typeof bodies;
export type Act = ActsOf<typeof bodies>[ActName];
