import type { Operation } from '../shared/http/operation.ts';
import { placeholders, publisher, type Connector } from './connector.ts';

/**
 * The readme that stands beside each connector, in the order of the official example. The operation list and the roles come from the
 * contract, so that they cannot lag behind it.
 */
export function readmeOf(connector: Connector): string {
  const shown = connector.operations.filter(({ visibility }) => visibility === 'important' || visibility === 'advanced');
  const internal = connector.operations.filter(({ visibility }) => visibility === 'internal');
  return [
    `# ${connector.title}`, '', connector.description, '',
    `Generated from \`functions/${connector.capability}/contract.ts\` and the platform's contract by \`node run.mjs connectors\`: do not edit.`, '',
    '## Publisher', '', `${publisher.name} (${publisher.url})`, '',
    '## Prerequisites', '', ...bullets(prerequisites(connector)),
    '## Supported operations', '', ...shown.flatMap(described),
    ...(internal.length === 0 ? [] : ['Internal, not shown to makers:', '', ...bullets(internal.map(({ operationId, summary }) => `\`${operationId}\`: ${summary}`))]),
    '## Obtaining credentials', '', ...numbered(credentials),
    '## Getting started', '', 'Make a connection and sign in with your force account. Every call is made as you: what you may not do in the back end, you may not do here.', '',
    '## Known issues and limitations', '', ...bullets([...limitations, ...connector.knownIssues]),
    '## Deployment', '', ...deployment,
  ].join('\n');
}

function prerequisites(connector: Connector): string[] {
  const roles = [...new Set(connector.operations.flatMap(({ who }) => (typeof who === 'string' ? [] : who)))].sort();
  return [
    'A Power Apps or Power Automate Premium licence for each person who uses the connector.',
    'The back end deployed and reachable by the Power Platform over https.',
    'An Entra ID app registration for the back end and one for the connector (see below).',
    ...(roles.length === 0 ? [] : [`Entra ID app roles, given to people by group: ${roles.map(role => `\`${role}\``).join(', ')}.`]),
  ];
}

function described(operation: Operation): string[] {
  const { who } = operation;
  const may = who === 'anyStaff' ? 'Any member of staff.' : who === 'anonymous' ? 'Anybody.' : `Needs one of the roles ${who.map(role => `\`${role}\``).join(', ')}.`;
  return [`### ${operation.summary}`, '', `\`${operation.operationId}\`. ${operation.description} ${may}`, ''];
}

const credentials = [
  'In Entra ID, register the back end (single tenant), expose the scope `access_as_user` and create the app roles named above.',
  'Register the connector as a second application, give it the delegated permission `access_as_user` and grant admin consent.',
  `In \`apiProperties.json\` put the back end's application ID URI in place of \`${placeholders.resourceUri}\` and the tenant in place of \`${placeholders.tenantId}\`.`,
  'Set the environment variables `frc_BackEndHost` (host name without scheme), `frc_ConnectorClientId` and, when the connector is made, `frc_ConnectorClientSecret`; the secret belongs in Azure Key Vault.',
  'After the first import copy the redirect address that the platform shows on the security page into the connector\'s app registration.',
];

const limitations = [
  'Environment variables are read when the connector is saved: after changing one, save the connector again.',
  'The platform allows 500 calls a minute on a connection.',
  'A synchronous call from a flow ends after 120 seconds. Operations that answer 202 go on afterwards: in a flow switch the asynchronous pattern of the action off, and ask for the status in a loop until it has ended.',
  'Power Apps cannot read reply headers: take the version for If-Match from the reply body where the operation gives it.',
  'The official schema notes that the connection test is not used for custom connectors yet; the operation is there for when it is.',
  'Import into a tenant has not been tried with these files: they were checked offline against the official schemas and the documented rules.',
];

const deployment = [
  'From this folder, after the steps above:', '',
  '```sh', 'pac connector create --settings-file settings.json', '```', '',
  'Write the connector id that it prints into `settings.json`, and use `pac connector update --settings-file settings.json` from then on.', '',
];

function bullets(items: readonly string[]): string[] {
  return [...items.map(item => `- ${item}`), ''];
}

function numbered(items: readonly string[]): string[] {
  return [...items.map((item, index) => `${index + 1}. ${item}`), ''];
}
