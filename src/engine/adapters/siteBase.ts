/** Reads the files of base models that `writeBase` wrote for this site. */
import {decode16, fp16} from "../memory/float16.ts";
import {type Sizes, type WeightName, weightLayout} from "../network/architecture.ts";
import {allocate} from "../network/parameters.ts";
import type {Transformer} from "../network/transformer.ts";

/**
 * Reads a file like `readBase`, but in less code, for pages: it skips the header, because in these files the numbers after it
 * are always halves, matrix by matrix in the order of their names. Throws when the file has more or fewer numbers than a model
 * of these sizes.
 */
export function readSiteBase(bytes: Uint8Array, sizes: Sizes): Transformer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const weights = allocate(weightLayout(sizes));
  const count = (bytes.byteLength - start) / 2;
  if (count !== weights.flat.length)
    throw new Error(`siteBase: the file has ${count} numbers, a model of these sizes ${weights.flat.length}`);
  let at = start;
  for (const name of (Object.keys(weights.views) as WeightName[]).sort()) {
    const {data} = weights.views[name];
    for (let i = 0; i < data.length; i++, at += 2) data[i] = decode16(view.getUint16(at, true), fp16);
  }
  return {sizes, weights, attached: []};
}
