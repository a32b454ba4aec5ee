import type { Operation } from '../shared/http/operation.ts';
import type { Shape } from './icon.ts';

/** One custom connector: the operations of a room and what the Power Platform shows about them. */
export interface Connector {
  /** The room, and the folder under `powerapps-connectors/`. */
  readonly capability: string;
  readonly operations: readonly Operation[];
  /** At most 30 letters, without "API", "Connector" or a product name of the platform. */
  readonly title: string;
  /** 30 to 500 characters. */
  readonly description: string;
  readonly version: string;
  /** `#rrggbb`, neither white nor `#007ee5`. */
  readonly iconBrandColor: string;
  /** White shapes on a grid of 160 by 160, the logo's share of the icon. */
  readonly logo: readonly Shape[];
  /** At most two, of the fixed list of connector categories. */
  readonly categories: readonly string[];
  readonly knownIssues: readonly string[];
}

/**
 * Who answers for the connectors. The default force profile; another force changes these values and generates again.
 * The address is reserved for examples (RFC 2606), because a real mailbox must be chosen by the force.
 */
export const publisher = {
  name: 'Cheshire Constabulary Digital Services',
  url: 'https://www.cheshire.police.uk/',
  email: 'digital.services@cheshire-police.example',
  website: 'https://www.cheshire.police.uk/',
  privacyPolicy: 'https://www.cheshire.police.uk/hyg/privacy-notice/',
} as const;

/** What an administrator fills in; the Power Platform reads environment variables when the connector is saved. */
export const placeholders = {
  host: '@environmentVariables("frc_BackEndHost")',
  clientId: '@environmentVariables("frc_ConnectorClientId")',
  clientSecret: '@environmentVariables("frc_ConnectorClientSecret")',
  /** Environment variables are not read here, so these two are edited before the first import. */
  resourceUri: 'api://00000000-0000-0000-0000-000000000000',
  tenantId: '00000000-0000-0000-0000-000000000000',
} as const;
