/** Child processes that answer questions of the bench over the channel of `fork`, and the questions' other end. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

interface Question {
  readonly id: number;
  readonly ask: string;
  readonly input: unknown;
}

type Answer =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly failure: string };

export interface Child {
  /** The address it listens at. */
  readonly origin: string;
  /** Puts a question; both ends know its types. Throws with what the child said when it fails. */
  ask<Output>(name: string, input?: unknown): Promise<Output>;
  /** Ends it; it cleans up after itself. */
  stop(): Promise<void>;
}

/** Starts `program` of this folder with `options` as its argument; resolves when it listens. */
export async function startChild(program: string, options: object): Promise<Child> {
  const child = fork(path.join(import.meta.dirname, program), [JSON.stringify(options)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const said: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const exited = once(child, 'exit');
  const asked = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>();
  const fail = () => {
    for (const { reject } of asked.values()) reject(new Error(`${program} ended: ${said.join('')}`));
  };
  child.once('exit', fail);
  child.on('message', (message) => {
    const answer = message as Answer;
    const waiting = asked.get(answer.id);
    asked.delete(answer.id);
    if ('failure' in answer) waiting?.reject(new Error(answer.failure));
    else waiting?.resolve(answer.output);
  });
  let questions = 0;
  const ask = <Output>(name: string, input?: unknown): Promise<Output> => {
    questions += 1;
    const question: Question = { id: questions, ask: name, input };
    return new Promise<Output>((resolve, reject) => {
      asked.set(question.id, { resolve: (output) => resolve(output as Output), reject });
      child.send(question);
    });
  };
  return {
    origin: await ask<string>('origin'),
    ask,
    async stop() {
      child.off('exit', fail);
      child.disconnect();
      await exited;
    },
  };
}

/** In the child, first of all: ends it with the bench, however that ends; what it does on exit is done. */
export function endWithParent(): void {
  if (!process.connected) process.exit(1);
  process.once('disconnect', () => process.exit(1));
}

/** In the child: answers until the bench disconnects, then closes. */
export function answerParent(
  answers: Readonly<Record<string, (input: unknown) => unknown>>,
  close: () => Promise<void>,
): void {
  const all: typeof answers = { ...answers, cpuMicroseconds };
  process.on('message', (message) => {
    const { id, ask, input } = message as Question;
    Promise.resolve(input)
      .then((given) => all[ask]?.(given))
      .then(
        (output) => process.send?.({ id, output }),
        (error: unknown) => process.send?.({ id, failure: error instanceof Error ? error.stack : 'failed' }),
      );
  });
  process.removeAllListeners('disconnect');
  process.once('disconnect', () => void close().finally(() => process.exit(0)));
  if (!process.connected) process.exit(1);
}

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
