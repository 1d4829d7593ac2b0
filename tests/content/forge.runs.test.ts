import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {mulberry32} from "../../src/engine/linalg/random.ts";
import {attachLora} from "../../src/engine/lora/loras.ts";
import {decode16, fp16} from "../../src/engine/memory/float16.ts";
import {softmax} from "../../src/engine/network/layers/softmax.ts";
import {allocate} from "../../src/engine/network/parameters.ts";
import {forward, type Transformer} from "../../src/engine/network/transformer.ts";
import {encodeWord} from "../../src/engine/training/words.ts";
import {splitOf} from "../../src/tools/baseModels.ts";
import {
  bottlenecks,
  heldOutBatches,
  lossOn,
  oneMatrix,
  prefix,
  QUERIES_AND_VALUES,
  type TrainingWay,
  trainToEnd,
  wordForgeBase,
} from "../../src/tools/forgeRuns.ts";
import {createLabKernels} from "../../src/tools/loadBase.ts";
import {readCut} from "../../src/tools/sweepCut.ts";
import {
  additionRun,
  compareMerged,
  oneMatrixRuns,
  readForge,
  runAtFactors,
  trainOnFew,
  trainOnOtherLists,
} from "../../src/tools/sweepForge.ts";
import {oneOf} from "../third.ts";

const file = readForge();
const kernels = createLabKernels();

