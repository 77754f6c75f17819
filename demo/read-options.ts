import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Configuration files laid over the demo's own. */
  readonly files: readonly string[];
  readonly ports: { readonly mailbox: number; readonly card: number; readonly pki: number };
}

export const usage = 'usage: npm start [-- --config FILE …] [--mailbox PORT] [--card PORT] [--pki PORT]\n';

export function readOptions(
  argv: readonly string[],
): ({ readonly ok: true } & DemoOptions) | { readonly ok: false; readonly complaint: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        config: { type: 'string', multiple: true, default: [] },
        mailbox: { type: 'string', default: '3009' },
        card: { type: 'string', default: '61161' },
        pki: { type: 'string', default: '3007' },
      },
    });
    const ports = {
      mailbox: Number(values.mailbox),
      card: Number(values.card),
      pki: Number(values.pki),
    };
    if (Object.values(ports).every(isPort)) return { ok: true, files: values.config, ports };
    return { ok: false, complaint: '' };
  } catch (error) {
    return { ok: false, complaint: error instanceof Error ? `${error.message}\n` : '' };
  }
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536;
}
