/**
 * An LDAP server that says what a test tells it to: any result code, referral or control for each request, over plain
 * TCP, TLS or StartTLS. It understands no more of a request than its kind and name.
 */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket, type SecureContextOptions } from 'node:tls';
import { BerReader, BerWriter } from 'ldapts';

const requestKinds = {
  0x60: 'bind',
  0x63: 'search',
  0x66: 'modify',
  0x68: 'add',
  0x4a: 'delete',
  0x77: 'extended',
} as const;
const answerTags = {
  bind: 0x61,
  search: 0x65,
  modify: 0x67,
  add: 0x69,
  delete: 0x6b,
  extended: 0x78,
} as const;

export type RequestKind = (typeof requestKinds)[keyof typeof requestKinds];

export interface LdapRequest {
  readonly kind: RequestKind;
  readonly id: number;
  /** DN of a bind, base of a search, name of an entry, OID of an extended request. */
  readonly name: string;
}

export interface LdapAnswer {
  readonly code: number;
  readonly referral?: string;
  /** A continuation reference (RFC 4511 §4.5.3) before the end of a search. */
  readonly reference?: string;
  readonly control?: { readonly type: string; readonly value: Buffer };
  /** Bytes in the same breath as the answer. */
  readonly appended?: Buffer;
}

/** `silence` never answers; the socket stays open. */
export type Script = (request: LdapRequest) => LdapAnswer | 'silence';

export interface ScriptedLdapServer {
  readonly port: number;
  readonly requests: LdapRequest[];
  script: Script;
  close(): Promise<void>;
}

export interface ScriptedOptions {
  /** TLS from the start, or after StartTLS. */
  readonly tls?: SecureContextOptions & { readonly mode: 'ldaps' | 'start-tls' };
}

export const success: LdapAnswer = { code: 0 };

export async function startScriptedLdapServer(
  script: Script = () => success,
  { tls }: ScriptedOptions = {},
): Promise<ScriptedLdapServer> {
  const sockets = new Set<Socket>();
  const self = { script, requests: [] as LdapRequest[] };

  function serve(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    let pending: Buffer = Buffer.alloc(0);
    const read = (data: Buffer) => {
      pending = Buffer.concat([pending, data]);
      for (let request = takeMessage(pending); request; request = takeMessage(pending)) {
        pending = pending.subarray(request.length);
        self.requests.push(request.request);
        const answer = self.script(request.request);
        if (answer === 'silence') continue;
        socket.write(
          Buffer.concat([encodeAnswer(request.request, answer), answer.appended ?? Buffer.alloc(0)]),
        );
        if (request.request.kind === 'extended' && answer.code === 0) {
          // What comes now is a handshake.
          socket.removeListener('data', read);
          if (tls?.mode === 'start-tls') serve(new TLSSocket(socket, { isServer: true, ...tls }));
          return;
        }
      }
    };
    socket.on('data', read);
  }

  const server = tls?.mode === 'ldaps' ? createTlsServer(tls, serve) : createServer(serve);
  server.on('connection', (socket: Socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
  server.on('tlsClientError', () => {});
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(self, {
    port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  });
}

function takeMessage(bytes: Buffer): { request: LdapRequest; length: number } | undefined {
  const reader = new BerReader(bytes);
  if (bytes.length === 0 || reader.readSequence() === null) return undefined;
  const length = reader.offset + reader.length;
  if (bytes.length < length) return undefined;
  const id = reader.readInt() ?? 0;
  const tag = reader.peek() ?? 0;
  if (!(tag in requestKinds)) return undefined;
  const kind = requestKinds[tag as keyof typeof requestKinds];
  if (kind === 'delete') return { request: { kind, id, name: reader.readString(tag) ?? '' }, length };
  reader.readSequence(tag);
  if (kind === 'bind') reader.readInt();
  const name = reader.readString(kind === 'extended' ? 0x80 : undefined) ?? '';
  return { request: { kind, id, name }, length };
}

function encodeAnswer({ id, kind }: LdapRequest, answer: LdapAnswer): Buffer {
  const { reference } = answer;
  const messages: Buffer[] = [];
  if (reference !== undefined) {
    messages.push(message(id, 0x73, (writer) => writer.writeString(reference)));
  }
  const { code, referral } = answer;
  const result = (writer: BerWriter) => {
    writer.writeEnumeration(code);
    writer.writeString('');
    writer.writeString('said by the directory');
    if (referral === undefined) return;
    writer.startSequence(0xa3);
    writer.writeString(referral);
    writer.endSequence();
  };
  messages.push(message(id, answerTags[kind], result, answer.control));
  return Buffer.concat(messages);
}

function message(
  id: number,
  tag: number,
  body: (writer: BerWriter) => void,
  control?: LdapAnswer['control'],
): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(tag);
  body(writer);
  writer.endSequence();
  if (control) {
    writer.startSequence(0xa0);
    writer.startSequence();
    writer.writeString(control.type);
    writer.writeBuffer(control.value, 0x04);
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
  return writer.buffer;
}
