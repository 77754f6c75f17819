/**
 * The doors of the login page: which of them a login may go through, in which order they are shown, and which one this
 * device used last. The cookie says only that, nothing of anybody.
 */
import { allDoors, reaches, stepPath, type Door } from './dispatch.ts';
import type { DoorLink } from './door-link.ts';
import type { Interaction, InteractionContext } from './interaction-state.ts';

export interface Doors {
  /** Those that are strong enough for `interaction`; at least one. */
  openTo(interaction: Pick<Interaction, 'least'>): readonly Door[];
  /** The door that the login page opens with. */
  first(ctx: InteractionContext): Door;
  /** All that are open, the first one first, as links. */
  links(ctx: InteractionContext, current: Door): readonly DoorLink[];
  /** The person has proved who they are through `door`. */
  remember(ctx: InteractionContext, door: Door): void;
}

const cookieName = 'hufu_door';
const oneYear = 365 * 24 * 3_600_000;

/** `configured`: the ways to log in that this deployment has; the password door is always there. `secure`: the issuer is https. */
export function createDoors(configured: readonly Door[], secure: boolean): Doors {
  const present = allDoors.filter((door) => configured.includes(door));

  const openTo: Doors['openTo'] = ({ least }) => present.filter((door) => reaches(door, least));

  function ordered(ctx: InteractionContext): readonly Door[] {
    const { interaction } = ctx.state;
    const open = openTo(interaction);
    // What was wished for comes before habit.
    const lastUsed = ctx.cookies.get(cookieName, { signed: false });
    const rank = (door: Door) => (reaches(door, interaction.wished) ? 0 : 2) + (door === lastUsed ? 0 : 1);
    return [...open].sort((one, other) => rank(one) - rank(other));
  }

  return {
    openTo,
    first(ctx) {
      const [first] = ordered(ctx);
      if (!first) throw new Error('no way to log in is strong enough for what is asked');
      return first;
    },
    links: (ctx, current) =>
      ordered(ctx).map((door) => ({
        id: door,
        href: stepPath(ctx.state.interaction.uid, door),
        current: door === current,
      })),
    remember(ctx, door) {
      // TLS ends before us: whether a cookie may be Secure is the issuer's to say, not this connection's.
      ctx.cookies.secure = secure;
      ctx.cookies.set(cookieName, door, {
        path: '/interaction',
        maxAge: oneYear,
        sameSite: 'lax',
        httpOnly: true,
        secure,
        signed: false,
      });
    },
  };
}
