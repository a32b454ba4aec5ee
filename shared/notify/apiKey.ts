const FORM = /^[\w-]{1,100}-([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * The service that a Notify API key (`name-serviceId-secret`) belongs to, or undefined if it is no key. Configuration refuses two keys of one service, as the
 * neutral texts need a service of their own (goodsam.md 21.9).
 */
export function serviceIdOf(apiKey: string): string | undefined {
  return FORM.exec(apiKey)?.[1];
}
