/** The control page's forms: their fields, as what they ask of the desk. */
import { controlSchema, type Control } from './control.ts';

const flags = ['installed', 'domainAllowed', 'cancels', 'sha1', 'encryptionCertificate'] as const;

/** Undefined: not one of the page's forms. */
export function readControlForm(form: URLSearchParams): Control | undefined {
  const wanted = wantedBy(form);
  const parsed = controlSchema.safeParse(wanted);
  return wanted && parsed.success ? parsed.data : undefined;
}

function wantedBy(form: URLSearchParams): unknown {
  switch (form.get('deed')) {
    case 'insert':
      return { insert: { card: form.get('card'), slot: Number(form.get('slot')) } };
    case 'remove':
      return { remove: { slot: Number(form.get('slot')) } };
    case 'unlock':
      return { unlock: form.get('card') };
    case 'revoke':
      return { revoke: form.get('card') };
    case 'restore':
      return { restore: form.get('card') };
    case 'reset':
      return { reset: true };
    case 'switches': {
      const [retCode, lastError] = (form.get('failWith') ?? '').split(' ');
      return {
        readers: Number(form.get('readers')),
        switches: {
          ...Object.fromEntries(flags.map((flag) => [flag, form.has(flag)])),
          delaySeconds: Number(form.get('delaySeconds')),
        },
        failWith: retCode ? { retCode, lastError } : null,
      };
    }
    default:
      return undefined;
  }
}
