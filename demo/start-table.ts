/** What `npm start` prints: where everything is, and who can log in how. */
import { displayWidth, padToWidth } from './display-width.ts';
import type { PlacedSystem } from './business-systems.ts';
import type { WayIn } from './people/way-in.ts';

interface Shown {
  readonly issuer: string;
  readonly mailbox: string;
  readonly systems: readonly PlacedSystem[];
  readonly ways: readonly WayIn[];
  readonly dataFolder: string;
}

export function startTable({ issuer, mailbox, systems, ways, dataFolder }: Shown): string {
  const places = [
    ['入口網 Hub', issuer, '我的首頁 my home'],
    ...systems.map(({ client, system, redirectUri }) => [
      client.name,
      redirectUri.origin,
      `${system.note.zh} ${system.note.en}`,
    ]),
    ['示範信箱 Mailbox', mailbox, '檢查碼在這裡 check codes arrive here'],
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
