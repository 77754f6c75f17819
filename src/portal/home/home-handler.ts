/** My home (我的首頁): who one is, what remains to do, which systems one may enter. */
import { dayOf } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { CatalogueDirectory } from '#domain/directory.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import type { PublicInformation } from '#pages/public-information.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import type { PortalHandler } from '../session/portal-session.ts';
import type { HomeModel } from './home-model.ts';
import { systemTiles } from './system-tiles.ts';
import { toDoOf, type ToDoPolicy } from './to-do.ts';

interface Dependencies {
  readonly views: Views;
  readonly navigation: Navigation;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly clock: Clock;
  readonly policy: ToDoPolicy;
  readonly information: PublicInformation;
  /** Whether people can log in with a card here. */
  readonly hasCardLogin: boolean;
}

export function showHome({
  views,
  navigation,
  catalogue,
  clock,
  policy,
  information,
  hasCardLogin,
}: Dependencies): PortalHandler {
  const page = views.page<HomeModel>(new URL('./home.hbs', import.meta.url));
  return async function home(ctx) {
    const { account, session, language } = ctx.state;
    const now = clock.now();
    const person = { grants: account.grants, level: session.level, today: dayOf(now), hasCardLogin };
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), {
      navigation: navigation.of(ctx.state, 'home'),
      name: account.name,
      kind: account.office,
      agency: account.agency.name,
      ...(account.unit && { unit: account.unit.name }),
      ...(account.lastPasswordLogin && { lastPasswordLogin: account.lastPasswordLogin }),
      ...(account.lastCertificateLogin && { lastCertificateLogin: account.lastCertificateLogin }),
      toDo: toDoOf(account, now, policy),
      information: information(language, 'home'),
      systems: systemTiles(await catalogue.readCatalogue(), person, language),
    });
  };
}
