import { beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import Ajv from 'ajv';
import AjvDraft4 from 'ajv-draft-04';
import * as z from 'zod';
import { connectors } from '../../powerapps-connectors/connectors.ts';
import { filesOf, readFiles, type Files } from '../../powerapps-connectors/files.ts';
import { committedFolder } from './committed.ts';
import { fixture } from './fixture/connector.ts';

/** Microsoft's schemas are third-party files beside the repository, used when they are there (the rules of our own are in checks.test.ts). */
const schemas = join(import.meta.dirname, '..', '..', '..', 'shared', 'schemas', 'connectors');
const whenThere = existsSync(schemas) ? describe : describe.skip;

const subjects: readonly (readonly [string, Files])[] = [
  ['the fixture', filesOf(fixture)], ...connectors.map(({ capability }) => [`the committed ${capability}`, readFiles(committedFolder(capability))] as const),
];
const object = z.record(z.string(), z.unknown());
const parsed = (files: Files, name: string) => object.parse(JSON.parse(new TextDecoder().decode(files[name])));
const official = (name: string) => object.parse(JSON.parse(readFileSync(join(schemas, name), 'utf8')));

type Validate = ReturnType<InstanceType<typeof Ajv.default>['compile']>;

whenThere('the official schemas', () => {
  const options = { strict: false, allErrors: true, validateFormats: false } as const;
  // The two draft-07 files name themselves with draft-04's `id`, which ajv refuses to read.
  const draft7 = (name: string) => new Ajv.default(options).compile(Object.fromEntries(Object.entries(official(name)).filter(([key]) => key !== 'id')));
  let definition: Validate;
  let properties: Validate;
  let settings: Validate;
  beforeAll(() => {
    definition = new AjvDraft4.default(options).compile(official('apiDefinition.swagger.schema.stripped.json'));
    properties = draft7('paconn-apiProperties.schema.stripped.json');
    settings = draft7('paconn-settings.schema.stripped.json');
  });
  const errorsOf = (validate: Validate, value: unknown) => (validate(value) === true ? [] : validate.errors ?? []);

  it.each(subjects)('connector check 1: the Swagger schema accepts %s', (_name, files) => {
    expect(errorsOf(definition, parsed(files, 'apiDefinition.swagger.json'))).toEqual([]);
  });

  it.each([
    ['an unknown top-level keyword', { components: {} }],
    ['another version', { swagger: '3.0.0' }],
    ['a host with a scheme', { host: 'https://desk.example.test' }],
  ])('connector check 1: and refuses %s', (_name, fault) => {
    expect(errorsOf(definition, { ...parsed(filesOf(fixture), 'apiDefinition.swagger.json'), ...fault })).not.toEqual([]);
  });

  it.each(subjects)('connector check 2: the apiProperties schema accepts %s', (_name, files) => {
    expect(errorsOf(properties, parsed(files, 'apiProperties.json'))).toEqual([]);
  });

  it('connector check 2: and refuses a property of its own', () => {
    expect(errorsOf(properties, { ...parsed(filesOf(fixture), 'apiProperties.json'), extra: 1 })).not.toEqual([]);
  });

  it.each(subjects)('connector check 3: the settings schema accepts %s', (_name, files) => {
    expect(errorsOf(settings, parsed(files, 'settings.json'))).toEqual([]);
  });

  it('connector check 3: and refuses an environment that is no id', () => {
    expect(errorsOf(settings, { ...parsed(filesOf(fixture), 'settings.json'), environment: 'test' })).not.toEqual([]);
  });
});

describe('connector check 4: swagger-parser', () => {
  const validate = async (files: Files, spoil: (text: string) => string = text => text) => {
    const folder = mkdtempSync(join(tmpdir(), 'connector-'));
    try {
      const file = join(folder, 'swagger.json');
      writeFileSync(file, spoil(new TextDecoder().decode(files['apiDefinition.swagger.json'])));
      return await SwaggerParser.validate(file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it.each(subjects)('accepts %s', async (_name, files) => {
    await expect(validate(files)).resolves.toHaveProperty('swagger', '2.0');
  });

  it.each([
    ['a reference that leads nowhere', '"#/definitions/Photograph"', '"#/definitions/Film"'],
    ['a path variable that is not declared', '"/lost-items/{itemId}":', '"/lost-items/{thingId}":'],
    ['a parameter in no place', '"in": "query"', '"in": "cookie"'],
  ])('refuses %s', async (_name, from, to) => {
    await expect(validate(filesOf(fixture), text => text.replace(from, to))).rejects.toThrow();
  });
});
