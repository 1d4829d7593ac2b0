import {describe, expect, test} from "vitest";
import {mulberry32, normal} from "../../src/engine/linalg/random.ts";
import {parse} from "../../src/figure/parse.ts";
import {widgetWithModel} from "../../src/figure/runs/withModel.ts";
import {controls, type LatencyParams} from "../../src/figures/latency/controls.ts";
import {
  type LatencyResult,
  type LayerWay,
  layerWays,
  ofEachWay,
  readLatency,
  shapeOf,
} from "../../src/figures/latency/layer.ts";
import {compute as measure, prepare, type TimedDevice} from "../../src/figures/latency/model.ts";
import {placeAt} from "../../src/figures/latency/road.ts";
import {durationText} from "../../src/figures/latency/sentences.ts";
import {type Clock, quartiles, tickOf, timeWays} from "../../src/figures/latency/stopwatch.ts";
import {table1Settings} from "../../src/figures/latency/table1.ts";
import face from "../../src/figures/latency/widget.ts";
import {addsOf, guessOf} from "./oracles/latency.ts";
import {emptyRoot, full, nobody, show} from "./promises/stage.ts";
import {randomParams} from "./promises/states.ts";

const w = face;
const all = await widgetWithModel("latency");
const at = (raw: Readonly<Record<string, unknown>> = {}): LatencyParams => parse(controls, raw).params;
const first = (params: LatencyParams): LatencyResult => readLatency([], params);
/** What is shown of each snapshot of a measurement. */
function* compute(params: LatencyParams, device?: TimedDevice): Generator<LatencyResult, void> {
  for (const measured of measure(shapeOf(params), device)) yield readLatency([measured], params);
}

/** A device whose clock moves in steps of `tick` and only when something runs: each way takes so many ms, give or take. */
function fake(costs: Readonly<Record<LayerWay, number>>, {tick = 0.1, noise = 0.02, seed = 5} = {}) {
  const random = mulberry32(seed);
  let now = 0;
  const log: LayerWay[] = [];
  const run = ofEachWay((way) => () => {
    log.push(way);
    now += costs[way] * (1 + noise * Math.abs(normal(random)));
  });
  // Reading a clock takes time, too.
  const clock: Clock = () => {
    now += 1e-4;
    return Math.floor(now / tick) * tick;
  };
  const device: TimedDevice = {
    clock,
    prepare: () => ({kernels: "simd", run}),
  };
  return {device, log, run, clock};
}

const costs = {merged: 0.4, unmerged: 0.5, adapter: 0.6, prefix: 0.45};

test("the percentages of Table 1 follow from its milliseconds", () => {
  for (const {adapters} of table1Settings)
    for (const {added, printed} of Object.values(adapters)) expect(Math.round(1000 * added)).toBe(10 * printed);
});

test("merged and unmerged give the same outputs, to float32 rounding and not exactly", () => {
  for (const width of [64, 512])
    for (const tokens of [1, 128])
      for (const r of [1, 64]) {
        const {output, run} = prepare({tokens, width, r});
        run.merged();
        const merged = output.slice();
        run.unmerged();
        const largest = Math.max(...merged.map(Math.abs));
        const difference = Math.max(...merged.map((x, i) => Math.abs(output[i]! - x)));
        expect(largest).toBeGreaterThan(0.05);
        expect(difference).toBeGreaterThan(0);
        // √512 roundings of float32, and a few times that for the worst of 65,536 entries.
        expect(difference / largest).toBeLessThan(8 * Math.sqrt(512) * 2 ** -24);
        for (const way of layerWays) run[way]();
      }
});

