/**
 * One data folder, with several configurations over it that differ in the port alone, and its services in this
 * process: people are opened through them and records looked into, while `hufu serve` processes serve it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { readTrail } from '#audit/read-trail.ts';
import type { ChainedEntry } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import type { Config } from '#config/config.ts';
import { loadConfig } from '#config/load.ts';
import { createLog } from '#src/compose/create-log.ts';
import { openServices, type Services } from '#src/compose/services.ts';
import { systemClock } from '#src/compose/system-clock.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { noteCanary } from '#test/support/hub/canaries.ts';
import { clientSecret, freePort, hubConfig } from '#test/support/hub/hub-world.ts';
import { openMailbox, type Mailbox } from '#test/support/hub/mailbox.ts';

export interface Installation {
  readonly folder: string;
  /** The issuer: the first process's address. */
  readonly origin: string;
  /** Addresses of the processes. */
  readonly origins: readonly string[];
  readonly configFiles: readonly string[];
  /** Configuration of the first process. */
  readonly config: Config;
  readonly mailbox: Mailbox;
  openServices(clock?: Clock): Promise<Services>;
  remove(): void;
}

export async function createInstallation(processes: number, more: object = {}): Promise<Installation> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-processes-'));
  noteCanary(clientSecret);
  const ports: number[] = [];
  while (ports.length < processes) ports.push(await freePort());
  const hosts = ports.map((port) => `localhost:${port}`);
  const issuer = `http://${hosts[0]}`;
  const configFiles = ports.map((port, nth) => {
    const file = path.join(folder, `hufu-${nth}.yaml`);
    writeFileSync(file, stringify({ ...hubConfig(folder, port, more), issuer, hosts }));
    return file;
  });
  const [firstFile = ''] = configFiles;
  const config = loadConfig({
    files: [firstFile],
    environment: { CLIENT_SECRET: clientSecret },
    cwd: folder,
  });
  return {
    folder,
    origin: issuer,
    origins: hosts.map((host) => `http://${host}`),
    configFiles,
    config,
    mailbox: openMailbox(path.join(folder, 'mail')),
    openServices: (clock = systemClock) =>
      openServices(config, { clock, random: systemRandom, log: createLog(config.log) }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface AuditedFact {
  readonly action: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly id: string;
  readonly settles?: string;
  readonly onAccount?: string;
}

/** What the trail says, after the entry numbered `after`. */
export async function auditedFacts(services: Services, after = 0): Promise<readonly AuditedFact[]> {
  const facts: AuditedFact[] = [];
  for await (const entry of readTrail(services.stores.records.audit, after)) facts.push(factOf(entry));
  return facts;
}

function factOf({ entry }: ChainedEntry): AuditedFact {
  return JSON.parse(entry) as AuditedFact;
}
