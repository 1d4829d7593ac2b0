import {describe, expect, test} from "vitest";
import {TARGETS} from "../../../src/engine/network/architecture.ts";
import {parse} from "../../../src/figure/parse.ts";
import {framesOf as modelFrames} from "../../../src/figure/runs/withModel.ts";
import {
  controls,
  INPUT_HINTS,
  keptLabRuns,
  type LabParams,
  labMatrices,
  labSettings,
  MATRIX_LETTERS,
  runText,
} from "../../../src/figures/lab/controls.ts";
import {scoreText} from "../../../src/figures/lab/format.ts";
import {compute} from "../../../src/figures/lab/model.ts";
import {storeWords} from "../../../src/figures/lab/own/words.ts";
import {drawInputField} from "../../../src/figures/lab/panels/columns.ts";
import {drawComparison} from "../../../src/figures/lab/panels/compare.ts";
import type {LabSnapshot} from "../../../src/figures/lab/protocol.ts";
import {runsOf} from "../../../src/figures/lab/protocol.ts";
import {type LabResult, readLab} from "../../../src/figures/lab/readings.ts";
import {problemOf} from "../../../src/figures/lab/sentences.ts";
import {trainLabRun} from "../../../src/figures/lab/train.ts";
import w from "../../../src/figures/lab/widget.ts";
import {toggledMatrix} from "../../../src/figures/shared/attentionMatrices.ts";
import {MAX_KEPT} from "../../../src/figures/shared/keptRuns.ts";
import {giveBack, lend} from "../../../src/figures/shared/kernelPool.ts";
import {splitOf} from "../../../src/tools/baseModels.ts";
import {aThird, isAll} from "../../third.ts";
import {emptyRoot, full, nobody, nodesOf, show} from "../promises/stage.ts";
import {remembering, tapeOf} from "../promises/tapes.ts";

/** A trained run with the paper's two matrices, unless something else is said. */
const at = (raw: Readonly<Record<string, unknown>> = {}): LabParams =>
  parse(controls, {on: "qv", step: 200, input: "", ...raw}).params;
/** What the lab opens with, and then at a step. */
const opened = (raw: Readonly<Record<string, unknown>> = {}): LabParams => parse(controls, raw).params;
const framesOf = (params: LabParams, count?: number) =>
  tapeOf(compute, labSettings(params), count === undefined ? undefined : count - 1) as LabSnapshot[];
const lossIn = (snapshot: LabSnapshot) => ("loss" in snapshot ? snapshot.loss : undefined);
const all = await remembering("lab");
const trained = (params: LabParams) => all.compute(params) as LabResult;

test("the matrices are the engine's, in its order", () => {
  expect(labMatrices.map(({target}) => target)).toEqual([...TARGETS]);
});

test("pressing a matrix puts it in, pressing it again takes it out, and the letters keep their order", () => {
  expect(toggledMatrix("qv", "k", MATRIX_LETTERS)).toBe("qkv");
  expect(toggledMatrix("qv", "q", MATRIX_LETTERS)).toBe("v");
  expect(toggledMatrix("", "2", MATRIX_LETTERS)).toBe("2");
  for (const text of ["", "q", "qkvo12", "k2"]) expect(controls.on.problem(text), text).toBeUndefined();
  for (const text of ["vq", "qq", "x", "Q", "q v", "wq"]) expect(controls.on.problem(text), text).toBeDefined();
  expect(parse(controls, {on: "vq"}).notes.join()).toContain(
    "“vq” names no matrices; use letters of qkvo12, in this order",
  );
});

