/** The business systems that the demo runs: which relying parties of the configuration, and how each behaves. */
import type { Config } from '#config/config.ts';

export type ClientConfig = Config['clients'][number];

export interface DemoSystem {
  readonly clientId: string;
  /** Class of its look; the colours are in business-system/style.css. */
  readonly theme: 'teal' | 'brown' | 'violet' | 'slate';
  readonly introspects: boolean;
  /** What somebody sees there, for the printed table. */
  readonly note: { readonly zh: string; readonly en: string };
}

export const demoSystems: readonly DemoSystem[] = [
  {
    clientId: 'csm',
    theme: 'teal',
    introspects: true,
    note: { zh: '公司登記', en: 'companies' },
  },
  {
    clientId: 'fms',
    theme: 'brown',
    introspects: true,
    note: { zh: '工廠登記', en: 'factories' },
  },
  {
    clientId: 'pre',
    theme: 'violet',
    introspects: false,
    note: { zh: '預查：只接受憑證登入', en: 'pre-search: certificate only' },
  },
  {
    clientId: 'psr',
    theme: 'slate',
    introspects: false,
    note: { zh: '動產擔保：psr_user、psr_admin', en: 'personal property: psr_user, psr_admin' },
  },
];

export interface PlacedSystem {
  readonly system: DemoSystem;
  readonly client: ClientConfig;
  readonly redirectUri: URL;
}

/** The demo's systems with the addresses that the configuration gives them; one that it leaves out is not run. */
export function placeSystems({ clients }: Pick<Config, 'clients'>): readonly PlacedSystem[] {
  return demoSystems.flatMap((system) => {
    const client = clients.find(({ client_id }) => client_id === system.clientId);
    const [first] = client?.redirect_uris ?? [];
    return client && first !== undefined ? [{ system, client, redirectUri: new URL(first) }] : [];
  });
}

/** The catalogue with a tile address for every system that a placed relying party serves. */
export function withTiles(
  catalogue: Config['catalogue'],
  placed: readonly PlacedSystem[],
): Config['catalogue'] {
  const urls = new Map(
    placed.flatMap(({ client, redirectUri }) =>
      client.systems.map((system) => [system, `${redirectUri.origin}/login`] as const),
    ),
  );
  const systems = catalogue.systems.map((system) => {
    const url = urls.get(system.id);
    return url === undefined ? system : { ...system, url };
  });
  return { ...catalogue, systems };
}
