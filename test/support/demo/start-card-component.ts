/** The demo's card component by itself, on a free port, with the cards it is given. */
import type { Card } from '#demo/card-component/card.ts';
import { createCardComponent } from '#demo/card-component/card-component.ts';
import type { Control, DeskState } from '#demo/card-component/control.ts';
import { createDesk } from '#demo/card-component/desk.ts';
import { serveLocally } from '#demo/serve-locally.ts';
import { freePort } from '../hub/hub-world.ts';

export interface RunningComponent {
  readonly origin: string;
  control(wanted: Partial<Control>): Promise<DeskState>;
  /** What the pop-up would get for `request`, over HTTP. */
  ask(path: string, request: unknown): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** `now`: the signing time. */
export async function startCardComponent(
  cards: readonly Card[],
  now: () => Date = () => new Date(),
): Promise<RunningComponent> {
  const port = String(await freePort());
  const origin = `http://localhost:${port}`;
  const component = createCardComponent({ desk: createDesk(cards), origin, hub: 'http://localhost:1', now });
  const server = await serveLocally(component.callback(), { hostname: 'localhost', port });
  return {
    origin,
    async control(wanted) {
      const answer = await fetch(`${origin}/control`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(wanted),
      });
      if (!answer.ok) throw new Error(await answer.text());
      return (await answer.json()) as DeskState;
    },
    async ask(path, request) {
      const tbsPackage = typeof request === 'string' ? request : JSON.stringify(request);
      const answer = await fetch(origin + path, {
        method: 'POST',
        body: new URLSearchParams({ tbsPackage }),
      });
      return (await answer.json()) as Record<string, unknown>;
    },
    stop: server.stop,
  };
}
