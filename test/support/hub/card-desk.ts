/** Cards for a hub under test: a minted PKI with its own server, the section `certificates` that trusts it, and what a card signs. */
import { createHash, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import type { Account } from '#domain/account.ts';
import { canonicalSerial, type CertificateBinding } from '#domain/certificate-binding.ts';
import type { Issued } from '#demo/pki/authority.ts';
import { spkiOf } from '#demo/pki/keys.ts';
import { mintPki, type IssueOverrides, type Pki } from '#demo/pki/mint-pki.ts';
import { derToPem } from '#demo/pki/pem.ts';
import { createPkiServer } from '#demo/pki/pki-server.ts';
import type { Profile } from '#demo/pki/profiles.ts';
import { createRevocationLedger, type RevocationLedger } from '#demo/pki/revocation-ledger.ts';
import { signCms, type CmsRequest } from '#demo/pki/sign-cms.ts';
import { freePort, type HubWorld, type Person } from './hub-world.ts';
import type { Shown, SigningIn } from './signing-in.ts';

export interface CardDesk {
  readonly pki: Pki;
  readonly ledger: RevocationLedger;
  /** The sections of the configuration that make card logins work with these cards; writes the anchors into `folder`. */
  config(folder: string): object;
  issue(
    person: Pick<Person, 'account' | 'nationalId'>,
    overrides?: IssueOverrides,
    profile?: Profile,
  ): Issued;
  /** Registers the card to the account. */
  bind(world: HubWorld, person: Pick<Person, 'account'>, card: Issued): Promise<Account>;
  close(): Promise<void>;
}

const actor = { kind: 'system', purpose: 'command' } as const;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export async function openCardDesk(): Promise<CardDesk> {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const pki = mintPki({ baseUrl, name: 'card-desk' });
  const ledger = createRevocationLedger();
  const app = createPkiServer({ pki, ledger, baseUrl, now: () => new Date() });
  const server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  return {
    pki,
    ledger,
    config(folder) {
      const file = (name: string, { certificate }: Pick<Issued, 'certificate'>) => {
        const written = path.join(folder, `${name}.pem`);
        writeFileSync(written, derToPem(certificate));
        return written;
      };
      return {
        certificates: {
          anchors: [file('root', pki.root)],
          intermediates: [file('g2', pki.g2), file('g3', pki.g3), file('organisations', pki.organisations)],
          allowTestPolicy: true,
          fetch: { hosts: ['127.0.0.1'], allow: ['127.0.0.1'] },
        },
      };
    },
    issue({ account, nationalId }, overrides = {}, profile = 'sign') {
      const holder = {
        name: account.name,
        serialNumber: BigInt(`0x${sha256(Buffer.from(account.id)).slice(0, 12)}`)
          .toString()
          .padStart(16, '0'),
        lastFour: nationalId.slice(-4),
      };
      const issuer = overrides.issuer ?? pki.g3;
      const label = overrides.label ?? account.id;
      const card = pki.issue(holder, profile, { keyKind: 'p-256', ...overrides, issuer, label });
      ledger.recordIssued(issuer, card.serial);
      return card;
    },
    async bind({ hub }, { account: { id } }, card) {
      const { accounts } = hub.services.directory;
      const account = await accounts.findAccount(actor, id);
      if (!account) throw new Error('the account is gone');
      await accounts.modifyAccount(actor, id, account.revision, {
        certificates: [bindingOf(card, pki, account)],
        newCertificates: [card.certificate],
      });
      return account;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function bindingOf({ certificate }: Issued, pki: Pki, { name }: Account): CertificateBinding {
  const parsed = new X509Certificate(certificate);
  const issuer = pki.authorities.find(({ publicKey }) => parsed.verify(publicKey));
  if (!issuer) throw new Error('not a card of this PKI');
  return {
    issuerKeyId: sha256(spkiOf(issuer.publicKey)),
    serial: canonicalSerial(parsed.serialNumber),
    holderKind: 'natural-person',
    fingerprint: sha256(certificate),
    subjectName: name,
    issuerName: '測試憑證管理中心',
    notBefore: parsed.validFromDate,
    notAfter: parsed.validToDate,
    medium: 'card',
    registeredAt: new Date(),
  };
}

/** The challenge that a page with the card form shows. */
export function challengeOn({ html }: Pick<Shown, 'html'>): string {
  const [, challenge] = /<code data-card-challenge>([^<]+)<\/code>/.exec(html) ?? [];
  if (challenge === undefined) throw new Error('the page shows no challenge');
  return challenge;
}

/** Base64 of what `signer` makes of `text`. */
export function signedBy(signer: Issued, text: string, more: Partial<CmsRequest> = {}): string {
  return signCms({ signer, content: Buffer.from(text), ...more }).toString('base64');
}

/** Opens the certificate door of the login that `page` is of. */
export function openCardDoor(at: SigningIn, page: Pick<Shown, 'url'>): Promise<Shown> {
  return at.open(new URL('certificate', page.url));
}

/** Signs the challenge of the card form on `page` and posts it. */
export function submitCard(at: SigningIn, page: Shown, card: Issued): Promise<Shown> {
  return at.post(page.url, { csrf: page.csrf, signature: signedBy(card, challengeOn(page)) });
}
