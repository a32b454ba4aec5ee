import { operations as goodsam } from '../functions/goodsam/contract.ts';
import { operations as missing } from '../functions/missing-persons/contract.ts';
import { operations as platform } from '../functions/platform/contract.ts';
import { operations as redaction } from '../functions/redaction/contract.ts';
import type { Connector } from './connector.ts';

/**
 * Every capability that the Power Platform may call. A room is added here once it has a contract; the platform's own operations (who am I,
 * what became of my command) go with each, because a connection reaches one connector only.
 */
export const connectors: readonly Connector[] = [
  {
    capability: 'redaction',
    operations: [...platform, ...redaction],
    title: 'Police Document Redaction',
    description: 'Suggests what to redact in documents of a case, keeps each decision with its reason, and releases a new file from which nothing redacted can be recovered, with a certificate and a disclosure schedule.',
    version: '1.0.0',
    iconBrandColor: '#1d3557',
    logo: [
      { kind: 'box', x: 24, y: 8, width: 112, height: 144, fill: 'paper' },
      { kind: 'box', x: 40, y: 30, width: 80, height: 6, fill: 'ink' },
      { kind: 'box', x: 40, y: 50, width: 24, height: 6, fill: 'ink' },
      { kind: 'box', x: 70, y: 43, width: 50, height: 20, fill: 'ink' },
      { kind: 'box', x: 40, y: 76, width: 80, height: 6, fill: 'ink' },
      { kind: 'box', x: 40, y: 92, width: 46, height: 20, fill: 'ink' },
      { kind: 'box', x: 92, y: 99, width: 28, height: 6, fill: 'ink' },
      { kind: 'box', x: 40, y: 124, width: 56, height: 6, fill: 'ink' },
    ],
    categories: ['Content and Files', 'Security'],
    knownIssues: [
      'Documents are at most 20 MB and are sent as the whole body; the validator\'s published list of content types is short and has no application/pdf, so this must be tried at the first import.',
    ],
  },
  {
    capability: 'goodsam',
    operations: [...platform, ...goodsam],
    title: 'Police Live Links',
    description: 'Sends video, location, upload and appointment links to the public for the control room, firearms licensing, domestic abuse, offender management, forensics, CCTV and serious crime. Nothing is sent unless it is safe, and every step is on record.',
    version: '1.0.0',
    iconBrandColor: '#0b2a55',
    logo: [
      { kind: 'box', x: 32, y: 16, width: 96, height: 128, fill: 'paper' },
      { kind: 'box', x: 44, y: 34, width: 72, height: 54, fill: 'ink' },
      { kind: 'box', x: 44, y: 100, width: 44, height: 8, fill: 'ink' },
      { kind: 'box', x: 44, y: 116, width: 60, height: 8, fill: 'ink' },
    ],
    categories: ['Communication', 'Security'],
    knownIssues: ['Files of evidence over 100 MB are opened in the evidence system, not through this connector.'],
  },
  {
    capability: 'missing-persons',
    operations: [...platform, ...missing],
    title: 'Police Missing Persons',
    description: 'Takes reports of missing persons and works each case from the first call to its closure: risk with floors that explain themselves, tasks and clocks that escalate by themselves, two people for every lower level, and found that stops everything.',
    version: '1.0.0',
    iconBrandColor: '#274060',
    logo: [
      { kind: 'box', x: 32, y: 16, width: 96, height: 128, fill: 'paper' },
      { kind: 'box', x: 64, y: 36, width: 32, height: 32, fill: 'ink' },
      { kind: 'box', x: 48, y: 78, width: 64, height: 34, fill: 'ink' },
      { kind: 'box', x: 44, y: 124, width: 72, height: 6, fill: 'ink' },
    ],
    categories: ['Security', 'Collaboration'],
    knownIssues: ['The evidence of a task is JSON text in one field; its kind and what it asks for stand with the task.'],
  },
];
