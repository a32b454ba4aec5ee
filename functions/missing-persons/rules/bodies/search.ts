import * as z from 'zod';
import { roomKind, searchType } from '../search/record.ts';
import { flag, item, text, when } from './fields.ts';

const room = z.strictObject({
  name: text(120, 'Which space.', 'Loft'), kind: roomKind.meta({ description: 'What kind of space.', example: 'LOFT' }), searched: z.enum(['YES', 'NO', 'NONE_THERE']).optional().meta({ description: 'Whether it was searched.', example: 'YES' }),
  how: text(500, 'How it was searched.', 'By torch, every corner').optional(), reason: text(500, 'Why not.', 'Locked; the owner brings the key').optional(), locked: flag('It is locked.').optional(), at: when('When.').optional(),
}).meta({ id: 'SearchedRoom', description: 'One space of a home.' });
const rooms = z.array(room).max(150).default([]).meta({ description: 'Every room, loft, garage, shed, vehicle and outbuilding.' });

/** Bodies of the commands about searches (3.8, 15.4). */
export const searchBodies = {
  StartSearch: z.strictObject({
    type: searchType.meta({ description: 'What kind of search.', example: 'INITIAL_HOME' }), areaId: item('The area.', 'area-1').optional(), placeText: text(300, 'Where, in words.', '1 Sample Street').optional(), rooms, startedAt: when('When it began.'),
    power: z.enum(['CONSENT', 'PACE_17', 'WARRANT', 'OTHER']).optional().meta({ description: 'By what power the place is entered.', example: 'CONSENT' }), consentedBy: text(200, 'Who consented.', 'The mother').optional(), grounds: text(1_000, 'The grounds.', 'Heard a cry for help').optional(),
    warrantRef: text(80, 'The reference of the warrant.', 'W-1').optional(), enteredBy: z.array(text(120, 'Who entered.', 'PC Example')).max(40).default([]).meta({ description: 'Who entered.' }),
    resources: z.array(text(120, 'Who or what searches.', 'Two officers')).max(60).default([]).meta({ description: 'Who or what searches.' }),
  }),
  CompleteSearch: z.strictObject({
    searchId: item('The search.', 'search-1'), rooms, endedAt: when('When it ended.'), coverage: z.enum(['ALL', 'PART', 'NONE']).optional().meta({ description: 'How much was covered.', example: 'ALL' }), coverageNote: text(2_000, 'What was left out and why.', 'The cellar was under water').optional(),
    sergeantToldAt: when('When the duty sergeant was told that it was tasked.').optional(),
  }),
} as const;