describe("the stopwatch", () => {
  test("finds the clock's step, whatever it is, and refuses one that is too coarse or stands still", () => {
    for (const tick of [0.005, 0.1, 1, 2]) expect(tickOf(fake(costs, {tick}).clock)).toBeCloseTo(tick, 9);
    expect(() => tickOf(() => 7)).toThrow("stood still, so nothing could be timed");
    expect(() => tickOf(fake(costs, {tick: 5}).clock)).toThrow(
      /clock of this browser moves in steps of 5 ms, too coarse/,
    );
  });

  test("gives NumPy's quartiles", () => {
    expect(quartiles([4])).toEqual({low: 4, median: 4, high: 4});
    expect(quartiles([3, 1, 2, 10])).toEqual({
      low: 1.75,
      median: 2.5,
      high: 4.75,
    });
  });

  test("repeats a way until a sample is well above a tick, and times what it costs", () => {
    for (const tick of [0.005, 2])
      for (const scale of [0.01, 1, 30]) {
        const due = ofEachWay((way) => costs[way] * scale);
        const {run, clock} = fake(due, {tick, noise: 0});
        const all = [...timeWays(run, clock)];
        const {times, runs, samples, plannedSamples: count} = all.at(-1)!;
        expect(samples).toBe(count);
        expect(samples).toBeGreaterThanOrEqual(15);
        const spent = samples * layerWays.reduce((sum, way) => sum + runs[way] * due[way], 0);
        expect(spent).toBeLessThan(3500);
        for (const way of layerWays) {
          expect(runs[way] * due[way]).toBeGreaterThanOrEqual(Math.max(19 * tick, 1.9));
          for (const x of Object.values(times![way])) expect(Math.abs(x / due[way] - 1)).toBeLessThan(0.06);
        }
        // A sample is one run, or hardly more runs than it needs: a measurement stays within a few seconds.
        for (const way of layerWays)
          if (runs[way] > 1) expect(runs[way] * due[way]).toBeLessThan(1.3 * Math.max(20 * tick, 2) + due[way]);
      }
  });

  test("keeps nothing from before the browser has compiled: what gets faster while it warms up is not in a median", () => {
    for (const after of [3, 40, 400]) {
      const {clock, run, log} = fake(costs, {noise: 0});
      const slow = ofEachWay((way) => () => {
        run[way]();
        // As in a first, unoptimized compilation: each run takes twelve more.
        if (log.length < after) for (let n = 0; n < 12; n++) run[way]();
      });
      const {times, runs} = [...timeWays(slow, clock)].at(-1)!;
      expect(times!.merged.high).toBeCloseTo(0.4, 1);
      expect(times!.adapter.high).toBeCloseTo(0.6, 1);
      for (const way of layerWays) expect(runs[way] * costs[way]).toBeGreaterThan(1.9);
    }
  });

  test("ends in time when the device gets busy meanwhile, with fewer samples", () => {
    const {clock, run} = fake(costs, {noise: 0});
    let [busy, last] = [false, 0];
    const slow = ofEachWay((way) => () => {
      for (let n = 0; n < (busy ? 40 : 1); n++) run[way]();
    });
    for (const {samples, plannedSamples} of timeWays(slow, clock)) {
      busy ||= samples >= 3;
      last = samples;
      if (samples === plannedSamples) expect(samples).toBeLessThan(40);
    }
    expect(last).toBeGreaterThanOrEqual(15);
    expect(clock()).toBeLessThan(6000);
  });

  test("takes the ways in turn, and says the medians and quartiles of what it has so far", () => {
    const {device, log} = fake(costs);
    const seen: number[] = [];
    let calibrated = 0;
    for (const {measured} of compute(at(), device)) {
      if (!measured) {
        expect(log).toEqual([]);
        continue;
      }
      seen.push(measured.samples);
      if (!measured.times) calibrated = log.length;
      else
        for (const way of layerWays) {
          const {low, median, high} = measured.times[way];
          expect(low).toBeLessThanOrEqual(median);
          expect(median).toBeLessThanOrEqual(high);
        }
    }
    const turns = log.slice(calibrated).filter((way, i, all) => way !== all[i - 1]);
    expect(turns.slice(0, 9)).toEqual(
      [...layerWays.slice(layerWays.indexOf(turns[0]!)), ...layerWays, ...layerWays, ...layerWays].slice(0, 9),
    );
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.filter((n) => n === seen.at(-1))).toHaveLength(1);
  });
});

describe("the first frame", () => {
  test("reads no clock and runs nothing", () => {
    const never = (): never => {
      throw new Error("asked");
    };
    for (const params of [at(), at({width: "512", tokens: "1"})]) {
      const job = compute(params, {clock: never, prepare: never});
      expect((job.next().value as LatencyResult).measured).toBeUndefined();
      expect(() => job.next()).toThrow("asked");
    }
  });
});

