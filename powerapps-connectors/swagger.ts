import * as z from 'zod';

/** What of Swagger 2.0 and its `x-ms-*` extensions the connectors use. Parsing puts the keys into this order. */
export interface Schema {
  $ref?: string | undefined;
  type?: string | undefined;
  format?: string | undefined;
  'x-ms-summary'?: string | undefined;
  description?: string | undefined;
  'x-ms-visibility'?: string | undefined;
  enum?: (string | number | boolean)[] | undefined;
  default?: unknown;
  example?: unknown;
  pattern?: string | undefined;
  minimum?: number | undefined;
  exclusiveMinimum?: boolean | undefined;
  maximum?: number | undefined;
  exclusiveMaximum?: boolean | undefined;
  multipleOf?: number | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  minItems?: number | undefined;
  maxItems?: number | undefined;
  required?: string[] | undefined;
  properties?: Record<string, Schema> | undefined;
  items?: Schema | undefined;
  [other: string]: unknown;
}

const text = z.string().optional();
const count = z.number().optional();
const flag = z.boolean().optional();

const value = {
  type: text, format: text, 'x-ms-summary': text, description: text, 'x-ms-visibility': text,
  enum: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  default: z.unknown().optional(), pattern: text,
  minimum: count, exclusiveMinimum: flag, maximum: count, exclusiveMaximum: flag, multipleOf: count,
  minLength: count, maxLength: count, minItems: count, maxItems: count,
};

export const schemaObject: z.ZodType<Schema> = z.lazy(() => z.looseObject({
  $ref: text, ...value, example: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  properties: z.record(z.string(), schemaObject).optional(),
  items: schemaObject.optional(),
}));

export const parameterObject = z.looseObject({
  name: z.string(), in: z.enum(['path', 'query', 'header', 'body', 'formData']), required: flag,
  ...value, 'x-ms-url-encoding': text, 'x-ms-test-value': z.unknown().optional(), schema: schemaObject.optional(),
});

export const responseObject = z.looseObject({
  description: z.string(), schema: schemaObject.optional(), headers: z.record(z.string(), schemaObject).optional(),
});

export const operationObject = z.looseObject({
  operationId: z.string(), summary: text, description: text, 'x-ms-visibility': text, 'x-ms-trigger': text,
  consumes: z.array(z.string()).optional(), produces: z.array(z.string()).optional(),
  parameters: z.array(parameterObject).optional(), responses: z.record(z.string(), responseObject),
});

export const verbs = ['get', 'post', 'put', 'delete'] as const;
const verb = operationObject.optional();
const notificationContent = z.looseObject({ description: text, schema: schemaObject.optional() });

export const pathItem = z.looseObject({
  'x-ms-notification-content': notificationContent.optional(), get: verb, post: verb, put: verb, delete: verb,
});

/** The whole of `apiDefinition.swagger.json`. */
export const swaggerDocument = z.looseObject({
  swagger: z.string(),
  info: z.looseObject({
    title: z.string(), description: text, version: z.string(),
    contact: z.looseObject({ name: text, url: text, email: text }).optional(),
  }),
  host: text, basePath: text, schemes: z.array(z.string()).optional(),
  consumes: z.array(z.string()).optional(), produces: z.array(z.string()).optional(),
  paths: z.record(z.string(), pathItem),
  definitions: z.record(z.string(), schemaObject),
  securityDefinitions: z.record(z.string(), z.looseObject({ type: z.string(), flow: text })).optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  'x-ms-capabilities': z.looseObject({ testConnection: z.looseObject({ operationId: z.string() }).optional() }).optional(),
  'x-ms-connector-metadata': z.array(z.object({ propertyName: z.string(), propertyValue: z.string() })).optional(),
});

export type Parameter = z.infer<typeof parameterObject>;
export type Response = z.infer<typeof responseObject>;
export type SwaggerOperation = z.infer<typeof operationObject>;
export type PathItem = z.infer<typeof pathItem>;
export type Swagger = z.infer<typeof swaggerDocument>;

/** The formats that the official connector schema knows. */
export const knownFormats: readonly string[] = [
  'int32', 'int64', 'float', 'double', 'byte', 'binary', 'date', 'date-time', 'password', 'date-no-tz', 'email', 'html', 'uri', 'uuid',
];
