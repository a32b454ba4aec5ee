// The walls of docs/adr/0002-walls.md: who may import what. One table, one zone a file (the first whose pattern matches), so no wall
// can silently replace another as two no-restricted-imports blocks would. tests/walls proves each with a fixture that must fail.
import { posix } from 'node:path';

const sdk = ['@azure/data-tables', '@azure/storage-', '@azure/identity', '@azure/core-', '@azure/keyvault-', '@microsoft/', 'openai'];
const pdfLibraries = ['@embedpdf/pdfium', '@cantoo/pdf-lib', 'sharp', 'tesseract.js'];
const own = ['functions/', 'shared/', 'powerapps-connectors/', 'local/', 'tests/'];

/** Zones in order; a file belongs to the first that matches. `may` lists path or package prefixes; `only` means nothing else is allowed. */
export const zones = [
  { name: 'tests and local', files: /^(tests|local)\//, free: true },
  { name: 'wiring', files: /^functions\/main\.ts$/, mayNot: [...sdk, 'tests/', 'local/'] },
  { name: 'connector generator', files: /^powerapps-connectors\//, mayNot: [...sdk, 'tests/', 'local/', 'shared/azure/', 'shared/case/'], contractsOnly: true },
  {
    name: 'pure', files: /^(functions\/[^/]+\/(decide|card|page|contract|schemas|state|policy|moves|suggestions|lists)\.ts|functions\/[^/]+\/(detect|rules)\/.*|shared\/domain\/.*|shared\/messages\.ts)$/,
    only: ['zod'], ownOnly: [/^functions\/[^/]+\/(decide|card|page|contract|schemas|state|policy|moves|suggestions|lists)\.ts$/, /^functions\/[^/]+\/(detect|rules)\//, /^shared\/domain\//, /^shared\/http\/operation\.ts$/],
    pure: true,
  },
  { name: 'document engine', files: /^functions\/redaction\/(burn|pdfium|lines|commands)\//, mayNot: [...sdk, '@azure/', 'tests/', 'local/', 'shared/azure/', 'shared/case/'] },
  { name: 'storage and service clients', files: /^shared\/azure\//, mayNot: ['functions/', 'tests/', 'local/', 'shared/http/', ...pdfLibraries] },
  { name: 'shared', files: /^shared\//, mayNot: [...sdk, ...pdfLibraries, 'functions/', 'tests/', 'local/'] },
  { name: 'rooms', files: /^functions\//, mayNot: [...sdk, ...pdfLibraries, 'tests/', 'local/'] },
];

const importWalls = {
  meta: { type: 'problem', schema: [], messages: { wall: '{{zone}}: must not import {{target}} ({{why}})' } },
  create(context) {
    const file = posix.normalize(context.filename.slice(context.cwd.length + 1).replaceAll('\\', '/'));
    const zone = zones.find(z => z.files.test(file));
    if (!zone || zone.free) return {};
    const check = node => {
      const source = node.source;
      if (!source || typeof source.value !== 'string') return;
      const target = source.value.startsWith('.') ? posix.join(posix.dirname(file), source.value) : source.value;
      const why = refusal(zone, file, target, node.importKind === 'type');
      if (why) context.report({ node, messageId: 'wall', data: { zone: zone.name, target, why } });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};

function refusal(zone, file, target, isType) {
  const isOwn = own.some(prefix => target.startsWith(prefix));
  const room = /^functions\/([^/]+)\//.exec(file)?.[1];
  const targetRoom = /^functions\/([^/]+)\//.exec(target)?.[1];
  if (room && targetRoom && room !== targetRoom) return 'two rooms talk by queue message';
  if (zone.only) {
    if (isOwn) return zone.ownOnly.some(pattern => pattern.test(target)) ? '' : 'a pure module imports zod and other pure modules only';
    return zone.only.includes(target) ? '' : 'a pure module imports zod and other pure modules only';
  }
  if (zone.contractsOnly && targetRoom && !/^functions\/[^/]+\/contract\.ts$/.test(target)) return 'the generator reads contracts only';
  const hit = zone.mayNot.find(prefix => target === prefix || target.startsWith(prefix.endsWith('/') || prefix.endsWith('-') ? prefix : `${prefix}/`));
  if (!hit) return '';
  return isType && hit.startsWith('@azure/core-') ? '' : 'this belongs behind shared/azure, or on the other side of a wall';
}

const appOnlyInRegister = {
  meta: { type: 'problem', schema: [], messages: { app: 'app.* is called in register.ts only' } },
  create(context) {
    if (/(^|\/)functions\/([^/]+\/)?(register|main)\.ts$/.test(context.filename) || /\/(tests|local)\//.test(context.filename)) return {};
    return {
      ImportSpecifier(node) {
        if (node.parent.source.value === '@azure/functions' && node.imported.name === 'app') context.report({ node, messageId: 'app' });
      },
    };
  },
};

const purity = {
  'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval', 'crypto', 'Buffer', 'performance'],
  'no-restricted-properties': ['error',
    { object: 'Date', property: 'now', message: 'time comes in as facts.now' },
    { object: 'Math', property: 'random', message: 'randomness comes in as an argument' }],
  'no-restricted-syntax': ['error', { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'time comes in as facts.now' }],
};

const envOnlyInConfig = ['error', { object: 'process', property: 'env', message: 'process.env is read in shared/config.ts only' }];

export const walls = [
  {
    files: ['functions/**/*.ts', 'shared/**/*.ts', 'powerapps-connectors/**/*.ts'],
    plugins: { walls: { rules: { imports: importWalls, app: appOnlyInRegister } } },
    rules: { 'walls/imports': 'error', 'walls/app': 'error', 'no-console': 'error', 'no-restricted-properties': envOnlyInConfig },
  },
  // A command line reads where it was called from; it is no part of the app.
  { files: ['shared/config.ts', 'functions/*/commands/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['shared/log.ts', 'functions/*/commands/*.ts', 'powerapps-connectors/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['functions/*/{decide,card,page,contract,schemas,state,policy,moves,suggestions,lists}.ts', 'functions/*/{detect,rules}/**/*.ts', 'shared/domain/**/*.ts'],
    rules: purity,
  },
];
