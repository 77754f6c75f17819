/** What `npm start` prints: where everything is, and who can log in how. */
import { displayWidth, padToWidth } from './display-width.ts';
import type { PlacedSystem } from './business-systems.ts';
import { personCards, pin, wordsFor } from './people/cards.ts';
import type { WayIn } from './people/way-in.ts';

interface Shown {
  readonly issuer: string;
  readonly mailbox: string;
  readonly card: string;
  readonly pki: string;
  readonly systems: readonly PlacedSystem[];
  readonly ways: readonly WayIn[];
  readonly dataFolder: string;
}

export function startTable({ issuer, mailbox, card, pki, systems, ways, dataFolder }: Shown): string {
  const places = [
    ['入口網 Hub', issuer, '我的首頁 my home'],
    ...systems.map(({ client, system, redirectUri }) => [
      client.name,
      redirectUri.origin,
      `${system.note.zh} ${system.note.en}`,
    ]),
    ['示範信箱 Mailbox', mailbox, '檢查碼在這裡 check codes arrive here'],
    ['讀卡機 Card reader', card, '在這裡插卡 insert a card here'],
    ['憑證機構 PKI', pki, 'CRL、OCSP'],
    ['示範帳號 Accounts', `${mailbox}/people`, '下表的最新狀態 the table below, as it is now'],
  ];
  return [
    '',
    '虎符 Hufu 示範已啟動  The demo is running',
    '',
    ...columns(places),
    '',
    '誰可以怎麼登入  Who can log in how（每次登入都要信箱裡的檢查碼 every login asks for a mailed check code）',
    '',
    ...personLines(ways),
    '',
    `卡片  Cards：每人一張，PIN ${pin}  everybody has one, PIN ${pin}；不同的 those that differ：`,
    ...columns(oddCards()),
    '',
    `資料保留在 ${dataFolder}；要重新開始：停止後刪除它。  Data stays there; to start afresh, stop and delete it.`,
    '範例程式  Worked example: npm run example        停止  Stop: Ctrl+C',
    '',
  ].join('\n');
}

function personLines(ways: readonly WayIn[]): readonly string[] {
  const heads = columns([
    ['帳號 Account', '密碼 Password', '姓名 Name'],
    ...ways.map((way) => [
      way.account,
      way.password ?? '（您設定的 the one you set）',
      `${way.name} ${way.nameEn}${way.roles.length > 0 ? `  ${way.roles.join(' ')}` : ''}`,
    ]),
  ]);
  return heads.flatMap((head, index) => {
    const way = ways[index - 1];
    return way ? [head, `      ${way.expect.zh} · ${way.expect.en}`] : [head];
  });
}

function oddCards(): readonly (readonly string[])[] {
  return personCards
    .filter(({ plan }) => plan !== 'good')
    .map(({ person, plan }) => {
      const { zh, en } = wordsFor(plan);
      return [person.name, person.nameEn, `${zh} · ${en}`];
    });
}

/** Rows with every column but the last as wide as its widest cell. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, displayWidth(cell));
  }
  return rows.map((row) =>
    `  ${row.map((cell, at) => padToWidth(cell, widths[at] ?? 0)).join('  ')}`.trimEnd(),
  );
}
