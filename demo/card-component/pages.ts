import { html, type Markup } from '../html.ts';
import { lastErrors, retCodes } from './codes.ts';
import type { DeskState } from './control.ts';

interface Places {
  readonly origin: string;
  readonly hub: string;
}

/** The pop-up: it needs its script alone. */
export function popupPage(): string {
  return html`<!doctype html>
    <html lang="zh-Hant-TW">
      <head>
        <meta charset="utf-8" />
        <title>讀卡中 Reading the card</title>
        <link rel="stylesheet" href="/style.css" />
        <script type="module" src="/popup-form.js"></script>
      </head>
      <body class="popup">
        <p role="status">讀卡中，請稍候… <span lang="en">Reading the card…</span></p>
      </body>
    </html> `.markup;
}

export function controlPage(state: DeskState, { origin, hub }: Places): string {
  return html`<!doctype html>
    <html lang="zh-Hant-TW">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>示範讀卡機 Demo card reader</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <nav>
          <a href="/">讀卡機 Card reader</a>
          <a href="${hub}">入口網 Hub</a>
        </nav>
        <main>
          <h1>示範讀卡機 <small lang="en">Demo card reader</small></h1>
          <p>
            這裡代替跨平台網頁元件與讀卡機；卡片是模擬的，簽章是真的。
            <span lang="en"
              >This stands in for the card component and its reader: the cards are simulated, the signatures
              real.</span
            >
            <code>${origin}/popupForm</code>
          </p>
          ${readers(state)} ${cards(state)} ${switches(state)}
        </main>
      </body>
    </html> `.markup;
}

function readers({ slots, cards }: DeskState): Markup {
  return html`<section>
    <h2>讀卡機 <span lang="en">Readers</span></h2>
    ${slots.length === 0 ? html`<p class="empty">沒有讀卡機 <span lang="en">No reader</span></p>` : undefined}
    ${slots.map(({ description, card: id }, at) => {
      const card = cards.find((candidate) => candidate.id === id);
      return html`<div class="slot${card ? ' full' : ''}">
        <p>
          <code>${description}</code><br />
          ${
            card
              ? html`<strong>${card.holder}</strong> <span lang="en">${card.holderEn}</span>`
              : html`未插卡 <span lang="en">No card</span>`
          }
        </p>
        ${card ? deed('remove', '取出', 'Remove', { slot: at }) : undefined}
      </div>`;
    })}
  </section>`;
}

function cards({ cards: all, slots }: DeskState): Markup {
  return html`<section>
    <h2>卡片 <span lang="en">Cards</span></h2>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">持卡人 <span lang="en">Holder</span></th>
            <th scope="col">PIN</th>
            <th scope="col">狀態 <span lang="en">State</span></th>
            <th scope="col">動作 <span lang="en">Action</span></th>
          </tr>
        </thead>
        <tbody>
          ${all.map(
            (card) =>
              html`<tr>
                <th scope="row">
                  ${card.holder}<br /><small lang="en">${card.holderEn}</small><br /><small
                    ><code>${card.cardNumber}</code></small
                  >
                </th>
                <td><code>${card.pin}</code></td>
                <td>
                  ${card.shows.zh}<br /><small lang="en">${card.shows.en}</small
                  ><br />${triesOf(card.triesLeft)}${
                    card.revoked
                      ? html`<br /><strong class="bad">已廢止 <span lang="en">revoked</span></strong>`
                      : undefined
                  }
                </td>
                <td class="deeds">
                  ${slots.map(({ card: present }, at) =>
                    present === card.id
                      ? html`<p>已插入 <span lang="en">inserted</span>${which(at, slots.length)}</p>`
                      : deed(
                          'insert',
                          '插入',
                          'Insert',
                          { card: card.id, slot: at },
                          which(at, slots.length),
                        ),
                  )}
                  ${card.triesLeft < 3 ? deed('unlock', '解鎖', 'Unlock', { card: card.id }) : undefined}
                  ${
                    card.revoked === null
                      ? undefined
                      : card.revoked
                        ? deed('restore', '恢復', 'Restore', { card: card.id })
                        : deed('revoke', '廢止', 'Revoke', { card: card.id })
                  }
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** Which of several readers. */
function which(at: number, count: number): string | undefined {
  return count > 1 ? ` ${at}` : undefined;
}

function triesOf(left: number): Markup {
  return left === 0
    ? html`<strong class="bad">已鎖卡 <span lang="en">locked</span></strong>`
    : html`<small>PIN 還可試 ${left} 次 <span lang="en">${left} tries left</span></small>`;
}

function switches({ switches: set, slots, failWith }: DeskState): Markup {
  const chosen = failWith ? `${failWith.retCode} ${failWith.lastError}` : '';
  return html`<section>
    <h2>情境 <span lang="en">What goes wrong</span></h2>
    <form method="post" action="/control" class="switches">
      ${flag('installed', set.installed, '元件已安裝並執行', 'The component is installed and runs')}
      ${flag('domainAllowed', set.domainAllowed, '網站在信任清單內', 'The site is on the trusted list')}
      ${flag('cancels', set.cancels, '使用者取消', 'The person cancels')}
      ${flag('encryptionCertificate', set.encryptionCertificate, '以加密憑證（cert2）簽章', 'Signs with the encryption certificate (cert2)')}
      ${flag('sha1', set.sha1, '以 SHA-1 簽章', 'Signs with SHA-1')}
      <label
        >讀卡機數 <span lang="en">Readers</span>
        <input name="readers" type="number" min="0" max="4" value="${slots.length}" required
      /></label>
      <label
        >延遲秒數 <span lang="en">Delay in seconds</span>
        <input name="delaySeconds" type="number" min="0" max="120" value="${set.delaySeconds}" required
      /></label>
      <label
        >簽章一律回覆 <span lang="en">Every signing answers</span>
        <select name="failWith">
          ${failures().map(
            ([value, words]) =>
              html`<option value="${value}" ${value === chosen ? html`selected` : undefined}>
                ${words}
              </option>`,
          )}
        </select></label
      >
      <button name="deed" value="switches">套用 <span lang="en">Apply</span></button>
    </form>
    ${deed('reset', '全部還原', 'Reset everything', {})}
  </section>`;
}

function failures(): readonly (readonly [string, string])[] {
  const plain = Object.entries(retCodes).map(
    ([name, [code, words]]) => [`${name} none`, `0x${code.toString(16).toUpperCase()} ${words}`] as const,
  );
  const pins = Object.entries(lastErrors)
    .filter(([name]) => name !== 'none')
    .map(([name, code]) => [`loginFailed ${name}`, `PIN：last_error ${code}（${name}）`] as const);
  return [['', '依卡片狀態 as the card does'], ...plain, ...pins];
}

function flag(name: string, on: boolean, zh: string, en: string): Markup {
  return html`<label class="flag"
    ><input type="checkbox" name="${name}" ${on ? html`checked` : undefined} /> ${zh}
    <span lang="en">${en}</span></label
  >`;
}

function deed(
  name: string,
  zh: string,
  en: string,
  fields: Readonly<Record<string, string | number>>,
  suffix?: string,
): Markup {
  return html`<form method="post" action="/control">
    ${Object.entries(fields).map(
      ([field, value]) => html`<input type="hidden" name="${field}" value="${value}" />`,
    )}
    <button name="deed" value="${name}">${zh} <span lang="en">${en}</span>${suffix}</button>
  </form>`;
}
