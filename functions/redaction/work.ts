import * as z from 'zod';
import type { EffectContext, Performed, Room } from '../../shared/case/room.ts';
import type { BlobStore } from '../../shared/azure/store.ts';
import { loadCase } from '../../shared/case/load.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { decide, mayStart, type Command, type Effect } from './decide.ts';
import { isRefusal } from './endings.ts';
import { indexRows } from './lists.ts';
import { bundleState, documentKey, documentState, type Bundle, type Document } from './state.ts';

export type RedactionRoom = Room<Bundle, Document, Command, Effect>;

export const queue = 'redaction-work';
const effectSchema = z.strictObject({ kind: z.enum(['locate', 'burn']), documentId: z.string(), version: z.int() });

const located = z.strictObject({ pages: z.int(), pagesSha: z.string(), suggestionsSha: z.string(), suggestionCount: z.int(), warnings: z.array(z.string()) });
const burnt = z.strictObject({ outputSha: z.string(), outputBytes: z.int(), certificateSha: z.string() });

/** A document with its bundle, as an effect finds it. */
export interface Subject {
  readonly bundle: Bundle;
  readonly document: Document;
  readonly blobs: BlobStore;
  readonly context: EffectContext;
}

/** The room for the storage protocol. Both effects are computations over stored blobs: repeating one is harmless. */
export function redactionRoom(deps: () => CaseDeps): RedactionRoom {
  const room: RedactionRoom = {
    name: 'redaction', queue, stateSchema: bundleState, partSchema: documentState, effectSchema, decide, mayStart, index: indexRows,
    repeat: () => 'safe',
    async perform(effect, context) {
      const rows = await loadCase(deps(), room, context.caseId, [documentKey(effect.documentId)]);
      const bundle = rows.state?.value;
      const document = rows.parts[documentKey(effect.documentId)]?.value;
      if (!bundle || !document) throw new Error('the case went away under its work');
      return await perform(effect, { bundle, document, blobs: deps().blobs, context });
    },
    recordProgress: ({ documentId, version }, progress) => ({ do: stepOf(progress), documentId, version }),
    recordResult: ({ kind, documentId, version }, result) => (kind === 'locate'
      ? { do: 'RecordLocated', documentId, version, ...located.parse(JSON.parse(result)) }
      : { do: 'RecordBurnt', documentId, version, ...burnt.parse(JSON.parse(result)) }),
    recordFailure: ({ documentId, version }, code) => ({ do: isRefusal(code) ? 'RecordRefused' : 'RecordFailed', documentId, version, code }),
  };
  return room;
}

type Step = Extract<Command, { do: 'RecordScreening' | 'RecordLocating' | 'RecordBurning' | 'RecordVerifying' }>['do'];

function stepOf(progress: string): Step {
  switch (progress) {
    case 'screening': return 'RecordScreening';
    case 'locating': return 'RecordLocating';
    case 'burning': return 'RecordBurning';
    case 'verifying': return 'RecordVerifying';
    default: throw new RangeError('no such progress');
  }
}

/** The steps are loaded when the first document comes: an instance that serves pages only never pays for them. */
async function perform(effect: Effect, subject: Subject): Promise<Performed> {
  const steps = await import('./steps.ts');
  return effect.kind === 'locate' ? await steps.locateStep(subject) : await steps.burnStep(subject);
}
