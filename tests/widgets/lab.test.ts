import {describe, expect, test} from "vitest";
import {TARGETS} from "../../src/engine/architecture.ts";
import type {Frame} from "../../src/widgets/lab/frame.ts";
import {isOn, matrices, toggled} from "../../src/widgets/lab/matrices.ts";
import {compute} from "../../src/widgets/lab/model.ts";
import {isSet, presets} from "../../src/widgets/lab/presets.ts";
import {problemOf} from "../../src/widgets/lab/problem.ts";
import {type LabResult, see} from "../../src/widgets/lab/see.ts";
import {controls, type LabParams, settingsOf} from "../../src/widgets/lab/settings.ts";
import w from "../../src/widgets/lab/widget.ts";
import {parse} from "../../src/widgets/parse.ts";
import {whole} from "../../src/widgets/whole.ts";
import {emptyRoot, nobody, nodesOf, show} from "./stage.ts";

const all = await whole("lab");
const at = (raw: Readonly<Record<string, unknown>> = {}): LabParams => parse(controls, raw).params;
const trained = (params: LabParams) => all.compute(params) as LabResult;
const framesOf = (params: LabParams, count = Number.POSITIVE_INFINITY): Frame[] => {
  const frames: Frame[] = [];
  for (const frame of compute(settingsOf(params))) if (frames.push(frame) >= count) break;
  return frames;
};

test("the matrices are the engine's, in its order", () => {
  expect(matrices.map(({target}) => target)).toEqual([...TARGETS]);
});

test("pressing a matrix puts it in, pressing it again takes it out, and the letters keep their order", () => {
  expect(toggled("qv", "k")).toBe("qkv");
  expect(toggled("qv", "q")).toBe("v");
  expect(toggled("", "2")).toBe("2");
  for (const text of ["", "q", "qkvo12", "k2"]) expect(isOn(text), text).toBe(true);
  for (const text of ["vq", "qq", "x", "Q", "q v", "wq"]) expect(isOn(text), text).toBe(false);
  expect(parse(controls, {on: "vq"}).notes.join()).toContain(
    "“vq” names no matrices; letters of qkvo12, in this order",
  );
});

test("every preset is taken by the form as it is, and is no other preset", () => {
  for (const [i, {set}] of presets.entries()) {
    const {params, notes} = parse(controls, set);
    expect(notes).toEqual([]);
    expect(presets.map((one) => isSet(params, one.set)).indexOf(true)).toBe(i);
  }
});

describe("a run", () => {
  test("gives a frame for every step, a look every ten, its numbers at the end and nowhere else", () => {
    const frames = framesOf(at({on: "v", r: "1", alpha: 2}));
    expect(frames).toHaveLength(201);
    frames.forEach((frame, step) => {
      expect(frame.loss).toBeGreaterThan(0);
      expect(!!frame.look).toBe(step % 10 === 0);
      expect(!!frame.ground).toBe(step === 0);
      expect(frame.params?.length).toBe(step === 200 ? 128 : undefined);
    });
  });

  test("starts where the base is and comes to the same bits again, also when another runs between", () => {
    const params = at({task: "plusThree", step: 20});
    const [one, other] = [compute(settingsOf(params)), compute(settingsOf(at({task: "names"})))];
    const between: unknown[] = [];
    for (let n = 0; n <= 20; n++) {
      between.push(one.next().value);
      other.next();
    }
    for (const run of [one, other]) run.return?.();
    expect(between).toEqual(framesOf(params, 21));
    expect((between[0] as Frame).look!.deltas).toEqual(Array(12).fill(0));
    expect((between[0] as Frame).look!.skill).toBe(1);
  });
});

