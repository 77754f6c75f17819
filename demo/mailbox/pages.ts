import { html, type Markup } from '../html.ts';
import type { WayIn } from '../people/way-in.ts';
import type { ReadMail } from './parse-mail.ts';

const time = new Intl.DateTimeFormat('zh-TW', {
  timeZone: 'Asia/Taipei',
  dateStyle: 'medium',
  timeStyle: 'medium',
  hour12: false,
});

function layout(title: string, content: Markup): string {
  return html`<!doctype html>
    <html lang="zh-Hant-TW">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <nav><a href="/">信箱 Mailbox</a> <a href="/people">示範帳號 Demo accounts</a></nav>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `.markup;
}

export function mailboxPage(mails: readonly ReadMail[], to: string | undefined): string {
  return layout(
    '示範信箱 Demo mailbox',
    html`<p>
        示範系統寄出的每一封信，最新的在最上面。 Every mail that the demo has sent, newest first.
        ${to === undefined ? undefined : html`<strong>${to}</strong> · <a href="/">全部 all</a> · `}
        <a href="${to === undefined ? '/' : `/?to=${encodeURIComponent(to)}`}">重新整理 Reload</a>
      </p>
      ${mails.length === 0 ? html`<p>還沒有信件。 No mail yet.</p>` : undefined}
      ${mails.map(
        ({ to, subject, text, date }) =>
          html`<article>
            <h2>${subject}</h2>
            <p><a href="/?to=${encodeURIComponent(to)}">${to}</a> · ${time.format(date)}</p>
            <pre>${text}</pre>
          </article>`,
      )}`,
  );
}

export function peoplePage(ways: readonly WayIn[], hub: string): string {
  return layout(
    '示範帳號 Demo accounts',
    html`<p>
        登入入口網 Log in at the hub: <a href="${hub}">${hub}</a>。檢查碼在「信箱」。 Check codes arrive in
        the mailbox.
      </p>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th>姓名 Name</th>
              <th>帳號 Account</th>
              <th>密碼 Password</th>
              <th>角色 Roles</th>
              <th>會怎樣 What to expect</th>
            </tr>
          </thead>
          <tbody>
            ${ways.map(
              (way) =>
                html`<tr>
                  <td>
                    ${way.name}<br /><small
                      >${way.nameEn}<br />${way.agency}<br /><a href="/?to=${encodeURIComponent(way.email)}"
                        >${way.email}</a
                      ></small
                    >
                  </td>
                  <td><code>${way.account}</code></td>
                  <td>
                    ${way.password === undefined ? '您自行設定的密碼 the one you set' : html`<code>${way.password}</code>`}
                  </td>
                  <td>${way.roles.map((role) => html`<code>${role}</code> `)}</td>
                  <td>${way.expect.zh}<br /><small>${way.expect.en}</small></td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
  );
}
