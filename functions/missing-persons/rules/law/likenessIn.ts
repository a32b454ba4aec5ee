import { present } from '../../../../shared/domain/present.ts';
import type { MissingRecord } from '../../state.ts';
import { likenessOfReport } from '../intake/personOf.ts';
import { likenessOf } from '../person/likeness.ts';
import type { Likeness } from '../person/matchKeys.ts';

/** What of a record is compared and searched by: of a case its person; of a report what it says (R2), and once an officer has put that right, the person with the report's telephones. */
export function likenessIn({ file, person, intake, edits }: Pick<MissingRecord, 'file' | 'person' | 'intake' | 'edits'>): Likeness {
  if (file) return likenessOf(person);
  const said = likenessOfReport({ ...intake, raw: '' });
  return edits === undefined ? said : likenessOf(person, present({ informantPhones: said.informantPhones }));
}
