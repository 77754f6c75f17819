import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import type { RegistryFrame, RegistryFrameModel } from '../registry-frame.ts';
import type { RegistryHandler } from '../registry-session.ts';

/** `GET /registry`: the functions that this person has, as cards. */
export function showRegistryHome({ views, frame }: { views: Views; frame: RegistryFrame }): RegistryHandler {
  const page = views.page<RegistryFrameModel>(new URL('./home.hbs', import.meta.url));
  return async function registryHome(ctx) {
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), await frame.of(ctx.state, 'home'));
  };
}
