// Writes src/widgets/intrinsic/sweep.json anew, some minutes of training: `npm run sweep`.
import {writeFileSync} from "node:fs";
import {rightAfter, weightsOf} from "../../widgets/intrinsic/network.ts";
import {DIRECTIONS, SEEDS, type Swept, TASKS, UNITS} from "../../widgets/intrinsic/settings.ts";
import type {Task} from "../../widgets/intrinsic/tasks.ts";

/** Cells right after training with each number of directions, and with every weight free, for these seeds. */
export function sweep(units: number, task: Task, seeds: readonly number[]): Swept {
  const setting = {units, task};
  const along = seeds.map((seed) =>
    DIRECTIONS.map((d) => rightAfter({...setting, seed, d: d === "all" ? weightsOf(units) : d})),
  );
  return {...setting, along, full: seeds.map((seed) => rightAfter({...setting, seed}))};
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
  const all = UNITS.flatMap((units) => TASKS.map((task) => sweep(units, task, SEEDS)));
  const text = `{\n  "command": "npm run sweep",\n  "swept": [\n${all.map(lines).join(",\n")}\n  ]\n}\n`;
  writeFileSync(new URL("../../widgets/intrinsic/sweep.json", import.meta.url), text);
  process.stdout.write(`sweep.json: ${all.length} settings, ${SEEDS.length} seeds each\n`);
}