describe("the run that Fine-tune trains", () => {
  const frames = framesOf(opened());
  const wordsAt = (step: number) =>
    readLab([frames], opened({step}))
      .now.samples.map(({text}) => text)
      .join(" ");
  const scoreAt = (step: number) => readLab([frames], opened({step})).now.score.toFixed(2);

  test("turns the forge's words to names, 2.71 to 2.00 nats a letter on held-out words", () => {
    expect(wordsAt(0)).toBe("lings slotcher outtromied wearging gadring allyend equiderical upriting");
    expect(wordsAt(20)).toBe("kelly shin mensste wedn gacrica ally emera uriere");
    expect(wordsAt(60)).toBe("kemine shina limnina wallener gabrie amiule dilona torhrida");
    expect(wordsAt(200)).toBe("kepine shina linnie wellendi gabrie allyle digreani usley");
    expect([0, 20, 60, 200].map(scoreAt)).toEqual(["2.71", "2.23", "2.11", "2.00"]);
    expect(readLab([frames], opened()).setup).toMatchObject({trainedCount: 4608, baseCount: 26848, freshCount: 983});
  });

  test("can be switched off and merged to the letter, and halved", () => {
    const {use, setup} = trained(opened({step: 200}));
    const written = (name: string) =>
      use!.ways
        .find((way) => way.name === name)!
        .samples.map(({text}) => text)
        .join(" ");
    expect(written("off")).toBe(setup.off.samples.map(({text}) => text).join(" "));
    expect(written("on")).toBe(wordsAt(200));
    expect(written("merged")).toBe(wordsAt(200));
    expect(written("half")).toBe("khinne shince mimprone weeremen gacrifiel allyde dilleang urils");
    const texts = (name: string) =>
      use!.ways
        .find((way) => way.name === name)!
        .texts.slice(0, 3)
        .map(({text}) => text)
        .join(" ");
    expect(texts("off")).toBe("marinous marcomised marrowing");
    expect(texts("on")).toBe("marienna marby marloune");
    expect(use!.difference).toBeLessThan(1e-13);
  });
});

describe("a run", () => {
  test("yields the setup first, a loss every step, an evaluation every ten, and its parameters last", () => {
    const frames = framesOf(at({on: "v", r: "1", alpha: 2}));
    expect(frames).toHaveLength(201);
    frames.forEach((frame, step) => {
      expect(frame).toMatchObject({kind: step === 0 ? "first" : step === 200 ? "last" : "step"});
      expect(lossIn(frame)).toBeGreaterThan(0);
      expect("evaluation" in frame).toBe(step % 10 === 0);
      if (frame.kind === "last") expect(frame.trained.parameters).toHaveLength(128);
    });
  });

  test("starts where the base is and comes to the same bits again, also when another runs between", () => {
    const params = at({task: "plusThree", step: 20});
    const [one, other] = [trainLabRun(labSettings(params)), trainLabRun(labSettings(at({task: "names"})))];
    const between: unknown[] = [];
    while (between.length <= 20) {
      const frame = one.next().value;
      if (frame) between.push(frame);
      other.next();
    }
    for (const run of [one, other]) run.return?.();
    expect(between).toEqual(framesOf(params, 21));
    expect(between[0]).toMatchObject({evaluation: {deltas: Array(12).fill(0), skill: 1}});
  });
});

