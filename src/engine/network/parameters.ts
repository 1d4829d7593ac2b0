import type {Matrix} from "../linalg/matrix.ts";

/** Names and sizes of the matrices that share one buffer, in the order of the buffer. */
export type Layout<Name extends string = string> = readonly (readonly [name: Name, rows: number, cols: number])[];

/**
 * Many matrices in one buffer: `flat` is the buffer and `views` are named matrices in it, row-major, without copies.
 * Gradients and moments use the same layout, so an optimizer is one loop and a snapshot is one `slice`.
 */
export interface Tensors<Name extends string = string> {
  layout: Layout<Name>;
  flat: Float64Array;
  views: Readonly<Record<Name, Matrix>>;
}

/** The length of a layout's buffer: Σ rows · cols. */
export function layoutLength(layout: Layout): number {
  return layout.reduce((sum, [, rows, cols]) => sum + rows * cols, 0);
}

/**
 * Lays the matrices out over `flat` (zeros by default). Throws when a name occurs twice, or when `flat` does not have
 * the length that the layout needs.
 */
export function allocate<Name extends string>(
  layout: Layout<Name>,
  flat: Float64Array = new Float64Array(layoutLength(layout)),
): Tensors<Name> {
  if (flat.length !== layoutLength(layout))
    throw new Error(`allocate: the layout needs ${layoutLength(layout)} numbers, the buffer has ${flat.length}`);
  const views: Partial<Record<string, Matrix>> = {};
  let start = 0;
  for (const [name, rows, cols] of layout) {
    if (views[name]) throw new Error(`allocate: the name ${name} occurs twice; every matrix needs its own`);
    views[name] = {rows, cols, data: flat.subarray(start, start + rows * cols)};
    start += rows * cols;
  }
  return {layout, flat, views: views as Record<Name, Matrix>};
}

/** A buffer of this layout that holds `value(name)` in every entry of the matrix `name`. */
export function filledBuffer<Name extends string>(layout: Layout<Name>, value: (name: Name) => number): Float64Array {
  const {flat, views} = allocate(layout);
  for (const [name] of layout) views[name].data.fill(value(name));
  return flat;
}
