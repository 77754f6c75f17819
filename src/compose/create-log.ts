import { pino, destination } from 'pino';
import type { Log, LogFields } from '#domain/log.ts';

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** Appended to; standard output without it. */
  readonly file?: string | undefined;
}

/** JSON lines by pino. Of an error only name, code and stack frames are written: its message may quote input. */
export function createLog({ level, file }: LogOptions): Log {
  const sink = destination({ dest: file ?? 1, append: true, mkdir: true, sync: true });
  const logger = pino({ level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, sink);
  const write =
    (severity: LogOptions['level']) =>
    (event: string, fields: LogFields = {}) => {
      const { error, ...rest } = fields;
      logger[severity](error === undefined ? rest : { ...rest, error: describe(error) }, event);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

interface ErrorDescription {
  readonly name: string;
  readonly code?: string | number;
  readonly frames?: readonly string[];
  readonly cause?: ErrorDescription;
}

function describe(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  const code: unknown = (error as { code?: unknown }).code;
  const frames = framesOf(error);
  return {
    name: /^[A-Za-z]{1,64}$/.test(error.name) ? error.name : 'Error',
    ...(typeof code === 'number' || (typeof code === 'string' && /^[\w-]{1,64}$/.test(code)) ? { code } : {}),
    ...(frames && { frames }),
    ...(error.cause !== undefined && depth < 3 ? { cause: describe(error.cause, depth + 1) } : {}),
  };
}

/**
 * The lines of the stack that name places. The stack begins with the message, whose own lines may look like those: it
 * is cut off first; one that was changed since is not to be found there, and then no line can be trusted.
 */
function framesOf({ stack, message }: Error): readonly string[] | undefined {
  const start = typeof stack === 'string' ? stack.indexOf(message) : -1;
  if (stack === undefined || start < 0) return undefined;
  return stack
    .slice(start + message.length)
    .split('\n')
    .filter((line) => /^ {4}at \S/.test(line))
    .map((line) => line.trim())
    .slice(0, 12);
}
