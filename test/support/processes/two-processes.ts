/** Two `hufu serve` processes on one data folder, and its services in this process. */
import type { Services } from '#src/compose/services.ts';
import type { HttpBrowser } from '#test/support/http-browser.ts';
import type { SigningIn } from '#test/support/hub/signing-in.ts';
import { createInstallation, type Installation } from './installation.ts';
import { startServeProcess } from './serve-process.ts';
import { throughProcess } from './through-process.ts';

export interface TwoProcesses {
  readonly installation: Installation;
  readonly services: Services;
  /** `browser` led to the nth process in turn. */
  through(browser: HttpBrowser, nth: number): SigningIn;
  close(): Promise<void>;
}

export async function startTwoProcesses(): Promise<TwoProcesses> {
  const installation = await createInstallation(2);
  const services = await installation.openServices();
  await services.prepare();
  const processes = await Promise.all(installation.configFiles.map(startServeProcess));
  const { origin, origins } = installation;
  return {
    installation,
    services,
    through: (browser, nth) => throughProcess(browser, origin, origins[nth % origins.length] ?? origin),
    async close() {
      await Promise.all(processes.map((process) => process.stop()));
      await services.close();
      installation.remove();
    },
  };
}
