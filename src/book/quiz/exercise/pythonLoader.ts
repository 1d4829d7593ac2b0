import {fromBase64} from "../../../engine/adapters/base64.ts";
import {workerSource} from "./harness.ts";

/** MicroPython for a worker: the worker's source and the WebAssembly. */
export interface MicroPython {
  source: string;
  wasm: ArrayBuffer;
}

/** The text or the bytes of a `?packed` import (packedFiles.ts). */
const unpack = (packed: string) =>
  new Response(new Blob([fromBase64(packed)]).stream().pipeThrough(new DecompressionStream("gzip")));

let loading: Promise<MicroPython> | undefined;

/** Loads and unpacks both files of MicroPython. */
async function loadFiles(): Promise<MicroPython> {
  const [script, wasm] = await Promise.all([
    import("@micropython/micropython-webassembly-pyscript/micropython.mjs?packed"),
    import("@micropython/micropython-webassembly-pyscript/micropython.wasm?packed"),
  ]);
  const source = workerSource(await unpack(script.default).text());
  return {source, wasm: await unpack(wasm.default).arrayBuffer()};
}

/**
 * Loads MicroPython when the first program is run: as scripts, because a page that runs readers' programs may fetch nothing else.
 * If they do not load, they are asked for again with the next program.
 */
export function loadMicroPython(): Promise<MicroPython> {
  loading ??= loadFiles().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
