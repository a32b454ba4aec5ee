import type { DequeuedMessageItem } from '@azure/storage-queue';
import type { TypedData } from './coreTypes.ts';

/**
 * The text that the sender meant, or undefined when it cannot be decoded: with `messageEncoding` base64 the extension never shows such a
 * message to the function (QueueServiceClientProvider, MessageDecodingFailed).
 */
export function decodeMessage(raw: string, encoding: 'base64' | 'none'): string | undefined {
  if (encoding === 'none') return raw;
  // Convert.FromBase64String ignores white space and accepts nothing else out of the alphabet or out of step.
  const text = raw.replaceAll(/\s/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return Buffer.from(text, 'base64').toString('utf8');
}

/**
 * `context.triggerMetadata` of a queue function. Top-level properties of a JSON message overwrite same names without regard to case, as
 * text (host, Utility.ApplyBindingData): a message with a field `id` hides the message's id.
 */
export function queueTriggerMetadata(message: DequeuedMessageItem, text: string, dequeueCount: number): Record<string, TypedData> {
  const metadata = new Map<string, [string, TypedData]>();
  const set = (name: string, value: TypedData): void => {
    const key = name.toLowerCase();
    metadata.set(key, [metadata.get(key)?.[0] ?? name, value]);
  };
  set('QueueTrigger', { string: text });
  set('DequeueCount', { int: dequeueCount });
  set('ExpirationTime', { json: JSON.stringify(message.expiresOn) });
  set('Id', { string: message.messageId });
  set('InsertionTime', { json: JSON.stringify(message.insertedOn) });
  set('NextVisibleTime', { json: JSON.stringify(message.nextVisibleOn) });
  set('PopReceipt', { string: message.popReceipt });
  for (const [name, value] of jsonProperties(text)) {
    if (!Array.isArray(value)) set(name, dotNetText(value));
  }
  return Object.fromEntries(metadata.values());
}

function jsonProperties(text: string): [string, unknown][] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  } catch {
    return [];
  }
}

/** Newtonsoft's ToString of a value: `True` for true, the empty text for null; an object stays JSON. */
function dotNetText(value: unknown): TypedData {
  if (typeof value === 'object' && value !== null) return { json: JSON.stringify(value) };
  if (typeof value === 'boolean') return { string: value ? 'True' : 'False' };
  return { string: typeof value === 'string' || typeof value === 'number' ? String(value) : '' };
}
