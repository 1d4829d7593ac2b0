// Writes sweep.json and paintings.weights.json of src/figures/intrinsic/ anew, some minutes of training: `npm run sweep`.
import {trainedPicture, WEIGHT_COUNT} from "../figures/intrinsic/network.ts";
import {packPaintings} from "../figures/intrinsic/paintings.ts";
import {DIRECTIONS, INTRINSIC_SEEDS, SHAPES, type ShapeName, type SweptTask} from "../figures/intrinsic/settings.ts";
import {writeJsonFile} from "./jsonFiles.ts";

/** How many cells are right after training, for each seed with each number of directions and with every weight free; and what the runs along directions paint. */
export function sweepTask(task: ShapeName, seeds: readonly number[]): {swept: SweptTask; paintings: string} {
  const ends = seeds.map((seed) =>
    DIRECTIONS.map((d) => trainedPicture({task, seed, d: d === "all" ? WEIGHT_COUNT : d})),
  );
  const along = ends.map((one) => one.map(({right}) => right));
  const full = seeds.map((seed) => trainedPicture({task, seed}).right);
  return {swept: {task, along, full}, paintings: packPaintings(ends.flat().map(({classes}) => classes))};
}

if (import.meta.main) {
  const command = "npm run sweep";
  const all = SHAPES.map((task) => sweepTask(task, INTRINSIC_SEEDS));
  const fileOf = (name: string) => new URL(`../figures/intrinsic/${name}`, import.meta.url).pathname;
  writeJsonFile(fileOf("sweep.json"), {command, swept: all.map(({swept}) => swept)});
  const paintings = Object.fromEntries(all.map(({swept: {task}, paintings}) => [task, paintings]));
  writeJsonFile(fileOf("paintings.weights.json"), {command, paintings});
  process.stdout.write(`${all.length} tasks, ${INTRINSIC_SEEDS.length} seeds each\n`);
}
