/** A widget with one flaw, the one that FLAW names: what `npm run fuzz` must find. It is in no registry. */
import {range} from "../../src/shell/controls.ts";
import {widget} from "../../src/shell/widget.ts";

const {FLAW: flaw} = process.env;
const kept: Float64Array[] = [];

/** Keeps the processor busy for so many milliseconds of its own time and of the clock's. */
function dawdle(milliseconds: number) {
  const [start, cpu] = [performance.now(), process.threadCpuUsage()];
  for (;;) {
    const {user, system} = process.threadCpuUsage(cpu);
    if (performance.now() - start > milliseconds && (user + system) / 1000 > milliseconds) return;
  }
}

/** What goes wrong where n is above 90: a tenth of the states. */
const flaws: Readonly<Record<string, (n: number) => number>> = {
  throws() {
    throw new Error("the square root of a goat");
  },
  unsaid: () => Number.NaN,
  slow(n) {
    dawdle(1100);
    return n;
  },
  endless() {
    for (;;) dawdle(1000);
  },
};

export default widget({
  title: "What is n?",
  guide: "Move n, and the sentence says what it is.",
  sources: ["Nobody"],
  controls: {n: range(["n"], {min: 0, max: 100, value: 1})},
  compute({n}) {
    if (flaw === "leaks") kept.push(new Float64Array(2 ** 17).fill(n));
    return n > 90 ? (flaws[flaw ?? ""]?.(n) ?? n) : n;
  },
  draw(picture, n) {
    picture.textContent = `n is ${n}`;
  },
  summary: (n) => `At this state n is ${n}.`,
  readouts: (n) => [{label: ["n"], value: String(n)}],
  table: (n) => ({caption: "n, ten times", columns: ["n"], rows: Array.from({length: 10}, () => [n])}),
  provenance: () => ({kind: "live", text: "computed here"}),
  challenge: {text: "Make n larger than it was.", met: (n) => n > 1},
});
