import type { MissingRecord } from '../../state.ts';
import { flagsOf } from '../law/about.ts';
import { regionsOf } from '../law/regionSlices.ts';
import type { FlagCode } from '../terms.ts';

/** What a flag forbids, or warns of, in a sentence; the others are named by their codes. What must not be done has to be readable without the system, which otherwise refuses it (3.6, DES). */
const flagDoNots: Readonly<Partial<Record<FlagCode, string>>> = {
  NO_PUBLICITY: 'Publish nothing: no appeal, no photograph, no post.', MEDIA_RISK_WARNING: 'Ask the inspector before anything is published: publicity may put this person at more risk.',
  NO_DISCLOSURE_LOCATION: 'When found, tell nobody where this person is.', TEXTSAFE_OPTOUT: 'Ask the charity for no text message to this person.', SEALED_IDENTITY: 'The identity is sealed: say and write it nowhere else.',
  POLICE_FAMILY: 'A police family: speak of it only with those who work on it.', HBA_FM: 'Danger from the family (honour-based abuse or forced marriage): tell the family and the community nothing before the inspector has agreed.',
  DOMESTIC_ABUSE: 'Domestic abuse: whoever rings may be the danger. Tell nobody where this person is.', DANGEROUS: 'May be dangerous: nobody goes alone.', SUSPICIOUS: 'Treated as suspicious: keep the scene; the informant may be a suspect.',
};

const side = { FAMILY: 'the family', CARE_PROVIDER: 'the care provider' } as const;

/** What must not be done in this case, as sentences. */
export function doNots(record: MissingRecord): string[] {
  return [...ofDeath(record), ...flagsOf(record).flatMap(flag => flagDoNots[flag] ?? []), ...ofPlace(record), ...ofPlan(record)];
}

/** C10: who speaks with the family between the finding of a body and its being told. */
function ofDeath({ file }: MissingRecord): string[] {
  if (file?.state !== 'DECEASED_PENDING_ID' || file.deceased?.familyToldAt !== undefined) return [];
  return ['A body was found and the family has not been told. Nobody speaks with the family but the family liaison officer, the inspector and the senior investigator.'];
}

/** I7: what was said of who may learn where the person is. */
function ofPlace(record: MissingRecord): string[] {
  const { adult, child, childWish } = regionsOf(record).disclosure;
  const withheld = child.at(-1)?.withheldFrom ?? childWish?.withholdFrom ?? [];
  return [
    ...(adult.at(-1)?.answer === 'NO' ? ['The person does not agree that anybody is told where they are.'] : []), ...(withheld.length > 0 ? [`Where the person is, is not told to ${withheld.map(who => side[who]).join(' or ')}.`] : []),
  ];
}

function ofPlan({ triggerPlan }: MissingRecord): string[] {
  return triggerPlan?.state === 'AGREED' && triggerPlan.doNot !== undefined ? [`Trigger plan: ${triggerPlan.doNot}`] : [];
}

export const flagWords = (record: Pick<MissingRecord, 'known' | 'risk'>): string[] => flagsOf(record).map(flag => flag.replaceAll('_', ' '));
