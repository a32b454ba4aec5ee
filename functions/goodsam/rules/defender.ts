import * as z from 'zod';

/**
 * The event "Microsoft.Security.MalwareScanningResult" that Microsoft Defender for Storage sends by way of a custom Event Grid topic. Its shape was read in public
 * repositories that handle it and in the columns of StorageMalwareScanningResults (learn.microsoft.com), not tried against a live subscription: the words of
 * `scanResultType` are compared without case, and an unknown one is ERROR, never CLEAN.
 */
const data = z.object({
  blobUri: z.url(),
  scanResultType: z.string(),
  scanResultDetails: z.object({ malwareNamesFound: z.array(z.string()).optional(), sha256: z.string().optional() }).nullish(),
});
/** Event Grid's own schema has `eventType`, the CloudEvents schema `type`. */
const event = z.object({ id: z.string(), eventType: z.string().optional(), type: z.string().optional(), data: z.unknown() });

export interface ScanResult {
  readonly eventId: string;
  readonly account: string;
  readonly container: string;
  readonly blobName: string;
  readonly verdict: 'CLEAN' | 'INFECTED' | 'ERROR';
  /** Lower-case hex, only when the event held 64 hex digits. */
  readonly sha256?: string;
}

const verdicts: Readonly<Record<string, ScanResult['verdict']>> = { 'no threats found': 'CLEAN', 'malicious': 'INFECTED' };

/** Reads one event. Undefined for another type of event and for what cannot be read; the caller looks at account and container before it believes it. */
export function scanResultOf(received: unknown): ScanResult | undefined {
  const outer = event.safeParse(received);
  if (!outer.success || (outer.data.eventType ?? outer.data.type) !== 'Microsoft.Security.MalwareScanningResult') return undefined;
  const inner = data.safeParse(outer.data.data);
  const place = inner.success ? placeOf(inner.data.blobUri) : undefined;
  if (!inner.success || !place) return undefined;
  const sha256 = hashOf(inner.data.scanResultDetails?.sha256);
  return { eventId: outer.data.id, ...place, verdict: verdicts[inner.data.scanResultType.trim().toLowerCase()] ?? 'ERROR', ...(sha256 !== undefined && { sha256 }) };
}

function hashOf(text: string | undefined): string | undefined {
  return text !== undefined && /^[\da-f]{64}$/i.test(text) ? text.toLowerCase() : undefined;
}

/** https://{account}.blob.{suffix}/{container}/{blob}, or undefined. */
function placeOf(uri: string): { account: string; container: string; blobName: string } | undefined {
  const { hostname, pathname } = new URL(uri);
  const [, container = '', ...rest] = pathname.split('/');
  const account = hostname.split('.')[0] ?? '';
  try {
    const blobName = decodeURIComponent(rest.join('/'));
    return container === '' || blobName === '' ? undefined : { account, container, blobName };
  } catch {
    // A name that is not percent-encoded as it must be is none of ours.
    return undefined;
  }
}
