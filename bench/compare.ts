/** Hub and bare library beside each other: every scenario in turns, and what the hub asks of directory and stores. */
import { perFlow, type Counts } from './counted.ts';
import { percentile } from './measure.ts';
import { openCallers, scenarios, time, type Caller, type Scenario, type Timed } from './scenarios.ts';
import type { Target } from './target.ts';

export interface Extent {
  /** Samples of each scenario and target. */
  readonly rounds: number;
  readonly seconds: number;
  readonly callers: number;
  readonly people: number;
  /** Whether the run's time is used up: what is left out then is not told of. */
  isOver(): boolean;
}

export interface Figures {
  readonly flows: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Processor seconds of the server's process for 1,000 flows. */
  readonly cpuSeconds: number;
}

export interface Comparison {
  readonly scenario: string;
  readonly of: string;
  readonly hufu: Figures;
  readonly bare: Figures;
  /** Hufu's flows a second, by those of the bare library. */
  readonly ratio: number;
  /** What one flow asks of the hub's directory and stores. */
  readonly counts: Counts;
}

type Opened = readonly [Target, readonly Caller[]];

/** Enough for a share of one in ten to show. */
const countedFlows = 10;

export async function* compareTargets(
  hufu: Target,
  bare: Target,
  extent: Extent,
): AsyncGenerator<Comparison> {
  for (const scenario of scenarios) {
    if (extent.isOver()) return;
    // Anew for each: the library's memory adapter forgets what lies untouched beneath 1,000 newer records.
    const open = async (target: Target): Promise<Opened> => [
      target,
      scenario.perPerson ? [] : await openCallers(target, extent.callers),
    ];
    const hub = await open(hufu);
    const library = await open(bare);
    const counts = await countFlows(scenario, hub);
    await run(scenario, library, { ...extent, seconds: extent.seconds / 4 });
    await run(scenario, hub, { ...extent, seconds: extent.seconds / 4 });
    const samples = new Map<Target, Timed[]>([
      [hufu, []],
      [bare, []],
    ]);
    for (let round = 0; round < extent.rounds && !(round > 0 && extent.isOver()); round += 1) {
      // Who goes first changes, so that neither is always the one that follows.
      for (const opened of round % 2 === 0 ? [hub, library] : [library, hub]) {
        samples.get(opened[0])?.push(await run(scenario, opened, extent));
      }
    }
    const ofHufu = figuresOf(samples.get(hufu) ?? []);
    const ofBare = figuresOf(samples.get(bare) ?? []);
    const ratio = ofHufu.perSecond / ofBare.perSecond;
    yield { scenario: scenario.name, of: scenario.of, hufu: ofHufu, bare: ofBare, ratio, counts };
  }
}

async function run(scenario: Scenario, [target, callers]: Opened, extent: Extent): Promise<Timed> {
  if (scenario.perPerson) await target.prepareLogins();
  const most = scenario.perPerson ? extent.people : 100_000;
  return time(scenario.start(target, callers), target, {
    callers: extent.callers,
    seconds: extent.seconds,
    most,
  });
}

/** One flow after another, so that nothing of two flows is counted as one. */
async function countFlows(scenario: Scenario, [target, callers]: Opened): Promise<Counts> {
  if (scenario.perPerson) await target.prepareLogins();
  const flow = scenario.start(target, callers);
  // The catalogue is read into memory now and then: this flow is left out.
  await flow(0);
  const before = await target.child.ask<Counts>('counts');
  for (let n = 0; n < countedFlows; n += 1) await flow(0);
  return perFlow(before, await target.child.ask<Counts>('counts'), countedFlows);
}

function figuresOf(samples: readonly Timed[]): Figures {
  const sum = (of: (sample: Timed) => number) => samples.reduce((total, each) => total + of(each), 0);
  const flows = sum((each) => each.flows);
  const latencies = samples.flatMap((each) => each.latencies);
  return {
    flows,
    perSecond: flows / sum((each) => each.seconds),
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    cpuSeconds: sum((each) => each.cpuMicroseconds) / flows / 1000,
  };
}
