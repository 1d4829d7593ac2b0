import {heapBottleneck} from "../kernels/bottlenecks.ts";
import {normal} from "../linalg/random.ts";
import type {Sizes} from "../network/architecture.ts";
import {allocate, type Layout, type Tensors} from "../network/parameters.ts";
import type {Attachment, Brought} from "./attachment.ts";

/** Where a layer has a bottleneck: after its attention and after its MLP. */
const PLACES = ["attention", "mlp"] as const;

/**
 * Bottleneck adapters of width m after the attention and after the MLP of every layer, before each result joins the
 * residual stream (Houlsby et al. 2019): 4·C·m parameters a layer. down (m,C) starts normal with deviation 1/√C and
 * up (C,m) at 0, so the model's answers change only with the first step. Throws unless m is a whole number ≥ 1.
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
  const bottleneckOf = ({views}: Tensors, name: string) => ({down: views[`${name}.down`], up: views[`${name}.up`]});
  return {
    params,
    view: (tensors): Brought[] =>
      Array.from({length: L}, (_, l) => ({
        bottlenecks: {
          attention: bottleneckOf(tensors, `layers.${l}.attention`),
          mlp: bottleneckOf(tensors, `layers.${l}.mlp`),
        },
      })),
    onHeap: (tensors, l) => ({
      bottlenecks: {
        attention: heapBottleneck(tensors, `layers.${l}.attention`),
        mlp: heapBottleneck(tensors, `layers.${l}.mlp`),
      },
    }),
  };
}
