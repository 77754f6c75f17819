import { html, type Markup } from '../html.ts';
import type { Answers, Claims, Tokens } from './relying-party.ts';
import type { Word } from './words.ts';

export interface Look {
  readonly name: string;
  readonly nameEn: string;
  readonly theme: string;
  readonly hub: string;
}

function layout({ name, nameEn, theme }: Look, word: Word | undefined, content: Markup): string {
  return html`<!doctype html>
    <html lang="zh-Hant-TW">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${name}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body class="${theme}">
        <header>
          <h1>${name}</h1>
          <p lang="en">${nameEn}</p>
        </header>
        <main>${word === undefined ? undefined : message(word)} ${content}</main>
        <footer>示範業務系統，與入口網各自獨立。 A demo business system, separate from the hub.</footer>
      </body>
    </html> `.markup;
}

function message({ tone, zh, en, code }: Word): Markup {
  return html`<div class="word ${tone}" role="${tone === 'bad' ? 'alert' : 'status'}">
    <p>${zh}</p>
    <p lang="en">${en}</p>
    ${code === undefined ? undefined : html`<p><code>${code}</code></p>`}
  </div>`;
}

export function outsidePage(look: Look, word: Word | undefined): string {
  return layout(
    look,
    word,
    html`<section>
      <h2>尚未登入 <small lang="en">Not logged in</small></h2>
      <p>
        <a class="button" href="/login">以入口網帳號登入 <span lang="en">Log in at the hub</span></a>
      </p>
      <p>
        <a href="/login/silent">靜默登入（prompt=none） <span lang="en">Silent login</span></a> ·
        <a href="${look.hub}">入口網 <span lang="en">Hub</span></a>
      </p>
    </section>`,
  );
}

export function insidePage(
  look: Look,
  { tokens, answers }: { readonly tokens: Tokens; readonly answers: Answers },
  word: Word | undefined,
): string {
  const { userinfo, introspection } = answers;
  return layout(
    look,
    word,
    html`<section class="who">
        <p>${text(userinfo['name'])}，您好 <small>${affiliation(userinfo)}</small></p>
        <p>
          您在本系統的角色
          <span lang="en">Your roles here</span
          >：${rolesOf(userinfo).map((role) => html`<strong class="role">${role}</strong> `)}
        </p>
      </section>
      <div class="deeds">
        ${tokens.refreshToken === undefined ? undefined : deed('/refresh', '更新權杖', 'Refresh tokens')}
        ${deed('/ask', '重新查詢', 'Ask again')}
        <a class="button quiet" href="/login/silent">靜默登入 <span lang="en">Silent login</span></a>
        ${deed('/local-log-out', '只登出本系統', 'Log out here only')} ${deed('/log-out', '登出', 'Log out')}
        <a class="button quiet" href="${look.hub}">入口網 <span lang="en">Hub</span></a>
      </div>
      ${claimsTable('ID Token', tokens.claims)} ${claimsTable('UserInfo', userinfo)}
      ${introspection && claimsTable('Introspection', introspection)}
      <p class="facts">
        存取權杖 <span lang="en">access token</span>：${tokens.expiresInSeconds ?? '?'} s · 更新權杖
        <span lang="en">refresh token</span>：${tokens.refreshToken === undefined ? '無 none' : '有 yes'}
      </p>`,
  );
}

function deed(action: string, zh: string, en: string): Markup {
  return html`<form method="post" action="${action}">
    <button>${zh} <span lang="en">${en}</span></button>
  </form>`;
}

function claimsTable(title: string, claims: Claims): Markup {
  return html`<table>
    <caption>
      ${title}
    </caption>
    <tbody>
      ${Object.entries(claims).map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${text(value)}${timeOf(name, value)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Times in tokens are seconds since 1970; nobody reads those. */
function timeOf(name: string, value: unknown): Markup | undefined {
  const isTime = ['iat', 'exp', 'nbf', 'auth_time'].includes(name) && typeof value === 'number';
  if (!isTime) return undefined;
  const time = new Date(value * 1000).toLocaleString('zh-TW', { timeZone: 'Asia/Taipei', hour12: false });
  return html` <small>${time}</small>`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function rolesOf({ roles }: Claims): readonly string[] {
  return Array.isArray(roles) ? roles.map(String) : [];
}

function affiliation({ organization }: Claims): string {
  if (typeof organization !== 'object' || organization === null) return '';
  return ['agency', 'unit']
    .map((part) => nameIn(Reflect.get(organization, part)))
    .join(' ')
    .trim();
}

function nameIn(part: unknown): string {
  return typeof part === 'object' && part !== null && 'name' in part ? text(part.name) : '';
}
