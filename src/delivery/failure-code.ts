import { isHufuError } from '#domain/errors.ts';

/**
 * A short code for why a delivery failed, fit for the log and for operators: never the error's message, which may
 * quote an address or what the other side said.
 */
export function failureCode(error: unknown): string {
  if (isHufuError(error)) return error.facts['code'] ?? error.code;
  if (!(error instanceof Error)) return 'failed';
  if ('code' in error && typeof error.code === 'string' && isPlain(error.code)) return error.code;
  return isPlain(error.name) ? error.name : 'failed';
}

function isPlain(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,40}$/.test(text);
}
