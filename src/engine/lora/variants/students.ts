/**
 * LoRA and its successors as problems for `train`, each looking for the same weight W* (d × k). The loss is
 * ½‖W′ − W*‖²_F, which is the mean of ½‖W′x − W*x‖² over all x ~ N(0, I), so that no example has to be drawn.
 */

import {add, type Matrix, matmulTA, matmulTB, scale, subtract} from "../../linalg/matrix.ts";
import {allocate, type Tensors} from "../../network/parameters.ts";
import type {Problem} from "../../training/train.ts";
import {type Lora, merge, scaling} from "../lora.ts";
import {doraBackward, doraWeight, initDora} from "./dora.ts";
import {initVera, veraBackward, veraDelta} from "./vera.ts";

/** A problem that also says what weight its parameters amount to now: W′ (d × k), merged. */
export interface Student extends Problem {
  weight(): Matrix;
}

type Grads = Tensors["views"];

/** The problem of a weight and of the way back from G = ∂L/∂W′ to the gradients of its parameters, which it adds. */
function student(
  params: Tensors,
  star: Matrix,
  weight: () => Matrix,
  back: (G: Matrix, grads: Grads) => void,
): Student {
  return {
    params,
    weight,
    loss({views}) {
      const G = subtract(weight(), star);
      back(G, views);
      return 0.5 * G.data.reduce((sum, g) => sum + g * g, 0);
    },
  };
}

const addTo = ({data}: Matrix, gradient: Pick<Matrix, "data">) => {
  for (let i = 0; i < data.length; i++) data[i] += gradient.data[i];
};

/** A pair's places by names that end as `loraPlusRates` asks. */
const pairLayout = ({A, B}: Lora) =>
  [
    ["W.A", A.rows, A.cols],
    ["W.B", B.rows, B.cols],
  ] as const;

/** The same adapter with its A and B as views of `params`, which start as they are. */
function placed(lora: Lora, params: Tensors): Lora {
  const {"W.A": A, "W.B": B} = params.views;
  A.data.set(lora.A.data);
  B.data.set(lora.B.data);
  return {...lora, A, B};
}

/** All of W (d × k), from W0 on. */
export function fullWeightStudent(W0: Matrix, star: Matrix): Student {
  const params = allocate([["W", W0.rows, W0.cols]]);
  params.views.W.data.set(W0.data);
  return student(
    params,
    star,
    () => params.views.W,
    (G, {W}) => addTo(W, G),
  );
}

/**
 * A and B from where `lora` has them, over a frozen `base` (d × k): W′ = base + (alpha / r)·B·A. With base = W0 it is
 * LoRA; with alpha from `rankStabilized`, rsLoRA; with base and lora from `initPissa` or `initLoftq`, those.
 * dA = s·Bᵀ·G and dB = s·G·Aᵀ, s = alpha / r.
 */
export function loraWeightStudent(base: Matrix, lora: Lora, star: Matrix): Student {
  const params = allocate(pairLayout(lora));
  const own = placed(lora, params);
  const s = scaling(lora);
  return {
    ...student(
      params,
      star,
      () => merge(base, own),
      (G, {"W.A": A, "W.B": B}) => {
        const scaled = scale(G, s);
        addTo(A, matmulTA(own.B, scaled));
        addTo(B, matmulTB(scaled, own.A));
      },
    ),
    scaling: s,
  };
}

/** DoRA: A, B and the k magnitudes m. */
export function doraStudent(W0: Matrix, lora: Lora, star: Matrix): Student {
  const params = allocate([...pairLayout(lora), ["W.m", 1, W0.cols]] as const);
  const own = {W0, lora: placed(lora, params), m: params.views["W.m"].data};
  own.m.set(initDora(W0, lora).m);
  return {
    ...student(
      params,
      star,
      () => doraWeight(own),
      (G, {"W.A": A, "W.B": B, "W.m": m}) => {
        const {dA, dB, dm} = doraBackward(own, G);
        addTo(A, dA);
        addTo(B, dB);
        addTo(m, {data: dm});
      },
    ),
    scaling: scaling(lora),
  };
}

/** VeRA: the vectors b (d) and d (r) over shared A (r × k) and B (d × r), which stay as they are. */
export function veraStudent(W0: Matrix, shared: {A: Matrix; B: Matrix}, star: Matrix): Student {
  const start = initVera(shared);
  const params = allocate([
    ["W.b", 1, start.b.length],
    ["W.d", 1, start.d.length],
  ]);
  const {"W.b": b, "W.d": d} = params.views;
  d.data.set(start.d);
  const own = {...shared, b: b.data, d: d.data};
  return student(
    params,
    star,
    () => add(W0, veraDelta(own)),
    (G, grads) => {
      const {db, dd} = veraBackward(own, G);
      addTo(grads["W.b"], {data: db});
      addTo(grads["W.d"], {data: dd});
    },
  );
}
