import type { AccountId } from '#domain/account.ts';
import { sealingContext, sealingPurpose, type Sealing } from '#domain/sealing.ts';

interface PlainFields {
  readonly nationalId?: string;
  /** `MMDD` */
  readonly birthday?: string;
}

/** What the directory holds of those of `owner`'s personal fields that are given: sealed, the national ID indexed too. */
export function sealedFields(
  owner: AccountId,
  { nationalId, birthday }: PlainFields,
  sealing: Sealing,
): Readonly<Record<string, string>> {
  const sealed = (plain: string, purpose: 'national-id' | 'birthday') =>
    sealing.seal(plain, sealingContext(purpose, owner));
  return {
    ...(nationalId !== undefined && {
      hufuNationalIdKey: sealing.index(nationalId, sealingPurpose.nationalId),
      hufuNationalIdSealed: sealed(nationalId, sealingPurpose.nationalId),
    }),
    ...(birthday !== undefined && { hufuBirthdaySealed: sealed(birthday, sealingPurpose.birthday) }),
  };
}
