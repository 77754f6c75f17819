/** What a person meets while signing in, wired: rules, pages, steps, routes. */
import type { Middleware } from 'koa';
import { createAgreeToRules } from '#accounts/agree-to-rules.ts';
import { createPasswordLogin } from '#authentication/password-login.ts';
import { createDirectoryMonitor } from '#http/directory-monitor.ts';
import type { Csrf } from '#http/csrf.ts';
import { createRulesOfUseStep } from '#interactions/activation/rules-of-use-step.ts';
import { createAdmissionStep } from '#interactions/admission/admission-step.ts';
import { createChangePasswordPage } from '#interactions/change-password/change-password-page.ts';
import { createChangePasswordStep } from '#interactions/change-password/change-password-step.ts';
import { createConsentStep } from '#interactions/consent/consent-step.ts';
import { createDoors } from '#interactions/doors.ts';
import { createEntering } from '#interactions/entering.ts';
import { createFinish } from '#interactions/finish.ts';
import { loadInteraction } from '#interactions/load-interaction.ts';
import type { LoginStep } from '#interactions/login-step.ts';
import { createLoginFormPage } from '#interactions/one-day-password/login-form-page.ts';
import { createOneDayPasswordStep } from '#interactions/one-day-password/one-day-password-step.ts';
import { createInteractionRoutes } from '#interactions/routes.ts';
import { createTransactions } from '#interactions/transaction.ts';
import type { PublicInformation } from '#pages/public-information.ts';
import type { Views } from '#pages/views.ts';
import type { HubProvider } from '#provider/contract.ts';
import { composeCaptcha } from './captcha.ts';
import { composeCertificateDoors } from './certificate-doors.ts';
import { loginMethodsOf } from './login-methods.ts';
import { versionedText } from './public-information.ts';
import type { PeopleInTls } from './people-in-tls.ts';
import type { Services } from './services.ts';

interface Dependencies {
  readonly services: Services;
  readonly provider: HubProvider;
  readonly views: Views;
  readonly csrf: Csrf;
  readonly information: PublicInformation;
  readonly peopleInTls: PeopleInTls | undefined;
}

export function composeLogin({
  services,
  provider,
  views,
  csrf,
  information,
  peopleInTls,
}: Dependencies): readonly Middleware[] {
  const { config, machine, stores, directory, sealing } = services;
  const { clock } = machine;
  const { oneTime: store } = stores.protocol;
  const { captcha, door } = composeCaptcha(services);
  const transactions = createTransactions(store, clock);
  const entering = createEntering(directory.catalogue);
  const doors = createDoors(loginMethodsOf(services), config.issuer.startsWith('https:'));
  const directoryMonitor = createDirectoryMonitor(directory.health, clock);
  const pageParts = { views, csrf, entering };

  const passwordDoor = (): LoginStep => {
    const { login } = config;
    const passwordLogin = createPasswordLogin({
      accounts: directory.accounts,
      passwords: directory.passwords,
      captcha,
      limits: services.attemptLimits,
      codes: services.codes,
      notices: services.notices,
      sealing,
      clock,
      settings: {
        graceHours: login.graceHours,
        oneDayEnabled: login.oneDayPassword.enabled,
        openingPasswordPrefix: login.firstLogin.openingPasswordPrefix,
        firstLoginAsksCode: login.firstLogin.asksMailedCode,
      },
    });
    return createOneDayPasswordStep({
      passwordLogin,
      recordPasswordLogin: services.recordPasswordLogin,
      audit: stores.audit,
      clock,
      page: createLoginFormPage({
        ...pageParts,
        doors,
        directory: directoryMonitor,
        resendSeconds: login.mailedCode.resendSeconds,
        captcha: door,
        information,
      }),
      settings: {
        answerMilliseconds: login.answerMilliseconds,
        codeAlwaysAsked: login.firstLogin.asksMailedCode,
        maxAgeDays: config.password.maxAgeDays,
        captcha: door.kind,
        rulesVersion: config.rulesOfUse.version,
      },
    });
  };

  /** The two doors to which a certificate opens; each is there when what it needs is. */
  const certificateDoors = composeCertificateDoors({
    services,
    peopleInTls,
    pageParts: { ...pageParts, doors, directory: directoryMonitor, information },
  });

  const steps: readonly LoginStep[] = [
    ...certificateDoors.steps,
    passwordDoor(),
    createRulesOfUseStep({
      views,
      csrf,
      rules: versionedText(config.rulesOfUse),
      accounts: directory.accounts,
      agreeToRules: createAgreeToRules({ accounts: directory.accounts, audit: stores.audit, clock }),
    }),
    createChangePasswordStep({
      accounts: directory.accounts,
      newPasswords: services.newPasswords,
      activateAccount: services.activateAccount,
      changePassword: services.changePassword,
      protocolStore: stores.protocol.health,
      page: createChangePasswordPage(views, csrf, config.password),
      minLength: config.password.minLength,
    }),
    createConsentStep({
      ...pageParts,
      accounts: directory.accounts,
      audit: stores.audit,
      consents: stores.records.consents,
      clock,
    }),
    createAdmissionStep({ ...pageParts, accounts: directory.accounts, audit: stores.audit }),
  ];

  const interactions = createInteractionRoutes({
    load: loadInteraction({ provider, transactions }),
    steps,
    captchaRoutes: door.routes,
    doors,
    finish: createFinish({ provider, transactions }),
    transactions,
    csrf,
  });
  return [interactions.routes() as Middleware, ...certificateDoors.routes];
}
