import { z } from 'zod';
import { host, network, path, whole } from './values.ts';

/** How revocation is looked up; the same keys for the rule of all issuers and for exceptions. */
const ruleKeys = {
  order: z
    .array(z.enum(['crl', 'ocsp']))
    .min(1)
    .max(2)
    .refine((kinds) => new Set(kinds).size === kinds.length, { error: 'each of crl, ocsp at most once' })
    .default(['crl', 'ocsp'])
    .describe(
      'What is asked, in this order: the next only when the one before has no fresh answer. What is left out is never asked.',
    ),
  whenUnknown: z
    .enum(['refuse', 'accept'])
    .default('refuse')
    .describe(
      'What happens when no fresh answer can be had (revocation unknown). `accept` lets revoked certificates in whenever the network is down; the evidence of the login says so.',
    ),
  graceSeconds: whole(0, 604_800)
    .default(0)
    .describe(
      'Seconds after its nextUpdate for which the last good CRL or OCSP answer still counts while no newer one can be had.',
    ),
  ocspNonce: z
    .enum(['require', 'send', 'omit'])
    .default('send')
    .describe(
      'Nonce in OCSP requests: `send` refuses an answer with another nonce and takes one without (most large responders sign in advance); `require` wants it back; `omit` sends none.',
    ),
  ocspHash: z
    .enum(['sha1', 'sha256'])
    .default('sha1')
    .describe(
      'Digest by which a certificate is named to its OCSP responder (CertID). Many know `sha1` alone; it names, it signs nothing.',
    ),
};

const spkiDigest = () =>
  z.string().regex(/^[0-9a-f]{64}$/, {
    error: 'SHA-256 of a public key (SubjectPublicKeyInfo) in 64 hexadecimal digits, lower case',
  });

const objectIdentifier = () =>
  z.string().regex(/^[0-2](?:\.(?:0|[1-9]\d{0,30})){1,30}$/, { error: 'an OID such as 2.16.886.101.0.3.3' });

export const certificates = z
  .strictObject({
    anchors: z
      .array(path())
      .min(1)
      .describe('PEM or DER files with the authorities that are trusted by themselves, pinned by key.'),
    intermediates: z
      .array(path())
      .default([])
      .describe(
        'PEM or DER files with authorities that are trusted as far as a path from an anchor reaches them.',
      ),
    policies: z
      .array(objectIdentifier())
      .min(1)
      .default(['2.16.886.101.0.3.3'])
      .describe(
        'Certificate policies of which a path must assert one: by default assurance level 3 of the GPKI.',
      ),
    allowTestPolicy: z
      .boolean()
      .default(false)
      .describe(
        'Whether certificates of the test level (2.16.886.101.0.3.0) are taken; only while the issuer is on loopback.',
      ),
    fetchIssuers: z
      .boolean()
      .default(false)
      .describe(
        'Whether missing intermediates are fetched from where certificates say (caIssuers), from `fetch.hosts` alone.',
      ),
    fetch: z
      .strictObject({
        hosts: z
          .array(host())
          .default([])
          .describe(
            'Hosts from which CRLs, OCSP answers and intermediates may be fetched, at the addresses that certificates name, by http or https. From others nothing is fetched.',
          ),
        allow: z
          .array(z.union([network(), host()]))
          .default([])
          .describe(
            'Of these hosts, names, addresses and networks (10.1.0.0/16) that may be called although they lie on this machine or a private network. A name is allowed wherever it leads.',
          ),
        crlMegabytes: whole(1, 64).default(64).describe('Largest CRL, in MiB.'),
        timeoutSeconds: whole(1, 300).default(30).describe('Seconds that the fetch of a CRL may take.'),
        waitSeconds: whole(1, 60)
          .default(5)
          .describe(
            'Seconds that a login waits for each source: an OCSP answer, or a CRL that is not there yet. For all sources together it waits three times as long.',
          ),
      })
      .prefault({})
      .describe('Where revocation is fetched from. No redirect is ever followed.'),
    revocation: z
      .strictObject({
        ...ruleKeys,
        exceptions: z
          .array(
            z.strictObject({
              issuerKey: spkiDigest().describe(
                'SHA-256 of the issuer’s public key (SubjectPublicKeyInfo), hexadecimal, as 系統維運 shows it.',
              ),
              ...ruleKeys,
            }),
          )
          .refine((rules) => new Set(rules.map(({ issuerKey }) => issuerKey)).size === rules.length, {
            error: 'each issuerKey once',
          })
          .default([])
          .describe('Issuers with a rule of their own, which replaces the rule above whole.'),
      })
      .prefault({})
      .describe(
        'How it is found out whether a certificate has been revoked, for every certificate of a path below the anchor.',
      ),
    refreshLeadMinutes: whole(1, 10_080)
      .default(60)
      .describe('How long before its nextUpdate a CRL is fetched anew in the background, in minutes.'),
    ocspCacheMinutes: whole(0, 1440)
      .default(60)
      .describe(
        'How long an OCSP answer is used again at most, in minutes, and never beyond its nextUpdate; 0: never.',
      ),
    clockSkewSeconds: whole(0, 600)
      .default(120)
      .describe(
        'By how many seconds the clocks of those who sign CRLs and OCSP answers may be ahead of ours.',
      ),
    folder: path()
      .exactOptional()
      .describe(
        'Folder where fetched CRLs are kept across restarts. Default: `certificate-trust` in the data folder.',
      ),
  })
  .exactOptional()
  .describe(
    'Logins by certificate: whom to trust, and how revocation is looked up. Default: there are none.',
  );
