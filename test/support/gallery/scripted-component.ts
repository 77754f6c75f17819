import type { BrowserContext } from 'playwright-core';

/** What a pop-up of the scripted component does. */
export interface ComponentScript {
  /** Says nothing at all. */
  readonly silent?: boolean;
  /** Answers, in this order, with each of these texts; without any it never answers. */
  readonly answers?: readonly string[];
  /** Closes without an answer. */
  readonly closes?: boolean;
}

export interface ScriptedComponent {
  /** What each pop-up was asked, as text. */
  readonly requests: string[];
  /** How often the pop-up page was opened. */
  opened(): number;
}

/** Stands for the card component in a browser: answers its address with a pop-up page that follows `script`. */
export async function scriptComponent(
  context: BrowserContext,
  script: ComponentScript,
  address = 'http://localhost:61161/popupForm',
): Promise<ScriptedComponent> {
  const requests: string[] = [];
  let opened = 0;
  const { origin } = new URL(address);
  await context.route(`${origin}/asked`, async (route) => {
    requests.push(route.request().postData() ?? '');
    await route.fulfill({ status: 204 });
  });
  await context.route(address, async (route) => {
    opened += 1;
    await route.fulfill({ contentType: 'text/html; charset=utf-8', body: popupPage(script) });
  });
  return { requests, opened: () => opened };
}

function popupPage({ silent, answers, closes }: ComponentScript): string {
  if (silent) return '<!doctype html><title>component</title>';
  const end = answers || closes ? 'setTimeout(() => window.close(), 50);' : '';
  return `<!doctype html><title>component</title><script>
    addEventListener('message', async (event) => {
      await fetch('/asked', { method: 'POST', body: event.data });
      for (const answer of ${JSON.stringify(answers ?? [])}) opener.postMessage(answer, '*');
      ${end}
    });
    opener.postMessage('{"func":"getTbs"}', '*');
  </script>`;
}
