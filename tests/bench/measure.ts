import {quantile} from "./table.ts";

/** Each case runs so long before it is measured, so that what is measured is compiled code. */
const WARM_MS = 100;
/** A sample shorter than this would say more of the clock than of the work; a page's clock counts in steps of 0.1 ms. */
const LEAST_MS = Math.max(1, 50 * tick());

/** The smallest step of the clock, in ms. */
function tick(): number {
  const steps = Array.from({length: 9}, () => {
    const start = performance.now();
    let now = start;
    while (now === start) now = performance.now();
    return now - start;
  });
  return quantile(steps, 0.5);
}

/**
 * Runs every case once a round, one after the other, so that whatever slows the machine slows them all; short cases
 * several times in a row, all of them warm. → the median time of one call in ms, by name.
 */
export function interleaved<Name extends string>(
  cases: Readonly<Record<Name, () => void>>,
  rounds: number,
): Record<Name, number> {
  const names = Object.keys(cases) as Name[];
  const runs = names.map((name) => {
    const call = cases[name];
    const start = performance.now();
    let calls = 0;
    for (; calls < 2 || performance.now() - start < WARM_MS; calls++) call();
    const time = (performance.now() - start) / calls;
    return {name, call, repeat: Math.max(1, Math.ceil(LEAST_MS / Math.max(time, 1e-4))), samples: [] as number[]};
  });
  for (let round = 0; round < rounds; round++) {
    for (const {call, repeat, samples} of runs) {
      const start = performance.now();
      for (let i = 0; i < repeat; i++) call();
      samples.push((performance.now() - start) / repeat);
    }
  }
  return Object.fromEntries(runs.map(({name, samples}) => [name, quantile(samples, 0.5)])) as Record<Name, number>;
}

/** Throws when two results of the same computation lie further apart than `room`, relative to the largest entry. */
export function needAgree(what: string, got: ArrayLike<number>, due: ArrayLike<number>, room: number): void {
  if (got.length !== due.length) throw new Error(`bench: ${what} gives ${got.length} numbers, ${due.length} are due`);
  let [largest, off] = [0, 0];
  for (let i = 0; i < due.length; i++) {
    largest = Math.max(largest, Math.abs(due[i]!));
    off = Math.max(off, Math.abs(due[i]! - got[i]!));
  }
  if (!(off <= room * largest)) throw new Error(`bench: ${what} is off by ${off / largest} of the largest number`);
}
