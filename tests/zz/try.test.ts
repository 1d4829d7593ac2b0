import {test} from "vitest";
import {whole} from "../../src/widgets/whole.ts";
import {parse} from "../../src/widgets/parse.ts";
test("x", async () => {
  const w = await whole(process.env.W as any);
  for (const q of process.env.Q!.split("|")) {
    const p = parse(w.controls, Object.fromEntries(new URLSearchParams(q)), {boundsOf: w.bounds}).params;
    const t = performance.now(); const r = w.compute(p);
    console.log(q, Math.round(performance.now() - t) + " ms\n ", w.summary(r, p), "\n", w.readouts(r, p).map((x: any) => x.label.map((y: any) => y.text ?? y).join("") + ": " + x.value + " (" + x.note + ")").join("\n "), w.challenge.met(r, p));
  }
});
