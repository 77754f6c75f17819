/** The pages of the device flow. */
import type { Context } from 'koa';
import { showScopes } from '#pages/shown-scopes.ts';
import type { ViewContext } from '#pages/view-context.ts';
import type { Views } from '#pages/views.ts';
import type { ProtocolPages } from '#provider/contract.ts';
import type { DeviceConfirmationModel } from '#provider/pages/device-confirmation-model.ts';
import type { DeviceOutcomeModel } from '#provider/pages/device-outcome-model.ts';
import type { UserCodeModel } from '#provider/pages/user-code-model.ts';
import { routes } from '#provider/routes.ts';

interface Dependencies {
  readonly views: Views;
  readonly viewOf: (ctx: Context) => ViewContext;
  readonly answer: (ctx: Context, html: string) => void;
}

type DevicePages = Pick<ProtocolPages, 'renderUserCode' | 'renderDeviceConfirmation' | 'renderDeviceOutcome'>;

export function createDevicePages({ views, viewOf, answer }: Dependencies): DevicePages {
  const at = (name: string) => new URL(`../provider/pages/${name}.hbs`, import.meta.url);
  const userCode = views.page<UserCodeModel>(at('user-code'));
  const confirmation = views.page<DeviceConfirmationModel>(at('device-confirmation'));
  const outcomePage = views.page<DeviceOutcomeModel>(at('device-outcome'));
  return {
    renderUserCode(ctx, { fault, ...form }) {
      const message = fault && (`device.error.${fault}` as const);
      answer(
        ctx,
        userCode(viewOf(ctx), { ...form, errors: message ? [{ field: 'user_code', message }] : [] }),
      );
    },
    renderDeviceConfirmation(ctx, { relyingParty, scopes, address, ...form }) {
      const view = viewOf(ctx);
      const name = (view.language === 'en' && relyingParty.nameEn) || relyingParty.name;
      const model = { ...form, ...showScopes(scopes), ...(address && { address }), system: { name } };
      answer(ctx, confirmation(view, model));
    },
    renderDeviceOutcome(ctx, { outcome }) {
      const again = outcome === 'declined' && { againHref: routes.code_verification };
      answer(ctx, outcomePage(viewOf(ctx), { outcome, ...again }));
    },
  };
}
