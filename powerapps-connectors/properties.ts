import { placeholders, publisher, type Connector } from './connector.ts';

/**
 * `apiProperties.json`: sign-in with Entra ID as the person who uses the connection (custom connectors have no client-credentials grant).
 * `redirectMode` is left to the platform, which gives each new connector its own redirect address.
 */
export function propertiesOf(connector: Connector): unknown {
  return {
    properties: {
      connectionParameters: {
        token: {
          type: 'oauthSetting',
          oAuthSettings: {
            identityProvider: 'aad',
            clientId: placeholders.clientId,
            scopes: [],
            customParameters: {
              loginUri: { value: 'https://login.microsoftonline.com' },
              resourceUri: { value: placeholders.resourceUri },
              tenantId: { value: placeholders.tenantId },
            },
          },
        },
      },
      iconBrandColor: connector.iconBrandColor,
      capabilities: ['actions', ...(connector.operations.some(({ extensions }) => extensions?.['x-ms-trigger'] !== undefined) ? ['triggers'] : [])],
      ...policiesOf(connector),
      publisher: publisher.name,
      stackOwner: publisher.name,
    },
  };
}

/** The next page must be asked for through the platform's gateway as well, which this policy sees to (official schema, x-ms-pageable). */
function policiesOf({ operations }: Connector): object {
  const paged = operations.filter(({ visibility, extensions }) => visibility !== 'excluded' && extensions?.['x-ms-pageable'] !== undefined);
  if (paged.length === 0) return {};
  return {
    policyTemplateInstances: [{
      templateId: 'updatenextlink',
      title: 'Next page',
      parameters: {
        'x-ms-apimTemplateParameter.nextLinkPropertyName': 'nextLink',
        'x-ms-apimTemplate-operationName': paged.map(({ operationId }) => operationId),
      },
    }],
  };
}

/** `settings.json` of paconn and pac: which files make the connector. The connector id is written there by the first import. */
export function settingsOf(): unknown {
  return {
    connectorId: '',
    apiProperties: 'apiProperties.json',
    apiDefinition: 'apiDefinition.swagger.json',
    icon: 'icon.png',
    powerAppsUrl: 'https://api.powerapps.com',
    powerAppsApiVersion: '2016-11-01',
  };
}