describe("what was timed", () => {
  const frames = (params: LatencyParams, seed: number) => [...compute(params, fake(costs, {seed}).device)];

  test("is the same in sentence, readouts, table and picture, and the text names the ratio", () => {
    const states = (randomParams("latency", all, 6) as LatencyParams[]).map((params) => ({
      ...params,
      times: "here" as const,
    }));
    for (const [seed, params] of states.entries()) {
      const runs = frames(params, seed);
      for (const result of [runs.at(-20)!, runs.at(-1)!]) {
        const {times, samples, plannedSamples} = result.measured!;
        const picture = emptyRoot();
        w.draw(picture, result, params, nobody, full);
        const summary = w.summary(result, params);
        expect(summary.match(/[.!?](?= |$)/g)).toHaveLength(2);
        expect(summary).toContain(`(median of ${samples}${samples < plannedSamples ? " so far" : ""}`);
        const rows = w.table(result, params).rows.slice(-4);
        const drawn = [...picture.querySelectorAll(".times .chart.wide .row")];
        const bars = [...picture.querySelectorAll(".times .chart.wide .mark-bar path")].map((bar) =>
          Number(/^M0 [\d.]+H([\d.]+)/.exec(bar.getAttribute("d")!)![1]),
        );
        layerWays.forEach((way, i) => {
          const {low, median, high} = times![way];
          const share = median / times!.merged.median;
          const [time, ratio] = [durationText(median), `${share.toFixed(2)}×`];
          expect(rows[i]!.slice(2, 5)).toEqual([time, `${durationText(low)} to ${durationText(high)}`, ratio]);
          expect(drawn[i]!.querySelector(".said")!.textContent).toBe(`${time} · ${ratio}`);
          expect(bars[i]! / bars[0]!).toBeCloseTo(share, 2);
          expect(summary).toContain(way === "merged" ? `takes ${time} merged` : ratio);
        });
      }
    }
  }, 30_000);

  test("is said to three digits", () => {
    const times = [0.5, 0.0999, 0.09999999, 0.0015, 12.34, 345.6, 0].map(durationText).join(", ");
    expect(times.replaceAll("\u2009", " ")).toBe("0.500 ms, 99.9 µs, 100 µs, 1.50 µs, 12.3 ms, 346 ms, 0.00 µs");
  });

  test("says when the ways cannot be told apart", () => {
    const end = (noise: number) => [...compute(at(), fake(costs, {noise}).device)].at(-1)!;
    for (const [noise, isUnclear] of [
      [0.02, false],
      [2, true],
    ] as const) {
      const [result, params] = [end(noise), at({times: "here"})];
      expect(w.says!(result, params).includes("(a tie)")).toBe(isUnclear);
    }
  });

  test("on this machine takes well under five seconds, and is a time", () => {
    const start = performance.now();
    const {times} = [...compute(at({tokens: 16, width: 64, r: 4}))].at(-1)!.measured!;
    expect(performance.now() - start).toBeLessThan(20_000);
    for (const way of layerWays) expect(times![way].median).toBeGreaterThan(0);
  }, 30_000);
});

