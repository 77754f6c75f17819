/** Whose hub this is: configuration, so that another agency deploys it under its own name. */
import { textIn, type Language, type Message } from './messages/define-messages.ts';

export interface HelpDesk {
  readonly name: Message;
  readonly phone?: string;
  readonly email?: string;
  readonly hours?: Message;
}

export interface Brand {
  /** Name of the service, beside the mark. */
  readonly name: Message;
  /** The agency that runs it, in the foot of every page. */
  readonly owner: Message;
  readonly helpDesk: HelpDesk;
}

/** A brand in one language, as templates print it. */
export interface LocalBrand {
  readonly name: string;
  readonly owner: string;
  readonly helpDesk: {
    readonly name: string;
    readonly phone?: string;
    readonly email?: string;
    readonly hours?: string;
  };
}

export function localBrand(brand: Brand, language: Language): LocalBrand {
  const { name, phone, email, hours } = brand.helpDesk;
  return {
    name: textIn(language, brand.name),
    owner: textIn(language, brand.owner),
    helpDesk: {
      name: textIn(language, name),
      ...(phone === undefined ? {} : { phone }),
      ...(email === undefined ? {} : { email }),
      ...(hours === undefined ? {} : { hours: textIn(language, hours) }),
    },
  };
}
