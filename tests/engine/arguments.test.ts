import {readdirSync} from "node:fs";
import {expect, test} from "vitest";
import {matrix} from "../../src/engine/linalg/matrix.ts";
import {isPublic} from "../../src/site/reference/publicName.ts";

const engine = new URL("../../src/engine/", import.meta.url);
/** The files whose functions take matrices, spectra, adapters and files from outside. */
const paths = ["linalg", "analysis", "analysis/updates", "adapters"]
  .flatMap((room) => readdirSync(new URL(room, engine)).map((file) => `${room}/${file}`))
  .filter((path) => path.endsWith(".ts"))
  .concat("lora/lora.ts")
  // These take texts, formats, and whole models and problems, which their types guard.
  .filter((path) => !/^(adapters\/(base|moduleNames)|analysis\/floor)\.ts$/.test(path));

/** What people pass by mistake. */
const rubbish: unknown[] = [
  undefined,
  null,
  7,
  "x",
  {},
  [],
  [
    [1, 2],
    [3, 4],
  ],
  new Map(),
  new Uint8Array(9),
  {rows: 3, cols: 3, data: new Float64Array(4)},
  matrix(1, 2, [1, 2]),
];

test.each(paths)("%s: a wrong argument is refused in words, and never by an error from inside", async (path) => {
  const exports: Record<string, unknown> = await import(new URL(path, engine).href);
  const wrong: string[] = [];
  for (const [name, f] of Object.entries(exports)) {
    if (typeof f !== "function" || !isPublic(path, name)) continue;
    for (const value of rubbish) {
      try {
        f(...Array(Math.max(1, f.length)).fill(value));
      } catch (error) {
        const isOurs = Object.getPrototypeOf(error) === Error.prototype && /: .{8}/.test((error as Error).message);
        if (!isOurs) wrong.push(`${name}(${JSON.stringify(value)}): ${error}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});
