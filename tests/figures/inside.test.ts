import {describe, expect, test} from "vitest";
import stored from "../../content/lab/inside.json" with {type: "json"};
import {expectedProjection} from "../../src/engine/analysis/chance.ts";
import {svd} from "../../src/engine/linalg/svd.ts";
import {parse} from "../../src/figure/parse.ts";
import {compute as measure} from "../../src/figures/amplify/model.ts";
import {
  type AmplifyResult,
  type AmplifySnapshot,
  controls as amplifyControls,
  amplifyRun,
  printedNorms,
  readAmplify,
} from "../../src/figures/amplify/readings.ts";
import {medianRange} from "../../src/figures/shared/medianRange.ts";
import {ready, trainTwins} from "../../src/figures/shared/trainTwins.ts";
import {
  ADAPTED_MATRICES,
  DIAGONAL,
  loraAt,
  SNAPSHOT_EVERY,
  TWIN_RANKS,
  TWIN_STEPS,
  type TwinRun,
  twinsOf,
  WIDTH,
  weightAt,
} from "../../src/figures/shared/twins.ts";
import {compute as compare, type SubspaceSnapshot} from "../../src/figures/subspace/model.ts";
import {
  bounds,
  controls,
  isMoreThanChance,
  phiAt,
  readSubspace,
  sharesOf,
  storedPhi,
  twinRun,
} from "../../src/figures/subspace/readings.ts";
import w from "../../src/figures/subspace/widget.ts";
import {baseNamed} from "../../src/tools/loadBase.ts";
import {emptyRoot, full, nobody} from "./promises/stage.ts";

await ready();
const first: TwinRun = {skill: "names", twins: "ranks", seed: 1};
const whole = <T>(run: Iterable<T>): T[] => [...run];
const until = <T>(run: Iterable<T>, count: number): T[] => {
  const found: T[] = [];
  for (const one of run) if (found.push(one) >= count) break;
  return found;
};

describe("two adapters side by side", () => {
  test("a look every ten steps, the frozen weights once, and the same bits again with another pair between", () => {
    const frames = until(trainTwins(first), SNAPSHOT_EVERY + 1);
    frames.forEach(({adapters, weights}, step) => {
      expect(!!adapters).toBe(step % SNAPSHOT_EVERY === 0);
      expect(!!weights).toBe(step === 0);
    });
    until(trainTwins({skill: "plusThree", twins: "seeds", seed: 4}), 3);
    expect(until(trainTwins(first), SNAPSHOT_EVERY + 1)).toEqual(frames);
  });

  test("each has its rank and a seed of its own, so that no first A begins with the other's rows", () => {
    for (const twins of ["ranks", "seeds"] as const)
      for (let seed = 1; seed <= 9; seed++) {
        const [one, other] = twinsOf({...first, twins, seed});
        expect(one!.seed).not.toBe(other!.seed);
        expect([one!.r, other!.r]).toEqual(
          twins === "ranks" ? [TWIN_RANKS.low, TWIN_RANKS.high] : [TWIN_RANKS.high, TWIN_RANKS.high],
        );
      }
    const [{adapters, weights}] = until(trainTwins(first), 1) as [
      {adapters: [Float32Array, Float32Array]; weights: Float32Array},
    ];
    for (const place of ADAPTED_MATRICES) {
      const [low, high] = [loraAt(adapters[0], place), loraAt(adapters[1], place)];
      expect([low.A.rows, low.A.cols, high.B.rows, high.B.cols]).toEqual([
        TWIN_RANKS.low,
        WIDTH,
        WIDTH,
        TWIN_RANKS.high,
      ]);
      expect(low.A.data[0]).not.toBe(high.A.data[0]);
      expect([...low.B.data, ...high.B.data].every((x) => x === 0)).toBe(true);
    }
    const forge = baseNamed("word-forge").weights.views;
    expect(weightAt(weights, "v2").data).toEqual(Float64Array.from(Float32Array.from(forge["layers.1.Wv"].data)));
    expect(weightAt(weights, "q1").data).toEqual(Float64Array.from(Float32Array.from(forge["layers.0.Wq"].data)));
  });
});

