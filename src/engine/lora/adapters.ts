import {heapBottleneck} from "../kernels/bottlenecks.ts";
import {normal} from "../linalg/random.ts";
import type {Sizes} from "../network/architecture.ts";
import {allocate, type Layout, type Tensors} from "../network/parameters.ts";
import type {Attachment, Brought} from "./attachment.ts";

const PLACES = ["attention", "mlp"] as const;

/**
 * Bottleneck adapters of m numbers behind the attention and the MLP of every layer, before each is added to the
 * stream (Houlsby et al. 2019): 4·C·m numbers a layer. down (m,C) starts normal with deviation 1/√C, up (C,m) at 0, so
 * the model answers as before until the first step. Throws unless m is a whole number ≥ 1.
 */
export function attachBottlenecks({C, L}: Sizes, m: number, random: () => number): Attachment {
  if (!Number.isInteger(m) || m < 1)
    throw new Error(`attachBottlenecks: m is ${m}; the narrow width must be a whole number of at least 1`);
  const layout = Array.from({length: L}, (_, l) =>
    PLACES.flatMap(
      (place): Layout => [
        [`layers.${l}.${place}.down`, m, C],
        [`layers.${l}.${place}.up`, C, m],
      ],
    ),
  ).flat();
  const params = allocate(layout);
  for (const [name] of layout.filter(([name]) => name.endsWith(".down"))) {
    const {data} = params.views[name];
    for (let i = 0; i < data.length; i++) data[i] = normal(random) / Math.sqrt(C);
  }
  const pair = ({views}: Tensors, at: string) => ({down: views[`${at}.down`], up: views[`${at}.up`]});
  const view = (shown: Tensors): Brought[] =>
    Array.from({length: L}, (_, l) => ({
      bottlenecks: {attention: pair(shown, `layers.${l}.attention`), mlp: pair(shown, `layers.${l}.mlp`)},
    }));
  const at = (place: (typeof PLACES)[number], l: number) => `layers.${l}.${place}`;
  return {
    params,
    view,
    onHeap: (numbers, l) => ({
      bottlenecks: {attention: heapBottleneck(numbers, at("attention", l)), mlp: heapBottleneck(numbers, at("mlp", l))},
    }),
  };
}