describe("what keeps a run from teaching", () => {
  const cases: [Readonly<Record<string, unknown>>, string][] = [
    [{on: ""}, "No matrix is chosen"],
    [{examples: "0"}, "Without examples"],
    [{examples: "20"}, "memorizes its 20 examples"],
    [{rate: "10.0", step: 30}, "the step η·α/r = 20 is too large"],
    [{task: "plusThree", rate: "10.0", step: 100}, "It has learned next to nothing: the step η·α/r = 20"],
    [{method: "full", rate: "1.0", step: 20}, "the step η = 1 is too large"],
  ];
  test.each(aThird(cases))("%o is said, and one press mends it", (raw, why) => {
    const params = at(raw);
    const result = trained(params);
    expect(w.summary(result, params)).toContain(why);
    const problem = problemOf(result, params)!;
    const {params: mended, notes} = parse(controls, problem.set, {base: {...params, step: Math.min(params.step, 30)}});
    expect(notes).toEqual([]);
    expect(problemOf(trained(mended), mended)).toBeUndefined();
    const {parts} = show(emptyRoot(), all, params);
    expect(parts.below!.querySelector(".rescue")!.hasAttribute("hidden")).toBe(false);
    expect(parts.below!.querySelector(".rescue .back")!.textContent).toBe(problem.text);
  });

  test("a run that leaves the range of numbers stands where it was, and says at which step it was lost", () => {
    const params = at({rate: "1.0", alpha: 128, step: 60});
    const frames: LabSnapshot[] = [...framesOf(params, 13), {kind: "diverged"}];
    const result = readLab([frames], params);
    expect(result.divergedAt).toBe(13);
    expect(result.now.step).toBe(10);
    expect(w.summary(result, params)).toMatch(/The loss overflowed at step 13: the step η·α\/r = 32 is too large\.$/);
    const root = emptyRoot();
    w.draw(root, result, params, nobody, full);
    expect(root.innerHTML).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test("a run on its way is drawn as far as it is, and makes no node twice", () => {
  const params = at({task: "reversePlusOne"});
  const frames = framesOf(params, 41);
  const root = emptyRoot();
  const draw = (count: number) => w.draw(root, readLab([frames.slice(0, count)], params), params, nobody, full);
  const written = (column: string) =>
    [...root.querySelectorAll(`.words.${column} .word`)].map(({textContent}) => textContent);
  draw(1);
  expect(written("after")).toEqual(written("before"));
  const nodes = nodesOf(root).filter((node) => !node.closest(".word"));
  draw(41);
  expect(written("after")).not.toEqual(written("before"));
  expect(nodes.filter((node) => !root.contains(node))).toEqual([]);
  draw(1);
  draw(41);
  expect(root.querySelectorAll(".trial")).toHaveLength(1);
});

/** What a press on the first element of a selector sets. */
function press(raw: Readonly<Record<string, unknown>>, selector: string, text?: string): object[] {
  const set: object[] = [];
  const params = at({step: 0, ...raw});
  const root = emptyRoot();
  const act = {
    set: (values: object) => void set.push(typeof values === "function" ? values(params) : values),
    say() {},
  };
  w.draw(root, trained(params), params, act, full);
  w.training!.drawPanel(root, trained(params), params, act);
  w.training!.drawBelow(root, trained(params), params, act);
  const {Event} = root.ownerDocument.defaultView as never as typeof globalThis;
  const found = [...root.querySelectorAll(selector)].find((node) => text === undefined || node.textContent === text);
  found!.dispatchEvent(new Event("click"));
  return set;
}

test("pressing is what the buttons do: a matrix, the way back", () => {
  expect(press({}, ".at-k")).toEqual([{on: "qkv"}]);
  expect(press({}, ".at-v")).toEqual([{on: "q"}]);
  expect(press({on: ""}, ".rescue .back")).toEqual([{on: "qv"}]);
  for (const method of ["full", "bottleneck", "prefix"]) expect(press({method}, ".at-k")).toEqual([]);
});

const runOf = (raw: Readonly<Record<string, unknown>> = {}) => runText(labSettings(at(raw)));
// Runs that other tests train, too.
const [one, other] = [runOf({on: "v", r: "1", alpha: 2}), runOf()];

describe("the head of After", () => {
  const head = (raw: Readonly<Record<string, unknown>>) => {
    const {parts} = show(emptyRoot(), all, at(raw));
    return [".after .formula", ".switch"].map((of) => parts.picture.querySelector(of)!.textContent!.trim());
  };
  test("follows the switch once there is one", () => {
    expect(head({applied: "on"})).toEqual(["W₀ + ΔW", "AdapterOffHalfOnMerged"]);
    expect(head({applied: "off"})[0]).toBe("W₀");
    expect(head({applied: "merged"})[0]).toBe("merged");
    expect(head({applied: "half"})[0]).toBe("W₀ + ½ΔW");
    expect(head({applied: "off", step: 20})[0]).toBe("W₀ + ΔW");
  });

  test("has the score of what the switch has in use, and so have the readouts", () => {
    const scores = (raw: Readonly<Record<string, unknown>>) => {
      const {parts} = show(emptyRoot(), all, at(raw));
      const [first] = w.readouts(trained(at(raw)), at(raw));
      return [parts.picture.querySelector(".after .note")!.textContent, first!.value];
    };
    expect(scores({applied: "off"})).toEqual(["15.1 letters in doubt", "15.1"]);
    const [half, on] = [scores({applied: "half"}), scores({applied: "on"})];
    expect(scores({applied: "merged"})).toEqual(on);
    for (const at of [0, 1]) {
      expect(Number.parseFloat(half[at]!)).toBeGreaterThan(Number.parseFloat(on[at]!));
      expect(Number.parseFloat(half[at]!)).toBeLessThan(15.1);
    }
    const none = {task: "own", step: 0};
    expect(show(emptyRoot(), all, at(none)).parts.picture.querySelector(".before .note")!.textContent).toBe("");
    expect(w.readouts(trained(at(none)), at(none))).toEqual([]);
  });
});

describe("what the reader asks of the model", () => {
  /** What is set when a text is typed, or what stands beside the field. */
  function typed(task: string, text: string, input = ""): unknown {
    const root = emptyRoot();
    const came: unknown[] = [];
    const act = {set: (one: unknown) => void came.push(one), say() {}};
    drawInputField(root, at({task, input}), act);
    const hint = root.querySelector(".hint")!.textContent;
    if (task === "names") expect(hint).toBe("");
    // Where the operations are asked for, it says which letter asks for which.
    else expect(hint).toMatch(/C, R, I, D or L before them for an old one: copy, reverse, \+1, −1, rotate\.$/);
    const field = root.querySelector("input")!;
    field.value = text;
    field.oninput!({} as InputEvent);
    return came[0] ?? root.querySelector(".hint")!.textContent;
  }

  test("is read as small letters without accents, or as digits behind a large one", () => {
    expect(typed("names", "Zoe")).toEqual({input: "zoe"});
    expect(typed("names", "José")).toEqual({input: "jose"});
    expect(typed("plusThree", "r204719")).toEqual({input: "R204719"});
    expect(typed("plusThree", "")).toEqual({input: ""});
  });

  test("is refused in the words of its machine", () => {
    expect(typed("names", "r2", "mar")).toBe(INPUT_HINTS.words);
    expect(typed("names", "204719")).toBe(INPUT_HINTS.words);
    for (const text of ["maria12", "2047190", "204", "r20471", "c"])
      expect(typed("plusThree", text)).toBe(INPUT_HINTS.digits);
  });

  test("comes back with a dot at every word of the list, and a tick at a right answer", () => {
    const signs = (raw: Readonly<Record<string, unknown>>) => {
      const {parts} = show(emptyRoot(), all, at(raw));
      return [...parts.picture.querySelectorAll(".continued.after li")].map((item) => [
        item.querySelector(".word")!.textContent!,
        item.querySelector(".sign")!.textContent!,
      ]);
    };
    const list = new Set(splitOf("names").training);
    const words = signs({input: "mar"});
    expect(words.map(([word, sign]) => [word, sign])).toEqual(
      words.map(([word]) => [word, list.has(word!) ? "·" : ""]),
    );
    expect(words.some(([, sign]) => sign === "·")).toBe(true);
    expect(signs({task: "reversePlusOne", input: "123450"})).toEqual([["165432", " ✓"]]);
  });
});

test("letters in doubt are cut off at a thousand", () => {
  expect([2.71, 3.4, 9].map((loss) => scoreText("names", loss))).toEqual(["15.0", "30.0", "> 1,000"]);
});

test("where nothing can be trained the button waits and says so", () => {
  for (const raw of [{on: ""}, {examples: "0"}]) {
    const params = at({...raw, step: 0});
    expect([w.training!.isReady!(params), w.training!.statusText(trained(params), params)]).toEqual([
      false,
      "There is nothing to train.",
    ]);
  }
});

test("what is learned by heart is not said before a run has seen its examples often", () => {
  const problemAt = (step: number, score: number) => {
    const params = at({examples: "20", step});
    const result = trained(params);
    return problemOf({...result, now: {...result.now, score}}, params)?.why ?? "";
  };
  expect(problemAt(20, 4)).toBe("");
  expect(problemAt(100, 4)).toContain("it memorizes its 20 examples");
});

describe("kept runs", () => {
  test("stand whole beside the run in the picture, on one axis where they learn alike, and the sentence says what changed", () => {
    const digits = runOf({task: "reversePlusOne"});
    const params = at({r: "2", alpha: 4, step: 30, kept: [one, digits, other].join("_")});
    const result = trained(params);
    expect(
      runsOf(params)
        .slice(0, -1)
        .map((run) => runText(run as LabParams)),
    ).toEqual([runOf({r: "2", alpha: 4}), one, digits, other]);
    expect(result.kept.map(({losses}) => losses.length)).toEqual([201, 201, 201]);
    expect(result.kept.map(({now}) => now?.step)).toEqual([30, 30, 30]);
    expect(w.summary(result, params)).toMatch(
      /From run 3 to this run, Rank r: 4 → 2, α: 8 → 4\. At step 30: \d+\.\d letters in doubt → \d+\.\d letters in doubt\.$/,
    );
    const root = emptyRoot();
    w.draw(root, result, params, nobody, full);
    expect(root.querySelectorAll(".loss-curve path.beside")).toHaveLength(2);
    const names = [...root.querySelectorAll(".loss-curve .names text")].map((name) => name.textContent);
    expect(names).toEqual(["run 1", "run 3", "training", "held out"]);
    const rows = w.table(result, params).rows.slice(-3);
    expect(rows.map(([name]) => name)).toEqual(["Run 1", "Run 2", "Run 3"]);
    expect(String(rows[1])).toMatch(/Reverse, \+1: Wq and Wv, rank 4,\d.*% exact/);
  });

  test("are set by the buttons: keep, go back, clear", () => {
    expect(press({}, ".shelf .keep")).toEqual([{kept: runOf()}]);
    expect(press({kept: runOf()}, ".shelf .keep")).toEqual([]);
    const full = Array.from({length: MAX_KEPT}, (_, i) => runOf({seed: i + 1, examples: "0"})).join("_");
    expect(press({kept: full, r: "8"}, ".shelf .keep")).toEqual([]);
    expect(press({kept: one}, ".shelf .back")).toEqual([{...labSettings(at({on: "v", r: "1", alpha: 2})), step: 200}]);
    expect(press({kept: one}, ".shelf .clear")).toEqual([{kept: ""}]);
  });

  test("are equal where only what does not matter to them differs, and text that is no run is refused", () => {
    expect(runOf({method: "full", r: "8", on: "k", base: "two"})).toBe(runOf({method: "full"}));
    expect(runOf({method: "prefix", width: "8", alpha: 3})).toBe(runOf({method: "prefix"}));
    expect(runOf({start: "loftq"})).toBe(runOf());
    expect(runOf({start: "loftq", base: "nf4"})).not.toBe(runOf({base: "nf4"}));
    for (const text of ["x", `${one}_`, one.replace("names", "latin"), runOf({method: "full"}).replace("-qv", "-k")])
      expect(keptLabRuns.read(text).problem, text).toContain("should be settings such as");
    expect(keptLabRuns.read(`${one}_${one}`).problem).toBe("Run 2 repeats run 1.");
    expect(keptLabRuns.read(Array(9).fill(one).join("_")).problem).toContain("at most 8 are kept");
    const most = Array.from({length: MAX_KEPT}, (_, i) =>
      runOf({
        task: "reversePermute",
        method: "lora",
        on: "qkvo12",
        base: "nf4",
        start: "loftq",
        r: "16",
        alpha: 128,
        seed: i + 1,
      }),
    );
    expect(parse(controls, {kept: most.join("_")}).notes).toEqual([]);
  });
});

describe("rivals on the same seed", () => {
  test("train as many numbers as the paper's choice, adapt no matrix, and are said to merge into none", () => {
    const trainedBy = (raw: Readonly<Record<string, unknown>>) => {
      const params = at({...raw, step: 0});
      return {params, result: trained(params)};
    };
    const rivals = [
      {method: "bottleneck", width: "4"},
      {method: "prefix", vectors: "8"},
    ];
    for (const raw of [{}, ...rivals]) expect(trainedBy(raw).result.setup.trainedCount).toBe(1024);
    for (const raw of rivals) {
      const {params} = trainedBy(raw);
      const {parts} = show(emptyRoot(), all, params);
      expect(parts.panel!.querySelectorAll('.place[aria-pressed="true"]')).toHaveLength(0);
      expect(parts.panel!.querySelector(".blockmap .foot")!.textContent).toContain("nothing can be merged");
    }
  });

  test("see the examples that the LoRA sees; SGD takes another way than AdamW", () => {
    const second = (raw: Readonly<Record<string, unknown>>) =>
      framesOf(at({task: "reversePlusOne", ...raw}), 2).map(lossIn);
    const [pair, narrow, prefix, plain] = [{}, {method: "bottleneck"}, {method: "prefix"}, {optimizer: "sgd"}].map(
      second,
    );
    expect(narrow![0]).toBeCloseTo(pair![0]!, 5);
    expect(plain![0]).toBe(pair![0]);
    expect(plain![1]).not.toBe(pair![1]);
    expect(Math.abs(prefix![0]! - pair![0]!)).toBeGreaterThan(1e-3);
  });
});

test("an evaluation pauses between its parts, so that others get their turn", () => {
  const parts: unknown[] = [];
  for (const frame of trainLabRun(labSettings(at({task: "plusThree"})))) {
    if (frame) break;
    parts.push(frame);
  }
  expect(parts.length).toBeGreaterThan(5);
});

test("many runs leave no more memory behind than one", () => {
  const first = lend();
  const mark = first.heap.mark();
  giveBack(first);
  const kinds = [{}, {method: "full"}, {method: "prefix", base: "two"}, {task: "plusThree", method: "bottleneck"}];
  for (const raw of [...kinds, ...kinds]) modelFrames({compute}, labSettings(at(raw)), 1);
  const again = lend();
  expect(again).toBe(first);
  expect(again.heap.mark()).toBe(mark);
  // No run had to make kernels of its own beside those that were idle.
  expect(lend()).not.toBe(first);
  giveBack(again);
});

describe("a trained model in use", () => {
  const ways = (raw: Readonly<Record<string, unknown>>) => {
    const {use} = trained(at(raw));
    return Object.fromEntries(use!.ways.map(({name, texts}) => [name, texts.map(({text}) => text).join(" ")]));
  };

  test("answers as the base does when the adapter is off, and merged as beside its weights", () => {
    const old = ways({task: "reversePlusOne", input: "R123450"});
    expect(old.off).toBe("054321");
    expect(old.on).not.toBe("054321");
    expect(old.merged).toBe(old.on);
    expect(ways({task: "reversePlusOne", input: "123450"}).on).toBe("165432");
    expect(trained(at({task: "reversePlusOne"})).use!.difference).toBeLessThan(1e-12);
  });

  test("goes on with the letters that were typed, and with none that do not fit", () => {
    for (const text of ["sha", "margelinaa"]) {
      const {use} = trained(at({input: text}));
      for (const {texts} of use!.ways) for (const word of texts) expect(word.text.startsWith(text)).toBe(true);
    }
    expect(trained(at({input: "R204719"})).use!.order.input).toBe("");
    expect(trained(at({input: "abc", task: "reversePlusOne"})).use!.order.input).toBe("X204719");
  });

  test("shows the previous answer of the same run until the next is there, and none of another run", () => {
    const [typed, next] = [at({input: "sha"}), at({input: "shar"})];
    const before = trained(typed);
    const frames = framesOf(typed);
    expect(readLab([frames], next).use).toBeUndefined();
    expect(readLab([frames], next, before).use).toEqual(before.use);
    const other = at({input: "shar", on: "v", r: "1", alpha: 2});
    expect(readLab([framesOf(other)], other, before).use).toBeUndefined();
    expect(readLab([frames], next, readLab([frames], at({step: 100}), before)).use).toEqual(before.use);
  });

  test("is off or on where its weights were trained", () => {
    // Twenty words are learned in twenty steps.
    const words = splitOf("names").training.slice(0, 20);
    const {use} = trained(at({task: "own", own: storeWords(words), method: "full", rate: "0.003", step: 20}));
    expect(use!.ways.map(({name}) => name)).toEqual(["off", "on"]);
  });

  test("has the adapter of the last run that is kept beside it, alone and with its own", () => {
    const rotate = runOf({task: "rotatePlusOne"});
    const params = at({task: "reversePlusOne", input: "123450", kept: [rotate, one].join("_")});
    const result = trained(params);
    expect(result.otherIndex).toBe(0);
    const written = Object.fromEntries(result.use!.ways.map(({name, texts}) => [name, texts[0]]));
    expect(written).toMatchObject({on: {text: "165432", isHit: true}, other: {text: "345612", isHit: true}});
    expect(written.both!.isHit).toBe(["165432", "345612"].includes(written.both!.text));
    const root = emptyRoot();
    drawComparison(root, result, params, nobody);
    expect(root.querySelector(".use .body")!.textContent).toContain("run 1345612 ✓");
  });

  // Two prefixes are trained for it.
  if (isAll)
    test("cannot have two prefixes on at once, and has nothing of a run on another base", () => {
      const prefix = {method: "prefix", rate: "0.03"};
      const params = at({...prefix, kept: runOf({...prefix, seed: 2})});
      const {use} = trained(params);
      expect(use!.ways.map(({name}) => name)).toEqual(["off", "on", "other"]);
      expect(trained(at({kept: runOf({task: "reversePlusOne"})})).otherIndex).toBeUndefined();
    });

  test("on a base of 2 bits is right as it was trained, and on the weights before rounding is another thing", () => {
    const {use, setup} = trained(at({task: "reversePlusOne", base: "two"}));
    const isRight = Object.fromEntries(use!.ways.map(({name, texts}) => [name, texts[0]!.isHit]));
    expect(isRight).toMatchObject({on: true, merged: true, rounded: false, bare: false});
    expect(setup.bare!.skill).toBe(1);
    expect(setup.off.skill).toBeLessThan(0.1);
  });
});