describe("the lanes", () => {
  /** The pass of a lane, in units. */
  const passOf = (lane: Element) =>
    Number(/translate\(([\d.]+)/.exec(lane.querySelector(".pulse")!.getAttribute("transform")!)![1]);
  /** Where each lane's pass is, as a share of its road; undefined: it has no pass, nor a finish, since nobody timed it. */
  const places = (params: LatencyParams, result = first(params)) => {
    const picture = emptyRoot();
    w.draw(picture, result, params, nobody, full);
    return [...picture.querySelectorAll(".chart.wide .lane")].map((lane) => {
      const way = lane.querySelector(".track path")!;
      const isUntimed = lane.classList.contains("untimed");
      expect(way.hasAttribute("data-dashed")).toBe(isUntimed);
      for (const name of [".pulse", ".finish", ".passed"]) expect(!lane.querySelector(name)).toBe(isUntimed);
      if (isUntimed) return undefined;
      const [, start, end] = /^M([\d.]+) [\d.]+H([\d.]+)/.exec(way.getAttribute("d")!)!.map(Number);
      return (passOf(lane) - start!) / (end! - start!);
    });
  };

  test("are through when their printed times are over and not before; those without one stay where they are", () => {
    for (const {name, plain, adapters} of table1Settings)
      for (const compared of ["l", "h"] as const) {
        const slow = (100 * adapters[compared].ms) / plain.ms;
        for (const after of [0, 50, 99, 100, Math.floor(slow), Math.ceil(slow), 150]) {
          const [full, merged, adapter, bitfit, prefix, beside] = places(at({setting: name, compared, after}));
          expect([bitfit, prefix, beside]).toEqual([undefined, undefined, undefined]);
          expect(full).toBeCloseTo(Math.min(after / 100, 1), 3);
          expect(merged).toBe(full);
          expect(adapter! > 0.9999, `${name} ${compared} after ${after}`).toBe(after >= slow);
          expect(adapter!).toBeLessThanOrEqual(full! + 1e-9);
        }
      }
  });

  test("keep their pass in the zones for what it takes longer, and nowhere else", () => {
    const delay = {
      zones: [
        [0.2, 0.3],
        [0.6, 0.7],
      ] as const,
      extra: 0.5,
    };
    const steps = Array.from({length: 301}, (_, i) => placeAt(i / 200, delay));
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBeCloseTo(1, 9);
    steps.forEach((at, i) => {
      if (i === 0) return;
      const [speed, before] = [(at - steps[i - 1]!) * 200, steps[i - 1]!];
      const inZone = delay.zones.some(([from, to]) => before >= from - 1e-9 && at <= to + 1e-9);
      const outside = delay.zones.every(([from, to]) => at <= from + 1e-9 || before >= to - 1e-9);
      if (inZone) expect(speed).toBeCloseTo(0.1 / 0.35, 6);
      else if (outside) expect(speed).toBeCloseTo(1, 6);
    });
    expect(placeAt(0.45, {zones: [], extra: -0.1})).toBeCloseTo(0.5, 9);
  });
});

describe("a guess", () => {
  const guessLine = (params: LatencyParams) => {
    const {parts} = show(emptyRoot(), all, params);
    const chart = parts.picture.querySelector(".panel.overheads .chart.wide")!;
    const d = chart.querySelector(".mark-rule path")?.getAttribute("d");
    return {chart, d, label: chart.querySelector(".guessed")?.textContent, parts};
  };

  test("is drawn on the axis of the bars, where its percent is", () => {
    for (const guess of ["0", "12.5", "25%", "45", "300"]) {
      const params = at({guess});
      const {chart, d, label} = guessLine(params);
      const value = guessOf(guess);
      expect(label).toBe(`your guess ${value}%`);
      const x = Number(/^M([\d.]+) /.exec(d!)![1]);
      // The longest bar ends at AdapterH's percent, so it gives the scale.
      const rows = [...chart.querySelectorAll(".row .name")];
      expect(rows.at(-1)!.textContent).toBe("1 × 128, AdapterH");
      const bar = /H([\d.]+)V/.exec([...chart.querySelectorAll(".mark-bar path")].at(-1)!.getAttribute("d")!)!;
      const scale = Number(bar[1]) / (100 * table1Settings.at(-1)!.adapters.h.added);
      expect(Math.abs(x - value * scale)).toBeLessThan(0.1 + 0.01 * x);
      expect(x).toBeLessThanOrEqual(660);
      expect(w.summary(first(params), params)).toContain(`(you guessed ${value}%)`);
    }
  });

  test("is a pass of its own in the lane of the adapters, at batch 1 only", () => {
    const bet = (params: LatencyParams) => {
      const lane = show(emptyRoot(), all, params).parts.picture.querySelectorAll(".chart.wide .lane")[2]!;
      const [pulse, bet] = [lane.querySelector(".pulse")!, lane.querySelector(".guess-ring path")];
      if (!bet) return undefined;
      // A circle's path begins at its left.
      const [, left, r] = /^M([\d.]+) [\d.]+a(\d)/.exec(bet.getAttribute("d")!)!.map(Number);
      return left! + r! - Number(/translate\(([\d.]+)/.exec(pulse.getAttribute("transform")!)![1]);
    };
    expect(bet(at({guess: "20"}))).toBeGreaterThan(0);
    expect(bet(at({guess: "60"}))).toBeLessThan(0);
    expect(bet(at({guess: "20", setting: table1Settings[0]!.name}))).toBeUndefined();
    expect(bet(at())).toBeUndefined();
  });

  test("is not there without one, and the sentence of another setting does not speak of it", () => {
    const {d, label} = guessLine(at());
    expect([d, label]).toEqual([undefined, undefined]);
    const params = at({guess: "25", setting: table1Settings[0]!.name});
    expect(w.summary(first(params), params)).not.toContain("guessed");
  });

  test("that is no percent is refused in words, and the figure stays as it is", () => {
    for (const guess of ["abc", "-5", "301", "25 percent", "1e2", "2.345", "%", "12345678901"]) {
      const {params, notes} = parse(controls, {guess});
      expect(params.guess).toBe("");
      expect(notes).toHaveLength(1);
      expect(notes[0]).toMatch(/^guess was left as it is\. .*(percent from 0 to 300|At most 8 characters)/);
    }
  });
});

test("the challenge is met where the pair's share of multiply–adds passes AdapterH's of time, timed or not", () => {
  for (const width of ["64", "128", "256", "512"])
    for (const r of [1, 9, 10, 16, 19, 20, 39, 64]) {
      const params = at({width, r});
      const {merged, unmerged} = addsOf(params);
      expect(w.challenge.met(first(params), params)).toBe((unmerged - merged) / merged > 25.8 / 19.8 - 1);
    }
});
