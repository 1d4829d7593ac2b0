// Writes sweep.json and paintings.weights.json of src/figures/intrinsic/ anew, some minutes of training: `npm run sweep`.
import {writeFileSync} from "node:fs";
import {trainedPicture, weightsOf} from "../figures/intrinsic/network.ts";
import {packed} from "../figures/intrinsic/paintings.ts";
import type {ShapeName} from "../figures/intrinsic/settings.ts";
import {DIRECTIONS, INTRINSIC_SEEDS, SHAPES, type Swept, UNITS} from "../figures/intrinsic/settings.ts";

/** Cells right after training with each number of directions, and with every weight free, for these seeds; and what the former paint. */
export function sweepSetting(
  units: number,
  task: ShapeName,
  seeds: readonly number[],
): {swept: Swept; paintings: string} {
  const setting = {units, task};
  const ends = seeds.map((seed) =>
    DIRECTIONS.map((d) => trainedPicture({...setting, seed, d: d === "all" ? weightsOf(units) : d})),
  );
  const along = ends.map((one) => one.map(({right}) => right));
  const full = seeds.map((seed) => trainedPicture({...setting, seed}).right);
  return {swept: {...setting, along, full}, paintings: packed(ends.flat().map(({classes}) => classes))};
}

const row = (numbers: readonly number[]) => `[${numbers.join(", ")}]`;

const lines = ({units, task, along, full}: Swept) => `    {
      "units": ${units},
      "task": "${task}",
      "along": [
${along.map((counts) => `        ${row(counts)}`).join(",\n")}
      ],
      "full": ${row(full)}
    }`;

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const all = UNITS.flatMap((units) => SHAPES.map((task) => sweepSetting(units, task, INTRINSIC_SEEDS)));
  const write = (name: string, text: string) =>
    writeFileSync(new URL(`../figures/intrinsic/${name}`, import.meta.url), text);
  const text = all.map(({swept}) => lines(swept)).join(",\n");
  write("sweep.json", `{\n  "command": "npm run sweep",\n  "swept": [\n${text}\n  ]\n}\n`);
  const paintings = Object.fromEntries(all.map(({swept: {task, units}, paintings}) => [`${task} ${units}`, paintings]));
  write("paintings.weights.json", `${JSON.stringify({command: "npm run sweep", paintings}, null, 2)}\n`);
  process.stdout.write(`${all.length} settings, ${INTRINSIC_SEEDS.length} seeds each\n`);
}