/** What each way of training comes to; each is trained once for all tests. */
const ends = new Map<TrainingWay, ReturnType<typeof trainToEnd>>();
function endOf(way: TrainingWay) {
  const end = ends.get(way) ?? trainToEnd(kernels, way);
  ends.set(way, end);
  return end;
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../content/lab/${name}`, import.meta.url), "utf8"));
const numbersIn = (text: string) =>
  Float64Array.from(new Uint16Array(new Uint8Array(Buffer.from(text, "base64")).buffer), (code) =>
    decode16(code, fp16),
  );
const doubt = (loss: number) => Math.exp(loss);
const cut = readCut();

describe("the stored numbers", () => {
  test("one matrix: 160 parameters end at 10.3 letters in doubt, 64 at 10.6, and five seeds ask the same", () => {
    const {W2, Wv} = file.oneMatrix;
    expect(W2.losses.map((loss) => doubt(loss).toFixed(1))).toEqual(Array(5).fill("10.3"));
    expect(Wv.losses.map((loss) => doubt(loss).toFixed(1))).toEqual(Array(5).fill("10.6"));
    expect([...W2.losses, ...Wv.losses].map((loss) => loss.toFixed(2))).toEqual([
      ...["2.33", "2.33", "2.33", "2.33", "2.33"],
      ...["2.36", "2.36", "2.36", "2.36", "2.36"],
    ]);
    expect(W2.aAtStart[1]).toBeLessThan(0.19);
    expect([W2.a, W2.b].flat().map((x) => x.toFixed(2))).toEqual(["0.87", "0.92", "0.98", "0.99"]);
  });

  test("letters in doubt: 15.1 → 8.6 → 7.1; the change cut to four pieces keeps 78 % of the gain it has whole", () => {
    expect([file.base, file.adapter[0]!, file.full[0]!].map((loss) => doubt(loss).toFixed(1))).toEqual([
      ...["15.1", "8.6", "7.1"],
    ]);
    const gain = (r: number) => file.base - cut.change[r]!;
    expect((gain(4) / gain(32)).toFixed(2)).toBe("0.78");
    expect([cut.change[4]!, cut.change[32]!, cut.weights[4]!].map((x) => doubt(x).toFixed(1))).toEqual([
      ...["8.8", "7.5", "62.2"],
    ]);
    // The base's own weights, kept whole, are the base.
    expect(cut.weights[32]).toBeCloseTo(file.base, 4);
  });

  test("off is the base; merged writes the same words", () => {
    expect(file.ownWords.off).toBe(file.ownWords.base);
    expect(file.merged).toEqual({words: 200, alike: 200, difference: 1.2e-14});
  });
});

describe("comes again", () => {
  const runs: readonly (readonly [name: string, check: () => void])[] = [
    [
      "the adapter, the sum with the French one, and the merge",
      () => {
        const {model} = endOf(QUERIES_AND_VALUES);
        const again = trainOnOtherLists(kernels, model);
        expect(again.summed).toEqual(file.namesAndFrench);
        expect(again.served).toEqual(file.served);
        expect([again.french.losses, again.spanish.losses]).toEqual([file.french, file.spanish]);
        expect(compareMerged(kernels, model)).toEqual(file.merged);
        expect(runAtFactors(kernels, model)).toEqual(file.atFactors);
      },
    ],
    ["the runs on few names", () => expect(trainOnFew(kernels).numbers).toEqual(file.few)],
    [
      "full fine-tuning",
      () => {
        const stored = numbersIn(read("forge.full.json").base64);
        expect(stored).toHaveLength(26_848);
        const [ours] = endOf("full").params;
        const worst = ours!.reduce((most, x, i) => Math.max(most, Math.abs(x - stored[i]!)), 0);
        expect(worst).toBeLessThan(2 ** -10);
      },
    ],
    // content/question.runs.test.ts trains one in each third.
    [
      "the question of two seeds",
      () => {
        const {losses} = oneMatrixRuns(kernels, "W2", [7, 1]);
        expect(losses).toEqual(file.oneMatrix.W2.losses.slice(0, 2));
        expect(trainToEnd(kernels, oneMatrix("Wv")).params[0]).toHaveLength(64);
      },
    ],
  ];
  test.each(oneOf(runs))("%s", (_, check) => check());
});

describe("the files that figures load", () => {
  const adapters = read("forge.adapters.json");
  const lossOf = (model: Transformer, list: keyof typeof heldOutBatches) =>
    lossOn(kernels, model, heldOutBatches[list]);

  /** From the halves in the file. */
  const withAdapter = (text: string): Transformer => {
    const blank = attachLora(wordForgeBase.sizes, QUERIES_AND_VALUES, mulberry32(0));
    return {...wordForgeBase, attached: [{...blank, params: allocate(blank.params.layout, numbersIn(text))}]};
  };

  test.each([
    ["names", file.adapter[0]!],
    ["french", file.french.on],
    ["spanish", file.spanish.on],
  ] as const)("%s has the loss that is printed", (list, loss) => {
    expect(Buffer.from(adapters[list]["200"], "base64")).toHaveLength(2048);
    expect(Math.abs(lossOf(withAdapter(adapters[list]["200"]), list) - loss)).toBeLessThan(1e-3);
  });

  test("the fully tuned weights too", () => {
    const weights = allocate(wordForgeBase.weights.layout, numbersIn(read("forge.full.json").base64));
    expect(Math.abs(lossOf({...wordForgeBase, weights}, "names") - file.full[0]!)).toBeLessThan(1e-3);
  });
});

describe("what chapters say of the forge in figures of their own", () => {
  const chapter = (name: string) => readFileSync(`content/chapters/${name}.mdx`, "utf8");
  const mean = (losses: readonly number[]) => losses.reduce((sum, loss) => sum + doubt(loss), 0) / losses.length;

  /** The chances that a model gives to the letters of a word and to its end. */
  function chancesOf(model: Transformer, word: string): number[] {
    const {tokens, targets} = encodeWord(word);
    const {data, cols} = forward(model, Int32Array.from(tokens), 1).logits;
    return targets.slice(0, word.length + 1).map((token, t) => {
      const row = data.slice(t * cols, (t + 1) * cols);
      softmax(row, 0, cols);
      return row[token]!;
    });
  }

  test("chapter 1: the sizes of its files, and the bytes of a step", () => {
    const [weights, added] = [26_848, 1024];
    const text = chapter("01-the-problem");
    for (const [bytes, said] of [
      [2 * weights, "a file of 54 kilobytes"],
      [2 * added, "three files of 2 kilobytes"],
      [8 * weights, "about 215 kilobytes"],
      [2 * weights + 8 * added, "about 62."],
    ] as const) {
      expect(text).toContain(said);
      expect(Math.round(bytes / 1000)).toBe(Number(/\d+/.exec(said)![0]));
    }
    expect(text).toContain("six and a half million times larger");
    expect(175_255.8e6 / weights).toBeCloseTo(6.53e6, -4);
  });

  test("chapter 4: the five chances of anna, off and on, and what they come to", () => {
    const on = endOf(QUERIES_AND_VALUES).model;
    const chances = [wordForgeBase, on].map((model) => chancesOf(model, "anna"));
    const text = chapter("04-formulas");
    const hundredths = chances.map((all) => all.map((chance) => 100 * chance));
    const [off, on100] = [hundredths[0]!, hundredths[1]!];
    expect([Math.min(...off.slice(0, 4)) > 5, Math.round(Math.max(...off.slice(0, 4))), Math.round(off[4]!)]).toEqual([
      true,
      13,
      1,
    ]);
    expect(on100[4]).toBeGreaterThan(45);
    for (const said of ["between five and thirteen chances in a hundred", "nearly one in two"])
      expect(text).toContain(said);
    const once = chances.map((all) => 1 / all.reduce((product, chance) => product * chance, 1));
    for (const said of ["1 in 2.4 million", "it is 1 in 2,600"]) expect(text).toContain(said);
    expect([(once[0]! / 1e6).toFixed(1), Math.round(once[1]! / 100)]).toEqual(["2.4", 26]);
    const full = chancesOf(endOf("full").model, "anna");
    const sums = [...chances, full].map((all) => all.reduce((sum, chance) => sum + Math.log(chance), 0));
    expect(sums.map((sum) => sum.toFixed(1))).toEqual(["-14.7", "-7.9", "-6.9"]);
    for (const sum of ["measure 14.7 with the adapter off and 7.9", "from 7.9 to 6.9"]) expect(text).toContain(sum);
    expect(Math.round(Math.exp(-sums[2]!) / 100)).toBe(10);
    expect(text).toContain("one chance in a thousand");
    expect(text).toContain("which fall from 19 to 5.");
    expect(sums.slice(0, 2).map((sum) => Math.round(doubt(-sum / 5)))).toEqual([19, 5]);
    expect(splitOf("names").training).toContain("anna");
  });

  test("chapter 6: three methods, their start and end, and what is served by merged updates", () => {
    const text = chapter("06-adapters-prefixes-lora");
    const ways = [prefix, QUERIES_AND_VALUES, bottlenecks] as const;
    const shown = (loss: number) => doubt(loss).toFixed(1);
    const [start, ...later] = trainToEnd(kernels, prefix, {}, [0, 7, 8]).models.map((model) => lossOn(kernels, model));
    expect(text).toContain(`the forge is at ${shown(start!)}, worse than without it`);
    expect(later.map((loss) => loss > file.base)).toEqual([true, false]);
    expect(text).toContain("eight steps</Set> pass before the prefix is back where the others began");
    const ends = ways.map((way) => shown(lossOn(kernels, endOf(way).model)));
    expect(text).toContain(`the prefix has ${ends[0]} letters, LoRA ${ends[1]}, and the adapter layers ${ends[2]}`);
    const means = [file.prefix, file.adapter, file.bottlenecks].map((losses) => mean(losses).toFixed(1));
    expect(text).toContain(
      `${means[0]} letters for the prefix, ${means[1]} for LoRA and ${means[2]} for adapter layers`,
    );
    expect(Math.min(...file.prefix)).toBeGreaterThan(Math.max(...file.adapter));
    expect(Math.min(...file.adapter)).toBeGreaterThan(Math.max(...file.bottlenecks));
    const {names, french} = file.namesAndFrench;
    const said = [names, file.adapter[0]!, french, file.french.base].map(shown);
    expect(said).toEqual(["9.9", "8.6", "12.7", "11.2"]);
    expect(text).toContain("9.9 letters in doubt on names, where names alone had 8.6");
    expect(text).toContain("12.7, which is still worse than the 11.2 of no adapter at all");
    expect([file.served.names.french, file.french.on].map(shown)).toEqual(["15.1", "8.1"]);
    expect(text).toContain("15.1 letters in doubt. With the slip for French it had 8.1, and with no slip at all 11.2");
  });
});

test("the one matrix of the addition figure, its A and B on the way, and its inputs are those of the run", () => {
  const stored = read("forge.addition.json");
  const {weights, inputs, steps} = additionRun(createLabKernels());
  expect(numbersIn(stored.weights)).toEqual(weights);
  for (const [part, due] of [["inputs", inputs] as const, ["steps", steps] as const]) {
    expect(Object.keys(stored[part])).toEqual(Object.keys(due));
    for (const [name, values] of Object.entries(due))
      for (const [i, value] of numbersIn(stored[part][name]).entries()) expect(value).toBeCloseTo(values[i]!, 2);
  }
});
