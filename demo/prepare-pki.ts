/** The demo's PKI and cards, made at the first start and kept, and what the hub's configuration has to know of them. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import type { Card } from './card-component/card.ts';
import { issueCards } from './people/issue-cards.ts';
import { mintPki, type Pki } from './pki/mint-pki.ts';
import { testPolicy } from './pki/profiles.ts';
import { createFolderStore } from './pki/pki-store.ts';
import { createRevocationLedger, type RevocationLedger } from './pki/revocation-ledger.ts';

export interface DemoPki {
  readonly pki: Pki;
  readonly ledger: RevocationLedger;
  readonly cards: readonly Card[];
  /** Where the PKI's server answers. */
  readonly baseUrl: string;
  /** Configuration to be laid over the demo's own. */
  readonly layer: string;
}

export interface PkiPorts {
  readonly pki: number;
  readonly card: number;
}

/** Keys are one for all ports; certificates name the port, and so each has its own. */
export function preparePki(folder: string, ports: PkiPorts): DemoPki {
  const certificates = path.join(folder, String(ports.pki));
  const baseUrl = `http://127.0.0.1:${ports.pki}`;
  const pki = mintPki({ baseUrl, store: createFolderStore({ keys: folder, certificates }) });
  const ledger = createRevocationLedger();
  for (const { serial } of pki.authorities) ledger.recordIssued(pki.root, serial);
  const cards = issueCards(pki, ledger);
  const layer = path.join(certificates, 'certificates.yaml');
  writeFileSync(layer, stringify(configurationFor(ports.card)), { mode: 0o600 });
  return { pki, ledger, cards, baseUrl, layer };
}

/** What the hub has to know. Cards are got, and unlocked, at the demo's own reader. */
function configurationFor(cardPort: number): object {
  const reader = `http://localhost:${cardPort}`;
  return {
    certificates: section,
    login: {
      certificate: {
        component: { addresses: [`${reader}/popupForm`], downloadUrl: `${reader}/` },
        unlockUrl: `${reader}/`,
      },
    },
  };
}

/** Files beside the layer. OCSP first, and no answer kept: what is revoked is refused at once. */
const section = {
  anchors: ['root.pem'],
  intermediates: ['g2.pem', 'g3.pem', 'organisations.pem'],
  policies: [testPolicy],
  allowTestPolicy: true,
  fetch: { hosts: ['127.0.0.1'], allow: ['127.0.0.1'] },
  revocation: { order: ['ocsp', 'crl'] },
  ocspCacheMinutes: 0,
  refreshLeadMinutes: 1,
};
