/** Where modules stand on the map, what a spectrum adds up to, and how adapters are called. */
import {expect, test} from "vitest";
import {runningShares} from "../../src/inspect/bars.ts";
import {moduleBlocks, shortModuleNames, spotWords} from "../../src/inspect/moduleMap.ts";

const spot = (matrix: string, layer: string, block = "h", network = "model") => ({matrix, layer, block, network});

test("a map has a block for each network and stretch of layers; experts are columns, and no module is lost", () => {
  const modules = [
    {name: "h.0.q", spot: spot("q", "0")},
    {name: "h.1.q", spot: spot("q", "1")},
    {name: "h.1.e[0]", spot: spot("e", "1")},
    {name: "h.1.e[1]", spot: spot("e", "1")},
    {name: "twin", spot: spot("q", "1")},
    {name: "te.0.q", spot: spot("q", "0", "layers", "text encoder")},
  ];
  const blocks = moduleBlocks(modules);
  expect(blocks.map(({title, layers, matrices}) => [title, layers, matrices])).toEqual([
    ["h", ["0", "1", "1[0]", "1[1]"], ["q", "e", "twin"]],
    ["text encoder, layers", ["0"], ["q"]],
  ]);
  expect(blocks.flatMap(({names}) => [...names.values()]).sort()).toEqual(modules.map(({name}) => name).sort());
});

test("a cell is called by its layer and matrix, and by its network where there are several", () => {
  expect(spotWords(spot("mlp.c_proj", "11"))).toBe("layer 11, mlp.c_proj");
  expect(spotWords(spot("to_q", "1.0", "down_blocks"))).toBe("down_blocks, layer 1.0, to_q");
  expect(spotWords(spot("q", "3", "layers", "text encoder 2"))).toBe("text encoder 2, layer 3, q");
  expect(spotWords(spot("lm_head", "", ""))).toBe("lm_head");
});

test("on narrow maps a matrix is called by its last word, where that is enough", () => {
  expect(shortModuleNames(["attn.c_attn", "attn.c_proj", "mlp.c_proj"])).toEqual(["c_attn", "a.c_proj", "m.c_proj"]);
  expect(shortModuleNames(["a.x.q", "b.x.q"])).toEqual(["a.x.q", "b.x.q"]);
});

test("shares of a spectrum run up to 1, also of one that is 0", () => {
  expect(runningShares([2, 1, 1])).toEqual([4 / 6, 5 / 6, 1]);
  expect(runningShares([0, 0])).toEqual([1, 1]);
});
