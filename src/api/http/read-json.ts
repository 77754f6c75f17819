/**
 * The body of a program's request: JSON in UTF-8, 64 KB at most, not deeper than any of ours is, without a key that would reach an
 * object's prototype.
 */
import type { IncomingMessage } from 'node:http';
import { ApiProblem } from '../problem.ts';

export const mostBytes = 64 * 1024;

/** Lists and objects in one another; whoever judges the value by recursion runs out of stack long after. */
const deepest = 32;

/** Throws ApiProblem. `types` are the media types that are taken. */
export async function readJson(req: IncomingMessage, types: readonly string[]): Promise<unknown> {
  const [type = '', ...parameters] = (req.headers['content-type'] ?? '').split(';');
  const charset = parameters
    .map((part) => part.trim().toLowerCase())
    .find((part) => part.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset);
  if (!types.includes(type.trim().toLowerCase()) || !isUtf8 || req.headers['content-encoding'] !== undefined)
    throw new ApiProblem('not-json');
  return parse(await readBytes(req));
}

async function readBytes(req: IncomingMessage): Promise<Buffer> {
  const tooLarge = () => new ApiProblem('too-large', {}, { Connection: 'close' });
  if (Number(req.headers['content-length'] ?? 0) > mostBytes) throw tooLarge();
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of req as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > mostBytes) break;
      pieces.push(piece);
    }
  } catch {
    throw new ApiProblem('invalid-input');
  }
  if (length > mostBytes) throw tooLarge();
  return Buffer.concat(pieces);
}

function parse(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value = JSON.parse(text, (key, inner: unknown) => {
      if (key === '__proto__') throw new SyntaxError('a key that is none of ours');
      return inner;
    }) as unknown;
    if (isDeeper(value, deepest)) throw new SyntaxError('too deep');
    return value;
  } catch {
    throw new ApiProblem('invalid-input', { errors: [{ path: '', expected: 'JSON in UTF-8' }] });
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
