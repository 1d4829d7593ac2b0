/** The libraries we compare with, from tests/bench/package.json: only what is called here, in our own words. */
import {readFileSync} from "node:fs";
import bench from "./package.json" with {type: "json"};

export interface Tensor {
  dataSync(): Float32Array;
  dispose(): void;
}

export interface Tf {
  setBackend(name: "wasm" | "cpu"): Promise<boolean>;
  getBackend(): string;
  env(): {getAsync(flag: string): Promise<unknown>};
  tensor2d(values: Float32Array, shape: [number, number]): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
}

interface MlMatrix {
  Matrix: new (rows: number, cols: number) => MlInstance;
  SVD: new (matrix: MlInstance, options: {autoTranspose: boolean}) => {diagonal: number[]};
}

export interface MlInstance {
  set(i: number, j: number, value: number): void;
  mmul(other: MlInstance): MlInstance;
  to1DArray(): number[];
}

export interface Peers {
  tf: Tf;
  ml: MlMatrix;
  numeric: {svd(rows: number[][]): {S: number[]}};
  svdJs: {SVD(rows: number[][]): {q: number[]}};
}

/** By a name in a variable, so that types can be checked without the packages. */
const load = <Package>(name: string): Promise<Package> => import(name);

/** Loads them all. Throws unless tfjs runs on WebAssembly with SIMD; on one thread, as we do. */
export async function loadPeers(): Promise<Peers> {
  const tf = await load<Tf>("@tensorflow/tfjs-core");
  await load("@tensorflow/tfjs-backend-cpu");
  const wasm = await load<{setThreadsCount(count: number): void}>("@tensorflow/tfjs-backend-wasm");
  wasm.setThreadsCount(1);
  await tf.setBackend("wasm");
  if (tf.getBackend() !== "wasm") throw new Error(`bench: tfjs runs on ${tf.getBackend()}, not on wasm`);
  if ((await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) !== true)
    throw new Error("bench: tfjs-wasm runs without SIMD");
  const {default: numeric} = await load<{default: Peers["numeric"]}>("numeric");
  return {tf, ml: await load<MlMatrix>("ml-matrix"), numeric, svdJs: await load<Peers["svdJs"]>("svd-js")};
}

/** Which versions stand installed. */
export function versions(): string {
  const names = Object.keys(bench.dependencies);
  const installed = names.map((name) => {
    const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
    return `${name} ${JSON.parse(readFileSync(file, "utf8")).version}`;
  });
  return `node ${process.version}, ${installed.join(", ")}`;
}
