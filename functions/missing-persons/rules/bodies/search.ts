import * as z from 'zod';
import { roomKind, searchType } from '../search/record.ts';
import { flag, item, reason, text, when } from './fields.ts';

const room = z.strictObject({
  name: text(120, 'Which space.', 'Loft'), kind: roomKind.meta({ description: 'What kind of space.', example: 'LOFT' }), searched: z.enum(['YES', 'NO', 'NONE_THERE']).optional().meta({ description: 'Whether it was searched.', example: 'YES' }),
  how: text(500, 'How it was searched.', 'By torch, every corner').optional(), reason: text(500, 'Why not.', 'Locked; the owner brings the key').optional(), locked: flag('It is locked.').optional(), at: when('When.').optional(),
}).meta({ id: 'SearchedRoom', description: 'One space of a home.' });
const rooms = z.array(room).max(150).default([]).meta({ description: 'Every room, loft, garage, shed, vehicle and outbuilding.' });

const percent = (description: string) => z.number().min(0).max(100).meta({ description, example: 70 });

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
  SignOffSearch: z.strictObject({
    searchId: item('The search.', 'search-1'), poaPct: percent('Probability of area as the search adviser states it, percent.').optional(), podPct: percent('Probability of detection, percent.').optional(), note: text(1_000, 'What the coverage is worth.', 'Woods twice by dog, the pond not').optional(),
  }),
  AddSearchClue: z.strictObject({ searchId: item('The search.', 'search-1'), text: text(1_000, 'What was found or seen.', 'A blue glove at the stile') }),
  DrawSearchArea: z.strictObject({
    name: text(120, 'What the area is called.', 'Sample Wood, north'),
    polygonJson: z.string().min(20).max(20_000).meta({ description: 'A GeoJSON polygon as text: longitude before latitude, one closed ring, at most 200 corners.', example: '{"type":"Polygon","coordinates":[[[-2.9,53.2],[-2.89,53.2],[-2.89,53.21],[-2.9,53.2]]]}' }),
  }),
  MovePlanningPoint: z.strictObject({
    which: z.enum(['IPP', 'PLS', 'LKP']).meta({ description: 'The initial planning point, which is set once; the place last seen; the last known position.', example: 'LKP' }), lat: z.number().min(-90).max(90).meta({ description: 'Latitude, WGS84.', example: 53.2 }),
    lon: z.number().min(-180).max(180).meta({ description: 'Longitude, WGS84.', example: -2.9 }), precisionM: z.number().min(0).max(1_000_000).optional().meta({ description: 'How exact, in metres.', example: 50 }), text: text(500, 'Where, in words.', 'Bus stop, Sample Street').optional(), reason,
  }),
} as const;
