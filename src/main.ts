/** From the command line to a command. Commands are loaded when they are called, so that none waits for another's code. */

interface Command {
  /** One line for the list. */
  readonly summary: string;
  readonly load: () => Promise<{ run(argv: string[]): Promise<number> }>;
}

const commands: Readonly<Record<string, Command>> = {
  serve: { summary: 'run the hub', load: () => import('./cli/serve.ts') },
  'check-config': {
    summary: 'check configuration files and report every fault in them',
    load: () => import('./cli/check-config.ts'),
  },
  'check-directory': {
    summary: 'ask the directory servers what they lack for Hufu to run on them',
    load: () => import('./cli/check-directory.ts'),
  },
  'check-certificate': {
    summary: 'decide on a certificate as a login would, from files',
    load: () => import('./cli/check-certificate.ts'),
  },
  'verify-audit': {
    summary: 'check that the audit trail is whole and unaltered',
    load: () => import('./cli/verify-audit.ts'),
  },
  'open-account': { summary: 'open an account', load: () => import('./cli/open-account.ts') },
  'enable-one-day-password': {
    summary: 'let somebody log in by password today',
    load: () => import('./cli/enable-one-day-password.ts'),
  },
  'reset-password': {
    summary: 'bring back the opening password for today',
    load: () => import('./cli/reset-password.ts'),
  },
};

/** Runs the command that `argv` names and gives the process's exit code; 2 for a wrong command line. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(help());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    process.stderr.write(`hufu: there is no command ${JSON.stringify(name)}\n\n${help()}`);
    return 2;
  }
  const { run } = await command.load();
  try {
    return await run(rest);
  } catch (error) {
    if (!isWrongOption(error)) throw error;
    process.stderr.write(`hufu ${name}: ${error.message}\n`);
    return 2;
  }
}

/** What node:util's parseArgs throws for an option that a command does not have. */
function isWrongOption(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}

function help(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `usage: hufu <command> [options]\n\n${lines.join('\n')}\n`;
}
