import type { BrandConfig } from '#config/config.ts';
import type { Language } from '#http/request-state.ts';
import { localBrand, type Brand } from '#pages/brand.ts';

export function brandOf({ name, agency, helpDesk }: BrandConfig): Brand {
  return { name, owner: agency, helpDesk };
}

/** The help desk in one line of a mail. */
export function helpDeskLine(config: BrandConfig, language: Language): string {
  const { name, phone, email, hours } = localBrand(brandOf(config), language).helpDesk;
  return [name, phone, email, hours].filter((part) => part !== undefined).join(' ');
}
