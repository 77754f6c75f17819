import { z } from 'zod';
import { host, path, whole } from './values.ts';
import { issuerAddress, webAddress } from './web-addresses.ts';

const firstLogin = z
  .strictObject({
    asksMailedCode: z
      .boolean()
      .default(true)
      .describe(
        'Whether the first login also asks for the mailed check code. The opening password is weak by construction.',
      ),
    openingPasswordPrefix: z
      .string()
      .regex(/^[A-Za-z]{1,8}$/, { error: '1 to 8 letters' })
      .default('MmDd')
      .describe('What stands before birth month and day and the last four digits of the national ID.'),
  })
  .prefault({})
  .describe('首次登入: opening an account with its opening password.');

const mailedCode = z
  .strictObject({
    digits: whole(6, 10).default(8).describe('Digits of a check code.'),
    tries: whole(1, 10).default(5).describe('Wrong codes in all after which no code of that day works.'),
    lifetimeMinutes: whole(1, 1440)
      .default(30)
      .describe('Minutes for which a code asked for on the login page is good.'),
    perDay: whole(1, 100)
      .default(10)
      .describe(
        'Codes mailed to one person on one day from the login page, so that a mailbox cannot be flooded.',
      ),
    resendSeconds: whole(10, 3600).default(60).describe('Seconds before another code can be asked for.'),
  })
  .prefault({})
  .describe('Email檢查碼. Weak as a second factor (NIST SP 800-63B-4 does not count e-mail).');

const captcha = z
  .strictObject({
    kind: z
      .enum(['proof-of-work', 'image'])
      .default('proof-of-work')
      .describe(
        'proof-of-work: done by the browser, needs JavaScript. image: six characters to be read, or heard, and typed; works without JavaScript.',
      ),
    cost: whole(1, 1_000_000)
      .default(5000)
      .describe(
        'proof-of-work: PBKDF2 iterations of one try; a browser makes about 256 tries. More is slower for guessers and for old machines.',
      ),
    lifetimeMinutes: whole(1, 60).default(20).describe('Minutes for which a captcha is good.'),
  })
  .prefault({})
  .describe('驗證碼: what keeps programs from trying passwords.');

const mutualTls = z
  .strictObject({
    origin: issuerAddress().describe(
      'Origin under which browsers are asked for the certificate, such as https://card.sso.example.gov.tw. With a proxy it may be the issuer itself.',
    ),
    listen: z
      .strictObject({
        host: host().default('127.0.0.1').describe('Address to listen on.'),
        port: whole(0, 65_535).default(3444).describe('TCP port; 0 takes any free one.'),
        certificate: path().describe(
          'PEM file with the certificate of that host and those up to its authority.',
        ),
        key: path().describe('PEM file with the private key.'),
        highestTls: z
          .enum(['1.2', '1.3'])
          .default('1.3')
          .describe(
            'Highest version of TLS. 1.2 where card drivers cannot sign with RSA-PSS, which 1.3 demands of RSA keys; the certificate then crosses the network readable.',
          ),
      })
      .exactOptional()
      .describe(
        'A listener of its own, in TLS, that asks browsers for a certificate. Default: none; a proxy of `proxies` asks, and hands the certificate on in `clientCertificates.header`.',
      ),
  })
  .exactOptional()
  .describe(
    'The second door for certificates: the browser shows one in TLS, without the card component. Default: there is none.',
  );

const certificate = z
  .strictObject({
    component: z
      .strictObject({
        addresses: z
          .array(webAddress())
          .min(1)
          .max(4)
          .default(['http://localhost:61161/popupForm'])
          .describe(
            'Where the card component on a person’s own machine serves its pop-up page, tried in this order. A newer variant listens at http://localhost:16888/cht_api/popupForm.',
          ),
        downloadUrl: webAddress()
          .default('https://moica.nat.gov.tw/download_1.html')
          .describe('Where people get the card component.'),
      })
      .prefault({})
      .describe('跨平台網頁元件: the program that lets a page ask the card for a signature.'),
    unlockUrl: webAddress()
      .default('https://moica.nat.gov.tw/unblockcard.html')
      .describe('Where people unlock a card that has locked itself after three wrong PINs.'),
    mutualTls,
  })
  .prefault({})
  .describe('憑證登入: exists where the section `certificates` says whom to trust.');

export const login = z
  .strictObject({
    oneDayPassword: z
      .strictObject({
        enabled: z
          .boolean()
          .default(true)
          .describe('Whether password logins on a day enabled by a manager exist at all.'),
      })
      .prefault({})
      .describe('一日密碼.'),
    certificate,
    firstLogin,
    mailedCode,
    captcha,
    misuse: z
      .strictObject({
        closesPassword: z
          .boolean()
          .default(true)
          .describe(
            'Whether a password stops working when its owner says of a login, or of an attempt that had the password right, that it was not them. A manager then brings the opening password back.',
          ),
        perDay: whole(1, 100).default(10).describe('Reports that one person can make on one day.'),
      })
      .prefault({})
      .describe('What follows when somebody reports an entry of their own log as misuse (這不是我).'),
    graceHours: whole(0, 720)
      .default(72)
      .describe(
        'Hours from activation in which the password works without being enabled, so that a card can be registered.',
      ),
    lock: z
      .strictObject({
        failures: whole(1, 5)
          .default(5)
          .describe('Wrong passwords on one name that lock it. At most 5, by the rules for agency systems.'),
        minutes: whole(15, 1440)
          .default(15)
          .describe('Minutes for which it stays locked. At least 15, by the same rules.'),
      })
      .prefault({})
      .describe('When a name is locked for password logins.'),
    answerMilliseconds: whole(0, 10_000)
      .default(700)
      .describe(
        'Every refused password login is answered this many milliseconds after it came, so that time does not tell why. Must be above the slowest honest answer.',
      ),
    perAddress: z
      .strictObject({
        attempts: whole(1, 100_000)
          .default(100)
          .describe(
            'Failed attempts from one network address before it has to wait. An agency may share one address.',
          ),
        minutes: whole(1, 1440).default(15).describe('Minutes after which the count starts anew.'),
      })
      .prefault({})
      .describe('Limit on guessing over many names.'),
  })
  .prefault({})
  .describe('The ways to log in.');
