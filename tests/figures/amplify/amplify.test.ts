import {readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import numbers from "../../../content/paper/numbers.json" with {type: "json"};
import {widgetWithModel} from "../../../src/figure/runs/withModel.ts";
import {FACTORS, printedNorms} from "../../../src/figures/amplify/readings.ts";
import {HERTZ, PEAK_AMPLITUDE, SOUND_SECONDS, samplesOf, tonesOf} from "../../../src/figures/amplify/sound.ts";
import {emptyRoot, show, through} from "../promises/stage.ts";

const w = await widgetWithModel("amplify");
const drawn = (raw: Readonly<Record<string, unknown>>) => {
  const root = emptyRoot();
  show(root, w, through(w, {norms: "paper", ...raw}), "card");
  return root;
};
const texts = (root: Element, selector: string) =>
  [...root.querySelectorAll(`:is(.chart.wide, .heard) ${selector}`)].map((one) => one.textContent);

/** A WAV file of one channel with 16 bits a sample. */
function wavOf(samples: Float32Array, rate: number): Buffer {
  const file = Buffer.alloc(44 + 2 * samples.length);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + 2 * samples.length, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(2 * rate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(2 * samples.length, 40);
  for (const [i, x] of samples.entries()) file.writeInt16LE(Math.round(32_767 * x), 44 + 2 * i);
  return file;
}

/** The amplitude at a whole number of hertz in one second from the middle of a WAV file, by its Fourier sum. */
function amplitudeIn(file: Buffer, hertz: number): number {
  const rate = file.readUInt32LE(24);
  const from = Math.round(((SOUND_SECONDS - 1) / 2) * rate);
  let [cosine, sine] = [0, 0];
  for (let n = 0; n < rate; n++) {
    const x = file.readInt16LE(44 + 2 * (from + n)) / 32_767;
    cosine += x * Math.cos((2 * Math.PI * hertz * n) / rate);
    sine += x * Math.sin((2 * Math.PI * hertz * n) / rate);
  }
  return (2 / rate) * Math.hypot(cosine, sine);
}

describe("the sound", () => {
  const folder = tmpdir();

  test("has in a WAV file the norms of Table 7 as amplitudes, with and without ΔW, and nothing beside them", () => {
    for (const norms of printedNorms)
      for (const share of [0, 0.5, 1])
        for (const rate of [44_100, 48_000]) {
          const path = join(folder, `lora-norms-${norms.rank}-${share}-${rate}.wav`);
          writeFileSync(path, wavOf(samplesOf(tonesOf(norms, share), norms.onOwn, rate), rate));
          const file = readFileSync(path);
          const due = {
            [HERTZ.own]: norms.onOwn,
            [HERTZ.delta]: Math.max(share * norms.delta, norms.onDelta),
            [HERTZ.random]: norms.onRandom,
            330: 0,
            1000: 0,
          };
          // 16 bits round to about 3e-5; over a second most of that cancels.
          for (const [hertz, norm] of Object.entries(due))
            expect(Math.abs(amplitudeIn(file, Number(hertz)) - (PEAK_AMPLITUDE * norm) / norms.onOwn)).toBeLessThan(
              2e-6,
            );
        }
  });

  test("is soft, begins and ends in silence, and is short", () => {
    for (const norms of printedNorms) {
      const samples = samplesOf(tonesOf(norms, 1), norms.onOwn, 44_100);
      expect(Math.max(...samples.map(Math.abs))).toBeLessThan(0.3);
      expect(Math.abs(samples[0]!) + Math.abs(samples.at(-1)!)).toBeLessThan(1e-3);
      expect(samples.length / 44_100).toBeLessThan(2);
    }
  });
});

describe("the paper's norms", () => {
  test("have the factors that the paper prints", () => {
    for (const {rank, factor} of printedNorms) {
      const of = numbers.find(({id}) => id === `amplification-r${rank}`)!;
      expect(FACTORS[rank]!.value).toBe(of.value);
      expect(FACTORS[rank]!.text).toMatch(new RegExp(`${of.value}$`));
      expect(factor).toBeCloseTo(of.exactFromRounded!, 6);
    }
  });

  test("are written below their faders; in ΔW’s directions the larger of W₀ and ΔW is shown", () => {
    expect(texts(drawn({}), ".faders .norm")).toEqual(["21.67", "0.32 → 6.91", "0.02"]);
    expect(texts(drawn({printed: "64"}), ".faders .norm")).toEqual(["37.71", "1.90 → 3.57", "0.33"]);
    expect(texts(drawn({strength: 0}), ".faders .norm")[1]).toBe("0.32");
  });

  test("have one loud number, the paper's own factor, which falls with ΔW and is gone without it", () => {
    const answer = (raw: Record<string, unknown>) => texts(drawn(raw), ".faders .answer");
    expect([answer({}), answer({printed: "64"}), answer({strength: 50}), answer({strength: 0})]).toEqual([
      ["21.5×"],
      ["2×"],
      ["10.8×"],
      [],
    ]);
  });

  test("are fader levels on a linear scale: their heights are to each other as the norms", () => {
    const bars = [...drawn({}).querySelectorAll(".chart.wide .faders")].map((group) => {
      const ends = ["base", "added"].flatMap(
        (name) =>
          group
            .querySelector(`.${name}`)!
            .getAttribute("d")!
            .match(/[\d.]+/g) ?? [],
      );
      return Number(ends[1]) - Number(ends.at(-1));
    });
    const [own, delta, random] = bars as [number, number, number];
    expect(delta / own).toBeCloseTo(6.91 / 21.67, 2);
    expect(random / own).toBeCloseTo(0.02 / 21.67, 2);
  });

  test("need no run: with them the card has no player's frames to wait for", () => {
    const params = through(w, {norms: "paper"});
    expect(w.runs!.of(params)).toMatchObject([{isNone: true}]);
    expect(w.runs!.of(through(w))).not.toHaveProperty("0.isNone");
  });

  test("can be heard by two buttons, and only the middle fader can be dragged", () => {
    const root = drawn({});
    expect(root.querySelectorAll(".chart.wide .faders .field")).toHaveLength(1);
    expect(root.querySelector(".chart.wide .faders[data-tone=dw] .field")).not.toBeNull();
    expect(texts(root, ".press")).toEqual(["♪ Hear W₀", "♪ Hear W₀ + ΔW"]);
  });
});
