import type { Environment } from './read-secret.ts';

/** The process's environment; the only place where it is read. */
export function processEnvironment(): Environment {
  return { ...process.env };
}
