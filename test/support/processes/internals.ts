import { expect } from 'vitest';

const tell = [
  /\bat .+:\d+:\d+\)?/, // a frame of a stack
  /node_modules|node:internal|file:\/\//,
  /\.(?:ts|sqlite|sock|hbs)\b/,
  /\b(?:koa|oidc-provider|ldapts|kysely|handlebars|sqlite|zod|altcha-lib)\b/i,
  /\b(?:ECONN\w+|ENOENT|EACCES|ENOSPC|EPIPE|ERR_[A-Z_]+|SQLITE_\w+)\b/,
  /\b(?:TypeError|RangeError|SyntaxError|ReferenceError|HufuError)\b/,
  /(?:\/work\/|\/tmp\/|\/home\/|\/root\/)/,
];

/** No stack, no path of the machine, no library's name, no error of the system. */
export function expectNoInternals(text: string): void {
  for (const pattern of tell) expect(text).not.toMatch(pattern);
}
