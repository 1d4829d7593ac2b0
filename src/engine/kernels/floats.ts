/** Named float32 matrices in one buffer on the kernels' heap. */
import {type Layout, layoutLength} from "../network/parameters.ts";
import type {Heap} from "./heap.ts";
import type {Block} from "./kernels.ts";

/** `Tensors` in float32 on a heap: one buffer, and named blocks in it, without copies. */
export interface Floats<Name extends string = string> {
  layout: Layout<Name>;
  flat: Float32Array<ArrayBuffer>;
  views: Readonly<Record<Name, Block>>;
}

/** Lays the matrices out on the heap, as zeros or rounded from `values`. Throws when the heap is full. */
export function allocateFloats<Name extends string>(
  heap: Heap,
  layout: Layout<Name>,
  values?: Float64Array,
): Floats<Name> {
  const flat = heap.floats(layoutLength(layout));
  if (values) flat.set(values);
  const views: Partial<Record<string, Block>> = {};
  let start = 0;
  for (const [name, rows, cols] of layout) {
    views[name] = {rows, cols, stride: cols, data: flat.subarray(start, start + rows * cols)};
    start += rows * cols;
  }
  return {layout, flat, views: views as Record<Name, Block>};
}

/** Neighboring matrices of the same width, `first` and those after it, as one block of this many rows. */
export function blockOfNeighbors({flat, views}: Floats, first: string, rows: number): Block {
  const {cols, data} = views[first];
  const start = (data.byteOffset - flat.byteOffset) / 4;
  return {rows, cols, stride: cols, data: flat.subarray(start, start + rows * cols)};
}
