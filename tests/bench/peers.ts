/** The libraries we compare with, from tests/bench/package.json: only what is called here, in our own words. */

export interface Tensor {
  dataSync(): Float32Array;
  dispose(): void;
}

/** One argument and one result. */
type Unary = (x: Tensor) => Tensor;
type Binary = (a: Tensor, b: Tensor | number) => Tensor;

export interface Tf {
  setBackend(name: "wasm"): Promise<boolean>;
  getBackend(): string;
  env(): {getAsync(flag: string): Promise<unknown>};
  tensor(values: Float32Array | Int32Array, shape: number[], dtype?: "int32"): Tensor;
  tensor2d(values: Float32Array, shape: [number, number]): Tensor;
  variable(start: Tensor, trainable: boolean, name: string): Tensor;
  matMul(a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor;
  add: Binary;
  mul: Binary;
  div: Binary;
  square: Unary;
  rsqrt: Unary;
  relu: Unary;
  softmax: Unary;
  logSoftmax: Unary;
  sum: Unary;
  mean(x: Tensor, axis: number, keepDims: boolean): Tensor;
  gather(x: Tensor, indices: Tensor): Tensor;
  reshape(x: Tensor, shape: number[]): Tensor;
  transpose(x: Tensor, order: number[]): Tensor;
  tidy<Result>(work: () => Result): Result;
  variableGrads(loss: () => Tensor, variables: Tensor[]): {value: Tensor; grads: Record<string, Tensor>};
  train: {
    adam(
      rate: number,
      beta1: number,
      beta2: number,
      eps: number,
    ): {applyGradients(grads: Record<string, Tensor>): void};
  };
}

/** An array of jax-js. */
export interface JaxArray {
  /** Itself once more: every use takes one. */
  ref: JaxArray;
  shape: number[];
  reshape(shape: number[]): JaxArray;
  transpose(order: number[]): JaxArray;
  add(other: JaxArray | number): JaxArray;
  sub(other: JaxArray | number): JaxArray;
  mul(other: JaxArray | number): JaxArray;
  div(other: JaxArray | number): JaxArray;
  dataSync(): Float32Array;
  dispose(): void;
}

type JaxUnary = (x: JaxArray) => JaxArray;

export interface Jax {
  init(device: "wasm"): Promise<string[]>;
  defaultDevice(device?: "wasm"): string;
  numpy: {
    array(values: Float32Array): JaxArray;
    zeros(shape: number[]): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    mean(x: JaxArray, axis: number, options: {keepdims: boolean}): JaxArray;
    split(x: JaxArray, parts: number): JaxArray[];
    square: JaxUnary;
    sqrt: JaxUnary;
    reciprocal: JaxUnary;
    sum: JaxUnary;
  };
  nn: {
    relu: JaxUnary;
    softmax(x: JaxArray, axis: number): JaxArray;
    logSoftmax(x: JaxArray, axis: number): JaxArray;
  };
  tree: {map(change: (x: JaxArray) => JaxArray, arrays: Record<string, JaxArray>): Record<string, JaxArray>};
  jit<Of extends (...args: never[]) => unknown>(of: Of): Of;
  valueAndGrad<Args extends unknown[]>(
    loss: (params: Record<string, JaxArray>, ...rest: Args) => JaxArray,
  ): (params: Record<string, JaxArray>, ...rest: Args) => [JaxArray, Record<string, JaxArray>];
}

interface MlMatrix {
  Matrix: new (rows: number, cols: number) => MlInstance;
  SVD: new (matrix: MlInstance, options: {autoTranspose: boolean}) => {diagonal: number[]};
}

interface MlInstance {
  set(i: number, j: number, value: number): void;
  mmul(other: MlInstance): MlInstance;
  to1DArray(): number[];
}

export interface Peers {
  tf: Tf;
  jax: Jax;
  ml: MlMatrix;
  numeric: {svd(rows: number[][]): {S: number[]}};
  svdJs: {SVD(rows: number[][]): {q: number[]}};
}

/** The settings of tfjs' WebAssembly backend. */
export interface TfWasm {
  setThreadsCount(count: number): void;
  setWasmPaths(folder: string): void;
}

/** Starts the peers. Throws unless tfjs runs on WebAssembly with SIMD and jax-js on WebAssembly; on one thread, as we do. */
export async function start({tf, jax}: Peers, wasm: TfWasm): Promise<void> {
  wasm.setThreadsCount(1);
  await tf.setBackend("wasm");
  if (tf.getBackend() !== "wasm") throw new Error(`bench: tfjs runs on ${tf.getBackend()}, not on wasm`);
  if ((await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) !== true)
    throw new Error("bench: tfjs-wasm runs without SIMD");
  await jax.init("wasm");
  if (jax.defaultDevice("wasm") !== "wasm") throw new Error("bench: jax-js does not run on wasm");
}
