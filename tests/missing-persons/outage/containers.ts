import { BlobServiceClient } from '@azure/storage-blob';

/** What lies in the container of packs of an account, by name, as a reader without the service sees it. */
export async function packsIn(connectionString: string): Promise<ReadonlyMap<string, string>> {
  const container = BlobServiceClient.fromConnectionString(connectionString).getContainerClient('missing-outage-packs');
  const found = new Map<string, string>();
  if (!await container.exists()) return found;
  for await (const { name } of container.listBlobsFlat()) found.set(name, (await container.getBlobClient(name).downloadToBuffer()).toString());
  return found;
}

export const isWhole = (html: string): boolean => html.startsWith('<!DOCTYPE html>') && html.trimEnd().endsWith('</html>') && (html.match(/End of the pack/g) ?? []).length === 1;
