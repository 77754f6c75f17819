import type { Door } from './dispatch.ts';

/** A way to sign in as the login page shows it (partials/doors.hbs); its words are `login.door.<id>` and `login.door.<id>.needs`. */
export interface DoorLink {
  readonly id: Door;
  readonly href: string;
  readonly current: boolean;
}
