/**
 * Full fine-tuning, LoRA and its successors as problems for `train`, each looking for a target weight W* (d × k). The loss is
 * ½‖W′ − W*‖²_F, which equals the mean of ½‖W′x − W*x‖² over all x ~ N(0, I), so no examples are needed.
 */

import {add, type Matrix, matmulTA, matmulTB, scale, subtract} from "../../linalg/matrix.ts";
import {allocate, type Tensors} from "../../network/parameters.ts";
import type {Problem} from "../../training/train.ts";
import {type Lora, merge, scaling} from "../lora.ts";
import {doraBackward, doraWeight, initDora} from "./dora.ts";
import {initVera, veraBackward, veraDelta} from "./vera.ts";

/** A problem that can also give its present merged weight W′ (d × k). */
export interface Student extends Problem {
  weight(): Matrix;
}

type Grads = Tensors["views"];

/** Makes a problem of the merged weight and its backward, which adds to the parameters' gradients from G = ∂L/∂W′. */
function makeStudent(
  params: Tensors,
  target: Matrix,
  weight: () => Matrix,
  backward: (G: Matrix, grads: Grads) => void,
): Student {
  return {
    params,
    weight,
    loss(dparams) {
      const G = subtract(weight(), target);
      backward(G, dparams.views);
      return 0.5 * G.data.reduce((sum, g) => sum + g * g, 0);
    },
  };
}

const addTo = ({data}: Matrix, gradient: Pick<Matrix, "data">) => {
  for (let i = 0; i < data.length; i++) data[i] += gradient.data[i];
};

/** The layout of A and B, under names that `loraPlusRates` understands. */
const loraLayout = ({A, B}: Lora) =>
  [
    ["W.A", A.rows, A.cols],
    ["W.B", B.rows, B.cols],
  ] as const;

/** Copies A and B into `params` → the adapter that reads them from there. */
function loraIn(params: Tensors, lora: Lora): Lora {
  const {"W.A": A, "W.B": B} = params.views;
  A.data.set(lora.A.data);
  B.data.set(lora.B.data);
  return {...lora, A, B};
}

/** Full fine-tuning: all of W (d × k) trains, starting from W0. */
export function fullWeightStudent(W0: Matrix, target: Matrix): Student {
  const params = allocate([["W", W0.rows, W0.cols]]);
  params.views.W.data.set(W0.data);
  return makeStudent(
    params,
    target,
    () => params.views.W,
    (G, {W: dW}) => addTo(dW, G),
  );
}

/**
 * A and B train, starting from `lora`'s, over a frozen `base` (d × k): W′ = base + (alpha / r)·B·A. Base = W0 gives
 * LoRA, an alpha from `toRslora` gives rsLoRA, and base and lora from `initPissa` or `initLoftq` give PiSSA or
 * LoftQ. dA = s·Bᵀ·G and dB = s·G·Aᵀ with s = alpha / r.
 */
export function loraWeightStudent(base: Matrix, lora: Lora, target: Matrix): Student {
  const params = allocate(loraLayout(lora));
  const trainedLora = loraIn(params, lora);
  const s = scaling(lora);
  return {
    ...makeStudent(
      params,
      target,
      () => merge(base, trainedLora),
      (G, {"W.A": dA, "W.B": dB}) => {
        const scaled = scale(G, s);
        addTo(dA, matmulTA(trainedLora.B, scaled));
        addTo(dB, matmulTB(scaled, trainedLora.A));
      },
    ),
    scaling: s,
  };
}

/** DoRA: A, B and the d magnitudes m train. */
export function doraStudent(W0: Matrix, lora: Lora, target: Matrix): Student {
  const params = allocate([...loraLayout(lora), ["W.m", 1, W0.rows]] as const);
  const dora = {W0, lora: loraIn(params, lora), m: params.views["W.m"].data};
  dora.m.set(initDora(W0, lora).m);
  return {
    ...makeStudent(
      params,
      target,
      () => doraWeight(dora),
      (G, grads) => {
        const {dA, dB, dm} = doraBackward(dora, G);
        addTo(grads["W.A"], dA);
        addTo(grads["W.B"], dB);
        addTo(grads["W.m"], {data: dm});
      },
    ),
    scaling: scaling(lora),
  };
}

/** VeRA: the vectors b (d) and d (r) train, over the frozen `matrices` A (r × k) and B (d × r), which layers share. */
export function veraStudent(W0: Matrix, matrices: {A: Matrix; B: Matrix}, target: Matrix): Student {
  const start = initVera(matrices);
  const params = allocate([
    ["W.b", 1, start.b.length],
    ["W.d", 1, start.d.length],
  ]);
  const {"W.b": b, "W.d": d} = params.views;
  d.data.set(start.d);
  const vera = {...matrices, b: b.data, d: d.data};
  return makeStudent(
    params,
    target,
    () => add(W0, veraDelta(vera)),
    (G, grads) => {
      const {db, dd} = veraBackward(vera, G);
      addTo(grads["W.b"], {data: db});
      addTo(grads["W.d"], {data: dd});
    },
  );
}