describe("φ of two runs", () => {
  const tape = whole(compare(first)) as SubspaceSnapshot[];
  const at = (raw: Readonly<Record<string, unknown>> = {}) =>
    parse(controls, raw, {boundsOf: (now) => bounds(now as never)}).params;

  test("starts at chance and ends at what is stored for its seed", () => {
    const start = readSubspace(tape, at({trained: 0}));
    for (const place of ADAPTED_MATRICES) expect(isMoreThanChance(start.phi[place], start.chance), place).toBe(false);
    for (const [n, i] of DIAGONAL.entries()) {
      const end = readSubspace(tape, at({i, j: i}));
      const stored = storedPhi("names", "ranks", i, i)!;
      for (const place of ADAPTED_MATRICES)
        expect(stored[place][0], `${place} ${DIAGONAL[n]}`).toBeCloseTo(end.phi[place], 3);
    }
    expect(storedPhi("names", "ranks", 3, 3)).toBeUndefined();
    expect(storedPhi("names", "ranks", 1, 2)).toBeUndefined();
  });

  test("lies from 0 to 1 everywhere", () => {
    for (const {grid} of Object.values(readSubspace(tape, at()).places))
      for (const phi of grid.data) expect(phi >= 0 && phi <= 1).toBe(true);
  });

  test("is the mean share that directions have in the other space", () => {
    const result = readSubspace(tape, at());
    for (const [i, j] of [
      [1, 1],
      [3, 7],
      [4, 2],
    ] as const) {
      const list = sharesOf(result.places.v2, i, j);
      expect(list).toHaveLength(Math.min(i, j));
      const mean = list.reduce((sum, share) => sum + share, 0) / list.length;
      expect(mean).toBeCloseTo(phiAt(result.places.v2.grid, i, j), 12);
    }
  });

  test("is asked of the picture: a cell that is pressed becomes i and j", () => {
    const root = emptyRoot();
    const asked: object[] = [];
    const params = at();
    w.draw(root, readSubspace(tape, params), params, {...nobody, set: (values) => void asked.push(values)}, full);
    const cells = root.querySelector(".phi-grid .chart.wide .cells")!;
    const Click = root.ownerDocument.defaultView!.Event;
    const click = new Click("click") as Event & {
      clientX: number;
      clientY: number;
    };
    Object.assign(click, {pageX: 0, pageY: 0, clientX: 0, clientY: 0});
    cells.dispatchEvent(click);
    expect(asked).toHaveLength(1);
    expect(Object.keys(asked[0]!)).toEqual(["i", "j"]);
  });

  test("is an arrow at its true angle, whose shadow is its square's side", () => {
    for (const raw of [{}, {place: "q1"}, {trained: 0}, {i: 3, j: 7}]) {
      const root = emptyRoot();
      const params = at(raw);
      const result = readSubspace(tape, params);
      w.draw(root, result, params, nobody, full);
      const numbers = (selector: string) =>
        [...root.querySelectorAll(`.shadow .chart.wide ${selector}`)].map((path) =>
          (path.getAttribute("d")!.match(/-?[\d.]+/g) ?? []).map(Number),
        );
      const [[left, ground, unit]] = numbers(".frame path") as [[number, number, number]];
      const [[, , side]] = numbers(".squares path") as [[number, number, number]];
      const phi = result.phi[params.place];
      expect((side / unit) ** 2).toBeCloseTo(phi, 2);
      // Before the tips: the angle's frame, and the ground's arrow, which a floor of several directions lacks.
      const tips = numbers(".frame path").slice(params.j > 1 ? 1 : 2);
      const shares = sharesOf(result.places[params.place], params.i, params.j);
      expect(tips).toHaveLength(shares.length);
      for (const [n, [x, y]] of tips.entries()) {
        expect(Math.hypot(x! - left, ground - y!) / unit).toBeCloseTo(1, 2);
        expect(((x! - left) / unit) ** 2).toBeCloseTo(shares[n]!, 2);
      }
    }
  });

  test("another matrix, i or j trains nothing anew; another task, seed or comparison does", () => {
    const key = (raw: Readonly<Record<string, unknown>>) => JSON.stringify(twinRun(at(raw)));
    for (const raw of [{place: "q1"}, {i: 3}, {j: 9}, {trained: 20}]) expect(key(raw)).toBe(key({}));
    for (const raw of [{skill: "plusThree"}, {draw: 2}, {twins: "seeds"}]) expect(key(raw)).not.toBe(key({}));
  });
});

describe("an update beside its weight", () => {
  const tape = whole(measure(first)) as AmplifySnapshot[];
  const at = (raw: Readonly<Record<string, unknown>> = {}) => parse(amplifyControls, raw).params;
  const read = (params: ReturnType<typeof at>) => readAmplify(tape, params) as AmplifyResult;

  test("W₀'s own first directions hold the most, and the factor is the one stored for the seed", () => {
    const forge = baseNamed("word-forge").weights.views;
    const {s} = svd(forge["layers.1.Wv"]);
    const {low, high} = read(at());
    expect(low.onOwn).toBeCloseTo(Math.hypot(...s.slice(0, TWIN_RANKS.low)), 5);
    for (const [n, one] of [low, high].entries()) {
      expect(one.onOwn).toBeGreaterThan(one.onDelta);
      const {on, delta} = stored.skills.names.v2;
      expect(delta[n]![0]! / on[n]![0]!).toBeCloseTo(one.factor, 2);
      const expected = expectedProjection(one.weight, one.rank, WIDTH, WIDTH);
      expect(Math.abs(one.onRandom - expected)).toBeLessThan(one.deviation);
    }
  });

  test("before the first step there is no ΔW to look along, and the clock does not go there", () => {
    expect(tape).toHaveLength(TWIN_STEPS + 1);
    expect(tape[0]).toEqual({});
    expect(amplifyControls.until.min).toBe(SNAPSHOT_EVERY);
    expect(amplifyRun(at({weight: "q1"}))).toEqual(amplifyRun(at()));
  });
});

test("Table 7 in both halves: factors of about 21.6 and 1.9, and a random row that follows from the norm", () => {
  expect(printedNorms.map(({rank}) => rank)).toEqual([4, 64]);
  const [low, high] = printedNorms;
  expect(low!.factor).toBeGreaterThan(21);
  expect(low!.factor).toBeLessThan(22);
  expect(high!.factor).toBeCloseTo(1.88, 2);
  for (const {rank, weight, onRandom} of printedNorms)
    expect(Math.abs(onRandom - (weight * rank) / 12288)).toBeLessThan(0.01);
});

test("the lowest, middle and highest of nine values", () => {
  expect(medianRange([5, 1, 9, 3, 7, 2, 8, 4, 6])).toEqual({
    low: 1,
    median: 5,
    high: 9,
  });
});