describe("what keeps a run from teaching", () => {
  test.each([
    [{on: ""}, "No matrix is chosen"],
    [{examples: "0"}, "Without an example"],
    [{examples: "20"}, "learns its 20 examples by heart"],
    [{rate: "10.0", step: 30}, "the step η·α/r = 20 is too large"],
    [{task: "plusThree", rate: "10.0", step: 100}, "It has learned next to nothing: the step η·α/r = 20"],
    [{method: "full", rate: "1.0", step: 20}, "the step η = 1 is too large"],
    [{r: "64", alpha: 128, step: 20}, "with r = 64 the pairs hold 16,384 numbers, and the matrices they sit on 4,096"],
  ])("%o is said, and one press mends it", (raw, why) => {
    const params = at(raw);
    const result = trained(params);
    expect(w.summary(result, params)).toContain(why);
    const problem = problemOf(result, params)!;
    const {params: mended, notes} = parse(controls, problem.set, {base: {...params, step: Math.min(params.step, 30)}});
    expect(notes).toEqual([]);
    expect(problemOf(trained(mended), mended)).toBeUndefined();
    const {parts} = show(emptyRoot(), all, params);
    expect(parts.picture.querySelector(".rescue")!.hasAttribute("hidden")).toBe(false);
    expect(parts.picture.querySelector(".rescue .back")!.textContent).toBe(problem.text);
  });

  test("a run that leaves the range of numbers stands where it was, and says at which step it was lost", () => {
    const params = at({rate: "1.0", alpha: 128, step: 60});
    const frames = [...framesOf(params, 13), {isLost: true}];
    const result = see([frames], params);
    expect(result.lost).toBe(13);
    expect(result.now.step).toBe(10);
    expect(w.summary(result, params)).toMatch(
      /The loss left the range of numbers at step 13: the step η·α\/r = 32 was too large\.$/,
    );
    const root = emptyRoot();
    w.draw(root, result, params, nobody);
    expect(root.innerHTML).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test("a run on its way is drawn as far as it is, and makes no node twice", () => {
  const params = at({task: "reversePlusOne"});
  const frames = framesOf(params, 41);
  const root = emptyRoot();
  const draw = (count: number) => w.draw(root, see([frames.slice(0, count)], params), params, nobody);
  const steps = () => [...root.querySelectorAll(".watch > .morph .step")].map(({textContent}) => textContent);
  draw(1);
  expect(steps()).toEqual(["in", "due", "0"]);
  const nodes = nodesOf(root);
  draw(41);
  expect(steps()).toEqual(["in", "due", "0", "10", "40"]);
  expect(nodes.filter((node) => !root.contains(node))).toEqual([]);
  draw(1);
  draw(41);
  expect(root.querySelectorAll(".watch > .morph table")).toHaveLength(1);
});

test("words of the training list are marked, and no others", () => {
  const result = trained(at({examples: "20"}));
  const {parts} = show(emptyRoot(), all, at({examples: "20"}));
  const marked = [...parts.picture.querySelectorAll("[aria-current] .known")].map(({textContent}) => textContent);
  expect(marked).toEqual(result.now.written.filter(({isHit}) => isHit).map(({text}) => text));
});

test("pressing is what the buttons do: a matrix, a preset, the way back", () => {
  const set: object[] = [];
  const press = (raw: object, selector: string) => {
    const params = at({...raw, step: 0});
    const root = emptyRoot();
    w.draw(root, trained(params), params, {
      set: (values) => void set.push(typeof values === "function" ? values(params) : values),
      say() {},
    });
    const {Event} = root.ownerDocument.defaultView as never as typeof globalThis;
    root.querySelector(selector)!.dispatchEvent(new Event("click"));
    return set.splice(0);
  };
  expect(press({}, ".at-k")).toEqual([{on: "qkv"}]);
  expect(press({}, ".at-v")).toEqual([{on: "q"}]);
  expect(press({on: ""}, ".rescue .back")).toEqual([{on: "qv"}]);
  expect(press({method: "full"}, ".at-k")).toEqual([]);
});

describe("a trained model in use", () => {
  const ways = (raw: Readonly<Record<string, unknown>>) => {
    const {use} = trained(at(raw));
    return Object.fromEntries(use!.ways.map(({name, written}) => [name, written.join(" ")]));
  };

  test("answers as the base does when the adapter is off, and merged as beside its weights", () => {
    const old = ways({task: "reversePlusOne", input: "R123450", scale: 1});
    expect(old.off).toBe("054321");
    expect(old.on).not.toBe("054321");
    expect([old.scaled, old.merged]).toEqual([old.on, old.on]);
    const fresh = ways({task: "reversePlusOne", input: "123450", scale: 0});
    expect(fresh.on).toBe("165432");
    expect(fresh.scaled).toBe(fresh.off);
    expect(trained(at({task: "reversePlusOne"})).use!.difference).toBeLessThan(1e-12);
  });

  test("goes on with the letters that were typed, and with none that do not fit", () => {
    for (const text of ["sha", "margelinaa"]) {
      const {use} = trained(at({input: text}));
      for (const {written} of use!.ways) for (const word of written) expect(word.startsWith(text)).toBe(true);
    }
    expect(trained(at({input: "R204719"})).use!.input).toBe("");
    expect(trained(at({input: "abc", task: "plusThree"})).use!.input).toBe("X204719");
  });

  test("is there at the last step alone", () => {
    expect(trained(at({step: 190})).use).toBeUndefined();
    expect(ways({method: "full", rate: "0.003"})).toHaveProperty("on");
  });
});
