/** A small mail server for tests: takes mail, or refuses it in a chosen way, and keeps what it got. */
import net, { type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { createSecureContext, TLSSocket } from 'node:tls';

export interface ReceivedMail {
  readonly sender: string;
  readonly recipients: readonly string[];
  /** Headers and body as they came, lines ended by `\n`. */
  readonly text: string;
  readonly tls: string | undefined;
  /** User and password, as AUTH PLAIN gave them. */
  readonly login: string | undefined;
}

export interface SmtpServerOptions {
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Speak TLS from the first byte. */
  readonly implicitTls?: boolean;
  /** Answers to give in place of the good one, by verb: `{ RCPT: '550 no such mailbox' }`; empty: never answer. */
  readonly answers?: Readonly<Record<string, string>>;
}

export interface SmtpServer {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** Connections taken so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

interface Session {
  sender: string;
  recipients: string[];
  login: string | undefined;
  data: string[] | undefined;
}

const good: Readonly<Record<string, string>> = {
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  AUTH: '235 welcome',
  RSET: '250 ok',
  NOOP: '250 ok',
  QUIT: '221 bye',
};

export async function startSmtpServer(options: SmtpServerOptions = {}): Promise<SmtpServer> {
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const first = options.implicitTls ? secure(socket) : socket;
    if (options.answers?.['GREETING'] !== '') first.write('220 test ESMTP\r\n');
    converse(first, false);
  });

  const secure = (socket: Socket): TLSSocket => {
    const tls = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(options.tls) });
    tls.on('error', () => socket.destroy());
    return tls;
  };

  const converse = (socket: Socket, upgraded: boolean): void => {
    const session: Session = { sender: '', recipients: [], login: undefined, data: undefined };
    const lines = createInterface({ input: socket });
    const say = (text: string) => text !== '' && socket.writable && socket.write(`${text}\r\n`);
    lines.on('line', (line) => {
      if (session.data) return takeLine(session, session.data, line, socket, say);
      const verb = line.split(' ', 1)[0]?.toUpperCase() ?? '';
      const answer = options.answers?.[verb];
      if (answer !== undefined) return void say(answer);
      if (verb === 'EHLO') {
        const offersTls = options.tls && !options.implicitTls && !upgraded;
        say(['250-test', ...(offersTls ? ['250-STARTTLS'] : []), '250 AUTH PLAIN'].join('\r\n'));
        return;
      }
      if (verb === 'STARTTLS' && options.tls) {
        lines.close();
        socket.removeAllListeners('data');
        say('220 go');
        converse(secure(socket), true);
        return;
      }
      if (verb === 'MAIL') session.sender = line;
      if (verb === 'RCPT') session.recipients.push(line);
      if (verb === 'AUTH') session.login = Buffer.from(line.split(' ')[2] ?? '', 'base64').toString('utf8');
      if (verb === 'DATA') session.data = [];
      say(good[verb] ?? '502 unknown');
    });
  };

  const takeLine = (
    session: Session,
    data: string[],
    line: string,
    socket: Socket,
    say: (text: string) => unknown,
  ) => {
    if (line !== '.') {
      data.push(line.replace(/^\./, ''));
      return;
    }
    received.push({
      sender: session.sender,
      recipients: session.recipients,
      text: data.join('\n'),
      tls: socket instanceof TLSSocket ? (socket.getProtocol() ?? undefined) : undefined,
      login: session.login,
    });
    session.recipients = [];
    session.data = undefined;
    say('250 taken');
  };

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    received,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
