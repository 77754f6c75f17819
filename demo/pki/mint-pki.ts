/**
 * The test PKI: a root, two CAs for natural persons that share one name and have different keys, a CA for
 * organisations, and whoever they issue to. Tests mint it anew, the demo keeps it in its data folder.
 * Every odd certificate that a verifier must refuse comes from `issue` with overrides.
 */
import {
  factsOf,
  issued,
  mintAuthority,
  pointerExtensions,
  randomSerial,
  testOrganisation,
} from './authority.ts';
import type { Authority, Issued, Pointers } from './authority.ts';
import { extensions, type KeyUsage } from './extensions.ts';
import type { KeyKind, KeyPair, SigningManner } from './keys.ts';
import { mintCertificate } from './mint-certificate.ts';
import { mintCrl, type CrlContent } from './mint-crl.ts';
import { mintOcspResponse, type OcspContent } from './mint-ocsp-response.ts';
import { encodeName, type NameParts } from './names.ts';
import { createPooledStore, type PkiStore } from './pki-store.ts';
import {
  directoryAttributesOf,
  keyUsageOf,
  subjectOf,
  testPolicy,
  type Holder,
  type Profile,
} from './profiles.ts';

export interface PkiOptions {
  /** The PKI's today; certificates begin before it. */
  readonly at?: Date;
  /** Where its server answers, without a slash at the end. */
  readonly baseUrl?: string;
  /** Policy of leaf certificates; the test level unless given. */
  readonly policy?: string;
  /** Two PKIs of different names share no key. */
  readonly name?: string;
  readonly store?: PkiStore;
}

export interface IssueOverrides {
  /** `g2` unless given (`organisations` for an organisation). */
  readonly issuer?: Authority;
  /** Signs in place of the issuer, whose name and key identifier stay. */
  readonly signedBy?: Pick<Issued, 'privateKey'>;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly serial?: Buffer;
  readonly subject?: NameParts;
  readonly keyKind?: KeyKind;
  readonly keys?: KeyPair;
  readonly manner?: SigningManner;
  /** `none` leaves the extension out. */
  readonly keyUsage?: readonly KeyUsage[] | 'none';
  readonly extendedKeyUsage?: readonly string[];
  readonly policies?: readonly string[];
  /** DER of the value of SubjectDirectoryAttributes. */
  readonly directoryAttributes?: Buffer | 'none';
  readonly pointers?: Pointers;
  readonly extraExtensions?: readonly Buffer[];
  /** Under which the key and, in a folder, the certificate are kept; the holder and profile unless given. */
  readonly label?: string;
}

export interface Pki {
  readonly at: Date;
  readonly store: PkiStore;
  readonly root: Authority;
  /** Two CAs of one name and different keys, RSA-2048 and P-384; the others have elliptic keys, which are quick to make. */
  readonly g2: Authority;
  readonly g3: Authority;
  readonly organisations: Authority;
  /** Of g2's name, from a root of the root's name, each with a key of its own: nobody trusts them. */
  readonly impostor: Authority;
  readonly authorities: readonly Authority[];
  issue(holder: Holder, profile?: Profile, overrides?: IssueOverrides): Issued;
  /** A delegated OCSP responder of `issuer`; without overrides the same one each time. */
  responder(issuer: Authority, overrides?: IssueOverrides): Issued;
  /** A list that is good for a day, of `issuer` (g2 unless given). */
  crl(content?: Partial<CrlContent> & { readonly issuer?: Authority }): Buffer;
  /** What `issuer`'s delegated responder says of `about`, good unless given otherwise. */
  ocspResponse(content: Partial<OcspContent> & { readonly about: Pick<Issued, 'serial'> }): Buffer;
  /** What a certificate of `issuer` with that serial names. */
  pointers(issuer: Authority, serial: Uint8Array): Pointers;
}

export const day = 86_400_000;
const year = 365 * day;
const ocspSigning = '1.3.6.1.5.5.7.3.9';
/** Partitions of an issuer's CRL. */
export const partitionCount = 4;

export function partitionOf(serial: Uint8Array): number {
  return (serial.at(-1) ?? 0) % partitionCount;
}

