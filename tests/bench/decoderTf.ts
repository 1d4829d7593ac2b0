/** The exercise in TensorFlow.js on its WebAssembly backend; its own Adam, its own gradients. */
import {adam, type Exercise, type Given, type Runner} from "./exercise.ts";
import type {Tensor, Tf} from "./peers.ts";

let runnerCount = 0;

export function decoderTf(tf: Tf, exercise: Exercise): Runner {
  const {weights, loras, lora, batch, counted} = exercise;
  const {V, T, C, H, L} = exercise.sizes;
  const {B} = batch;
  const N = B * T;
  const id = runnerCount++;
  const variable = ({name, shape, values}: Given) =>
    tf.variable(
      tf.tensor(values, shape),
      loras.some((one) => one.name === name),
      `${id} ${name}`,
    );
  const w = Object.fromEntries([...weights, ...loras].map((one) => [one.name, variable(one)]));
  const hidden = tf.tensor(exercise.mask, [T, T]);
  const tokens = tf.tensor(batch.tokens, [N], "int32");
  const wanted = tf.tensor(exercise.wanted, [N, V]);

  const normed = (x: Tensor, gain: Tensor) =>
    tf.mul(tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), 1e-5))), gain);
  const split = (x: Tensor) => tf.transpose(tf.reshape(x, [B, T, H, C / H]), [0, 2, 1, 3]);
  const project = (x: Tensor, at: string) => {
    const h = tf.matMul(x, w[at]!);
    if (!w[`${at}.A`]) return h;
    return tf.add(h, tf.mul(tf.matMul(tf.matMul(x, w[`${at}.A`]!), w[`${at}.B`]!), lora.alpha / lora.r));
  };

  function logits(): Tensor {
    let x = tf.reshape(tf.add(tf.reshape(tf.gather(w.wte!, tokens), [B, T, C]), w.wpe!), [N, C]);
    for (let l = 0; l < L; l++) {
      const at = (name: string) => `layers.${l}.${name}`;
      const h = normed(x, w[at("norm1")]!);
      const [q, k, v] = ["Wq", "Wk", "Wv"].map((name) => split(project(h, at(name))));
      const scores = tf.add(tf.mul(tf.matMul(q!, k!, false, true), 1 / Math.sqrt(C / H)), hidden);
      const y = tf.reshape(tf.transpose(tf.matMul(tf.softmax(scores), v!), [0, 2, 1, 3]), [N, C]);
      x = tf.add(x, project(y, at("Wo")));
      x = tf.add(x, project(tf.relu(project(normed(x, w[at("norm2")]!), at("W1"))), at("W2")));
    }
    return tf.matMul(normed(x, w.norm!), w.head!);
  }

  const optimizer = tf.train.adam(adam.rate, adam.beta1, adam.beta2, adam.eps);
  const loss = () => tf.div(tf.sum(tf.mul(tf.logSoftmax(logits()), wanted)), -counted);
  return {
    logits: tf.tidy(() => logits().dataSync()),
    step: () =>
      tf.tidy(() => {
        const {value, grads} = tf.variableGrads(
          loss,
          loras.map(({name}) => w[name]!),
        );
        optimizer.applyGradients(grads);
        return value.dataSync()[0]!;
      }),
  };
}
