/** The exercise in jax-js on its WebAssembly backend: the whole step, gradients and AdamW, compiled by `jit`. */
import {adam, type Exercise, type Given, type Runner} from "./exercise.ts";
import type {Jax, JaxArray} from "./peers.ts";

type Arrays = Record<string, JaxArray>;

/** Arrays are counted: an operation uses its arguments up, and `ref` keeps one for later. */
export function decoderJax({numpy: np, nn, tree, jit, valueAndGrad}: Jax, exercise: Exercise): Runner {
  const {weights, loras, lora, counted} = exercise;
  const {V, T, C, H, L} = exercise.sizes;
  const {B} = exercise.batch;
  const N = B * T;
  const place = (given: readonly Given[]): Arrays =>
    Object.fromEntries(given.map(({name, shape, values}) => [name, np.array(values).reshape([...shape])]));
  const keep = (arrays: Arrays) => tree.map((one) => one.ref, arrays);
  const adapted = (at: string) => loras.some(({name}) => name === `${at}.A`);

  const normed = (x: JaxArray, gain: JaxArray) =>
    x.ref.mul(np.reciprocal(np.sqrt(np.mean(np.square(x), -1, {keepdims: true}).add(1e-5)))).mul(gain);
  const split = (x: JaxArray) => x.reshape([B, T, H, C / H]).transpose([0, 2, 1, 3]);
  const project = (w: Arrays, x: JaxArray, at: string) => {
    const h = np.matmul(x.ref, w[at]!.ref);
    if (!adapted(at)) {
      x.dispose();
      return h;
    }
    const update = np.matmul(np.matmul(x, w[`${at}.A`]!.ref), w[`${at}.B`]!.ref);
    return h.add(update.mul(lora.alpha / lora.r));
  };

  function logits(w: Arrays, hot: JaxArray, hidden: JaxArray): JaxArray {
    let x = np.matmul(hot, w.wte!.ref).reshape([B, T, C]).add(w.wpe!.ref).reshape([N, C]);
    for (let l = 0; l < L; l++) {
      const at = (name: string) => `layers.${l}.${name}`;
      const h = normed(x.ref, w[at("norm1")]!.ref);
      const [q, k, v] = ["Wq", "Wk", "Wv"].map((name) => split(project(w, h.ref, at(name))));
      h.dispose();
      const scores = np
        .matmul(q!, k!.transpose([0, 1, 3, 2]))
        .mul(1 / Math.sqrt(C / H))
        .add(hidden.ref);
      const y = np.matmul(nn.softmax(scores, -1), v!).transpose([0, 2, 1, 3]).reshape([N, C]);
      x = x.add(project(w, y, at("Wo")));
      const active = nn.relu(project(w, normed(x.ref, w[at("norm2")]!.ref), at("W1")));
      x = x.add(project(w, active, at("W2")));
    }
    hidden.dispose();
    return np.matmul(normed(x, w.norm!.ref), w.head!.ref);
  }

  const frozen = place(weights);
  let params = place(loras);
  const zeros = () => tree.map((one) => np.zeros([...one.shape]), params);
  let [m, v] = [zeros(), zeros()];
  const [hot, wanted] = [exercise.hot, exercise.wanted].map((one) => np.array(one).reshape([N, V]));
  const hidden = np.array(exercise.mask).reshape([T, T]);

  const lossOf = valueAndGrad((p: Arrays, rest: Arrays, h: JaxArray, goal: JaxArray, unseen: JaxArray) =>
    np.sum(nn.logSoftmax(logits({...rest, ...p}, h, unseen), -1).mul(goal)).mul(-1 / counted),
  );
  const update = jit(
    (
      p: Arrays,
      m0: Arrays,
      v0: Arrays,
      rest: Arrays,
      h: JaxArray,
      goal: JaxArray,
      unseen: JaxArray,
      scales: JaxArray,
    ) => {
      const [loss, g] = lossOf(keep(p), rest, h, goal, unseen);
      const [scale1, scale2] = np.split(scales, 2);
      const [p1, m1, v1]: Arrays[] = [{}, {}, {}];
      for (const name of Object.keys(p)) {
        const grad = g[name]!;
        m1![name] = m0[name]!.mul(adam.beta1).add(grad.ref.mul(1 - adam.beta1));
        v1![name] = v0[name]!.mul(adam.beta2).add(np.square(grad).mul(1 - adam.beta2));
        const length = np.sqrt(v1![name]!.ref).mul(scale2!.ref).add(adam.eps);
        p1![name] = p[name]!.sub(m1![name]!.ref.mul(scale1!.ref).div(length).mul(adam.rate));
      }
      return [p1, m1, v1, loss];
    },
  ) as unknown as (...args: (Arrays | JaxArray)[]) => [Arrays, Arrays, Arrays, JaxArray];

  const said = jit(logits)({...keep(frozen), ...keep(params)}, hot!.ref, hidden.ref).dataSync();
  let [power1, power2] = [1, 1];
  return {
    logits: said,
    step() {
      power1 *= adam.beta1;
      power2 *= adam.beta2;
      const scales = np.array(Float32Array.of(1 / (1 - power1), 1 / Math.sqrt(1 - power2)));
      const [p, m1, v1, loss] = update(params, m, v, keep(frozen), hot!.ref, wanted!.ref, hidden.ref, scales);
      [params, m, v] = [p, m1, v1];
      return loss.dataSync()[0]!;
    },
  };
}
