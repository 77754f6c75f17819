/**
 * `node bench/crl.ts [--entries N]`: what a large CRL costs: reading it, its signature, sorting its entries, memory, look-ups. It is minted into a
 * file and measured in a process of its own, so that minting is not in the figures. Lines for people, then one line of JSON.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseCertificate } from '#certificates/certificate.ts';
import { isCrlSignedBy } from '#certificates/crl/crl-signature.ts';
import { parseCrl } from '#certificates/crl/crl.ts';
import { crlDer, mintCa, now } from '#test/support/certificates/mint.ts';
import { makeKeyPair } from '#demo/pki/keys.ts';

interface Figures {
  readonly entries: number;
  readonly megabytes: number;
  /** Milliseconds of one core. */
  readonly readMs: number;
  readonly signatureMs: number;
  readonly sortMs: number;
  /** Growth of resident memory, the CRL's own bytes included. */
  readonly residentMegabytes: number;
  /** Of one core. */
  readonly lookupsPerSecond: number;
}

/** Reported, not asserted. */
const targets = { loadMs: 5000, residentMegabytes: 60, lookupsPerSecond: 1_000_000 };

const { values } = parseArgs({
  options: { entries: { type: 'string', default: '400000' }, measure: { type: 'string' } },
});
if (values.measure === undefined) report(Number(values.entries));
else process.stdout.write(JSON.stringify(measured(values.measure)));

function report(count: number): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-crl-'));
  try {
    mintInto(folder, count);
    const args = ['--expose-gc', import.meta.filename, '--measure', folder];
    const figures = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Figures;
    console.log(lines(figures).join('\n'));
    console.log(JSON.stringify({ at: new Date().toISOString(), node: process.versions.node, ...figures }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An issuer like the field's: RSA, serials of 16 octets, a reason with each. */
function mintInto(folder: string, count: number): void {
  const issuer = mintCa({ keys: makeKeyPair('rsa-2048') });
  const serials = randomBytes(count * 16);
  const revoked = Array.from({ length: count }, (_, at) => {
    const serial = serials.subarray(at * 16, at * 16 + 16);
    // Positive and minimal.
    serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
    return { serial, at: now, reason: 4 };
  });
  writeFileSync(path.join(folder, 'issuer.der'), issuer.der);
  writeFileSync(path.join(folder, 'serials'), serials);
  writeFileSync(path.join(folder, 'list.crl'), crlDer(issuer, { revoked }));
}

function measured(folder: string): Figures {
  const issuer = parseCertificate(readFileSync(path.join(folder, 'issuer.der')));
  const before = resident();
  const file = readFileSync(path.join(folder, 'list.crl'));
  const [crl, readMs] = timed(() => parseCrl(file));
  const [isSigned, signatureMs] = timed(() => isCrlSignedBy(crl, issuer));
  const [missing, sortMs] = timed(() => crl.find('01', issuer.subject));
  const residentMegabytes = (resident() - before) / 2 ** 20;
  if (!isSigned || missing) throw new Error('the list that was minted is not the list that was read');
  const { entries } = crl;
  const lookupsPerSecond = lookUps(folder, (serial) => crl.find(serial, issuer.subject) !== undefined);
  return {
    entries,
    megabytes: file.length / 2 ** 20,
    readMs,
    signatureMs,
    sortMs,
    residentMegabytes,
    lookupsPerSecond,
  };
}

/** Half of them hits, in no order. */
function lookUps(folder: string, isRevoked: (serial: string) => boolean): number {
  const all = readFileSync(path.join(folder, 'serials'));
  const sample = Array.from({ length: 10_000 }, (_, at) => {
    const start = ((at * 7919) % (all.length / 16)) * 16;
    return all.subarray(start, start + 16).toString('hex');
  });
  const questions = sample.flatMap((serial) => [serial, `7f${serial.slice(2)}`]);
  let hits = 0;
  let asked = 0;
  const start = cpuSeconds();
  while (cpuSeconds() - start < 1) {
    for (const serial of questions) if (isRevoked(serial)) hits += 1;
    asked += questions.length;
  }
  const perSecond = asked / (cpuSeconds() - start);
  if (hits < asked / 2) throw new Error('revoked certificates were not found');
  return perSecond;
}

/** Of this process: what other programs do at the time is not in it. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function timed<Value>(work: () => Value): [value: Value, ms: number] {
  const start = cpuSeconds();
  const value = work();
  return [value, (cpuSeconds() - start) * 1000];
}

function resident(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

function lines(figures: Figures): readonly string[] {
  const { entries, megabytes, readMs, signatureMs, sortMs, residentMegabytes, lookupsPerSecond } = figures;
  const met = (isMet: boolean) => (isMet ? 'met' : 'not met');
  const loadMs = readMs + signatureMs + sortMs;
  return [
    `CRL of ${entries.toLocaleString('en')} entries, ${megabytes.toFixed(1)} MiB`,
    `loaded in ${loadMs.toFixed(0)} ms: read ${readMs.toFixed(0)}, signature ${signatureMs.toFixed(0)}, sorted ${sortMs.toFixed(0)} (${met(loadMs <= targets.loadMs)})`,
    `resident growth ${residentMegabytes.toFixed(1)} MiB (at most ${targets.residentMegabytes}: ${met(residentMegabytes <= targets.residentMegabytes)})`,
    `look-ups ${Math.round(lookupsPerSecond).toLocaleString('en')}/s (at least ${targets.lookupsPerSecond.toLocaleString('en')}: ${met(lookupsPerSecond >= targets.lookupsPerSecond)})`,
  ];
}
