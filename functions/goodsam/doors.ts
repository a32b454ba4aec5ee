import * as z from 'zod';
import type { Operation } from '../../shared/http/operation.ts';

/**
 * Routes that no member of staff calls and no connector has: the person's link, the provider's signature and Notify's token are their proof, so register.ts serves them
 * without `endpoint`. They are described here so that the structure tests know every route of the app.
 */
const door = { who: 'anonymous', audit: 'none', reply: z.strictObject({}), success: 200, idempotencyKey: 'none', visibility: 'excluded' } as const;

export const doors: readonly Operation[] = [
  { ...door, operationId: 'ReceiveProviderEvent', method: 'POST', route: 'api/webhooks/live-link/{provider}', summary: 'Receive a report of the provider', description: 'Takes a signed event of a session.' },
  { ...door, operationId: 'ReceiveReceipt', method: 'POST', route: 'api/notify-receipts', summary: 'Receive a delivery receipt', description: 'Takes what became of a text.' },
  { ...door, operationId: 'ShowLink', method: 'GET', route: 'live/{token}', summary: 'Show the page of a link', description: 'Changes nothing.' },
  { ...door, operationId: 'PressButton', method: 'POST', route: 'live/{token}/{action}', summary: 'Press a button of the page', description: 'Takes the form of one button.' },
  { ...door, operationId: 'ShowCodePage', method: 'GET', route: 'code', summary: 'Show the page of a code', description: 'For a code that was read out.' },
  { ...door, operationId: 'EnterCode', method: 'POST', route: 'code', summary: 'Enter a code', description: 'Leads to the page of its link.' },
  { ...door, operationId: 'ShowNothing', method: 'GET', route: '/', summary: 'Show that there is nothing', description: 'One page for both hosts.' },
  { ...door, operationId: 'GetAsset', method: 'GET', route: 'assets/{*path}', summary: 'Get a style, script or picture', description: 'Of the pages.' },
];
