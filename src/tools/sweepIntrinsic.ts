// Writes sweep.json and paintings.weights.json of src/figures/intrinsic/ anew, some minutes of training: `npm run sweep`.
import {writeFileSync} from "node:fs";
import {trainedPicture, WEIGHT_COUNT} from "../figures/intrinsic/network.ts";
import {packPaintings} from "../figures/intrinsic/paintings.ts";
import type {ShapeName} from "../figures/intrinsic/settings.ts";
import {DIRECTIONS, INTRINSIC_SEEDS, SHAPES, type SweptTask} from "../figures/intrinsic/settings.ts";

/** Cells right after training with each number of directions, and with every weight free, for these seeds; and what the former paint. */
export function sweepTask(task: ShapeName, seeds: readonly number[]): {swept: SweptTask; paintings: string} {
  const ends = seeds.map((seed) =>
    DIRECTIONS.map((d) => trainedPicture({task, seed, d: d === "all" ? WEIGHT_COUNT : d})),
  );
  const along = ends.map((one) => one.map(({right}) => right));
  const full = seeds.map((seed) => trainedPicture({task, seed}).right);
  return {swept: {task, along, full}, paintings: packPaintings(ends.flat().map(({classes}) => classes))};
}

const row = (numbers: readonly number[]) => `[${numbers.join(", ")}]`;

const lines = ({task, along, full}: SweptTask) => `    {
      "task": "${task}",
      "along": [
${along.map((counts) => `        ${row(counts)}`).join(",\n")}
      ],
      "full": ${row(full)}
    }`;

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const all = SHAPES.map((task) => sweepTask(task, INTRINSIC_SEEDS));
  const write = (name: string, text: string) =>
    writeFileSync(new URL(`../figures/intrinsic/${name}`, import.meta.url), text);
  const text = all.map(({swept}) => lines(swept)).join(",\n");
  write("sweep.json", `{\n  "command": "npm run sweep",\n  "swept": [\n${text}\n  ]\n}\n`);
  const paintings = Object.fromEntries(all.map(({swept: {task}, paintings}) => [task, paintings]));
  write("paintings.weights.json", `${JSON.stringify({command: "npm run sweep", paintings}, null, 2)}\n`);
  process.stdout.write(`${all.length} tasks, ${INTRINSIC_SEEDS.length} seeds each\n`);
}
