import type { Rule } from '../rule.ts';
import { address } from './address.ts';
import { contact } from './contact.ts';
import { dates } from './dates.ts';
import { device } from './device.ts';
import { finance } from './finance.ts';
import { government } from './government.ts';
import { officer } from './officer.ts';
import { person } from './person.ts';
import { police } from './police.ts';

/** Every recogniser that is a pattern; the word lists are in phrases.ts. */
export const rules: readonly Rule[] = [...person, ...officer, ...contact, ...address, ...dates, ...government, ...police, ...finance, ...device];