export function mintPki(options: PkiOptions = {}): Pki {
  const { at = new Date(), baseUrl = 'http://127.0.0.1:3007', policy = testPolicy, name = 'pki' } = options;
  const store = options.store ?? createPooledStore(name);
  const crlOf = (id: string) => `${baseUrl}/crl/${id}.crl`;
  const pointersTo = (id: string, crls: readonly string[]): Pointers => ({
    crls,
    ocsp: `${baseUrl}/ocsp/${id}`,
    caIssuers: `${baseUrl}/certs/${id}.p7b`,
  });
  const authority = (id: string, subject: NameParts, kind: KeyKind, parent?: Authority): Authority =>
    mintAuthority(
      {
        id,
        subject,
        keys: store.key(id, kind),
        notBefore: new Date(at.getTime() - 10 * year),
        notAfter: new Date(at.getTime() + 20 * year),
        ...(parent && { parent, pathLength: 0, pointers: pointersTo(parent.id, [crlOf(parent.id)]) }),
      },
      (make) => store.certificate(id, make),
    );

  const root = authority('root', rootName, 'p-384');
  const g2 = authority('g2', personsName, 'rsa-2048', root);
  const g3 = authority('g3', personsName, 'p-384', root);
  const organisations = authority('organisations', organisationsName, 'p-256', root);
  const impostor = authority('impostor', personsName, 'p-256', authority('false-root', rootName, 'p-256'));
  const responders = new Map<Authority, Issued>();

  const pki: Pki = {
    at,
    store,
    root,
    g2,
    g3,
    organisations,
    impostor,
    authorities: [root, g2, g3, organisations],

    issue(holder, profile = 'sign', overrides = {}) {
      const { issuer = 'organisation' in holder ? organisations : g2 } = overrides;
      const label = overrides.label ?? `${holderLabel(holder)}-${profile}`;
      const keys = overrides.keys ?? store.key(label, overrides.keyKind ?? 'rsa-2048');
      const usage = overrides.keyUsage ?? keyUsageOf(profile);
      const attributes = overrides.directoryAttributes ?? directoryAttributesOf(holder, profile);
      const own = [
        ...(usage === 'none' ? [] : [extensions.keyUsage(usage)]),
        extensions.policies(overrides.policies ?? [policy]),
        ...(attributes === 'none' ? [] : [extensions.subjectDirectoryAttributes(attributes)]),
      ];
      const subject = overrides.subject ? encodeName(overrides.subject) : subjectOf(holder);
      return finish({ subject, keys, own, issuer, overrides, label });
    },

    responder(issuer, overrides) {
      const known = overrides ? undefined : responders.get(issuer);
      if (known) return known;
      const made = mintResponder(issuer, overrides ?? {});
      if (!overrides) responders.set(issuer, made);
      return made;
    },

    crl({ issuer = g2, ...content } = {}) {
      const thisUpdate = content.thisUpdate ?? new Date(at.getTime() - 3_600_000);
      const nextUpdate = 'nextUpdate' in content ? content.nextUpdate : new Date(at.getTime() + day);
      return mintCrl(issuer, { ...content, thisUpdate, nextUpdate });
    },

    ocspResponse({ about, ...content }) {
      const issuer = content.issuer ?? g2;
      const responder = content.responder ?? pki.responder(issuer);
      return mintOcspResponse({
        serial: about.serial,
        status: { kind: 'good' },
        thisUpdate: new Date(at.getTime() - 60_000),
        nextUpdate: new Date(at.getTime() + 3_600_000),
        ...content,
        issuer,
        responder,
      });
    },

    pointers: (issuer, serial) =>
      pointersTo(issuer.id, [crlOf(`${issuer.id}-${partitionOf(serial)}`), crlOf(issuer.id)]),
  };

  function mintResponder(issuer: Authority, overrides: IssueOverrides): Issued {
    const label = overrides.label ?? `${issuer.id}-responder`;
    const keys = overrides.keys ?? store.key(label, overrides.keyKind ?? 'p-256');
    const subject = encodeName(
      overrides.subject ?? [
        ['C', 'TW'],
        ['O', testOrganisation],
        ['CN', `OCSP ${issuer.id}`],
      ],
    );
    const own = [
      extensions.keyUsage(['digitalSignature']),
      extensions.extendedKeyUsage(overrides.extendedKeyUsage ?? [ocspSigning]),
      extensions.ocspNoCheck(),
    ];
    return finish({ subject, keys, own, issuer, overrides: { pointers: {}, ...overrides }, label });
  }

  function finish({ subject, keys, own, issuer, overrides, label }: Unfinished): Issued {
    const certificate = store.certificate(label, () => {
      const serial = overrides.serial ?? randomSerial();
      return mintCertificate(
        {
          serial,
          issuer: issuer.subject,
          subject,
          notBefore: overrides.notBefore ?? new Date(at.getTime() - 30 * day),
          notAfter: overrides.notAfter ?? new Date(at.getTime() + 5 * year),
          publicKey: keys.publicKey,
          extensions: [
            extensions.authorityKeyIdentifier(issuer.keyIdentifier),
            ...own,
            ...pointerExtensions(overrides.pointers ?? pki.pointers(issuer, serial)),
            ...(overrides.extraExtensions ?? []),
          ],
        },
        (overrides.signedBy ?? issuer).privateKey,
        overrides.manner,
      );
    });
    return issued(certificate, { ...keys, subject, issuer: issuer.subject, ...factsOf(certificate) });
  }

  return pki;
}

interface Unfinished {
  readonly subject: Buffer;
  readonly keys: KeyPair;
  readonly own: readonly Buffer[];
  readonly issuer: Authority;
  readonly overrides: IssueOverrides;
  readonly label: string;
}

const base: NameParts = [
  ['C', 'TW'],
  ['O', testOrganisation],
];
const rootName: NameParts = [...base, ['CN', '虎符測試根憑證管理中心']];
const personsName: NameParts = [...base, ['OU', '測試自然人憑證管理中心']];
const organisationsName: NameParts = [...base, ['OU', '測試工商憑證管理中心']];

function holderLabel(holder: Holder): string {
  return 'organisation' in holder ? holder.businessNumber : holder.serialNumber;
}
