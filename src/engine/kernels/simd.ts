/** The compiled kernels: whether this host runs them, and how they are started. */

import type {Wasm, WasmMemory, WasmModule} from "./heap.ts";
import {hex} from "./kernels.wasm.ts";
import type {Routines} from "./routines.ts";

declare const WebAssembly: Wasm;

/** The path that the host allows: `simd`, or `plain` and the reason in words. */
export type SimdProbe = {path: "simd"; module: WasmModule} | {path: "plain"; why: string};

/** The kernels as WebAssembly bytes, which the host still has to compile. */
export const kernelBytes = (): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g)!, (hexPair) => Number.parseInt(hexPair, 16));

/** The shortest module, without SIMD. A host that refuses it too refuses all WebAssembly. */
const emptyModule = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

const compileModule = (code: Uint8Array<ArrayBuffer>): WasmModule => new WebAssembly.Module(code);

/**
 * Tries to compile the kernels, synchronously, since they are small enough for the main thread. Our own pages allow it
 * (`'wasm-unsafe-eval'` in their policy); a page of another site may not. Tests pass their own `compile`.
 */
export function probeSimd(compile = compileModule): SimdProbe {
  if (typeof WebAssembly === "undefined") return {path: "plain", why: "this host has no WebAssembly"};
  try {
    return {path: "simd", module: compile(kernelBytes())};
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {path: "plain", why: `${reasonOf(compile)} (${message})`};
  }
}

function reasonOf(compile: typeof compileModule): string {
  try {
    compile(emptyModule);
    return "this host runs WebAssembly but not its SIMD instructions";
  } catch {
    return "this page may not compile WebAssembly; its policy needs script-src 'wasm-unsafe-eval'";
  }
}

/** The routines of the compiled module, working on `memory`. */
export function instantiate(module: WasmModule, memory: WasmMemory): Routines {
  const {exports} = new WebAssembly.Instance(module, {env: {memory}});
  return exports as Routines;
}
