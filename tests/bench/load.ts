/** The peers in Node: from the packages as they are. */
import {readFileSync} from "node:fs";
import {build} from "esbuild";
import bench from "./package.json" with {type: "json"};
import {type Peers, start, type TfWasm} from "./peers.ts";

/** By a name in a variable, so that types can be checked without the packages. */
const load = <Package>(name: string): Promise<Package> => import(name);

/**
 * tfjs-core leaves its gradients to whoever wants them, in a file that only a bundler can read; what it registers is
 * kept in the global scope, so a bundle of that file alone does it.
 */
async function loadGradients(): Promise<void> {
  const entry = new URL("node_modules/@tensorflow/tfjs-core/dist/register_all_gradients.js", import.meta.url).pathname;
  const {outputFiles} = await build({entryPoints: [entry], bundle: true, write: false, format: "esm"});
  await load(`data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString("base64")}`);
}

/** Loads them all, and starts them. */
export async function loadPeers(): Promise<Peers> {
  const tf = await load<Peers["tf"]>("@tensorflow/tfjs-core");
  await loadGradients();
  const wasm = await load<TfWasm>("@tensorflow/tfjs-backend-wasm");
  const {default: numeric} = await load<{default: Peers["numeric"]}>("numeric");
  const [jax, ml] = [await load<Peers["jax"]>("@jax-js/jax"), await load<Peers["ml"]>("ml-matrix")];
  const peers = {tf, jax, ml, numeric, svdJs: await load<Peers["svdJs"]>("svd-js")};
  await start(peers, wasm);
  return peers;
}

/** Where the engine ran, and which versions of the peers stand installed. */
export function versions(host: string): string {
  const names = Object.keys(bench.dependencies);
  const installed = names.map((name) => {
    const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
    return `${name} ${JSON.parse(readFileSync(file, "utf8")).version}`;
  });
  return `${host}, ${installed.join(", ")}`;
}
