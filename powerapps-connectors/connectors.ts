import type { Connector } from './connector.ts';

/** Every capability that the Power Platform may call. A room is added here once it has a contract. */
export const connectors: readonly Connector[] = [];
