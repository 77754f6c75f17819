/** OpenLDAP's own tools, run against a server as an operator runs them. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

export interface Ran {
  /** The tools end with the result code of the operation. */
  readonly status: number;
  readonly output: string;
}

export interface As {
  readonly dn: string;
  readonly password: string;
}

/** Throws where HUFU_REQUIRE_SERVICES=1 says that they must be there. */
export function toolsAvailable(): boolean {
  try {
    execFileSync('ldapsearch', ['-VV'], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env['HUFU_REQUIRE_SERVICES'] === '1') throw new Error('ldap-utils is not installed');
    return false;
  }
}

export const ldapi = (socketPath: string): string => `ldapi://${encodeURIComponent(socketPath)}`;

export async function runTool(
  tool: string,
  url: string,
  as: As | undefined,
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  const identity = as === undefined ? [] : ['-D', as.dn, '-w', as.password];
  const running = promisify(execFile)(tool, ['-x', '-H', url, ...identity, ...args], {
    maxBuffer: 16_777_216,
    env: { ...process.env, ...env },
  });
  // A tool that reads no input may have ended before it is given.
  running.child.stdin?.on('error', () => {}).end(input);
  try {
    return { status: 0, output: (await running).stdout };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !('stdout' in error)) throw error;
    return { status: Number(error.code), output: String(error.stdout) };
  }
}
