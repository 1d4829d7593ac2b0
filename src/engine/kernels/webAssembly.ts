/** The little of WebAssembly's interface that the kernels use. Declared here so that their types need no DOM library. */

/** A `WebAssembly.Memory`. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** A `WebAssembly.Module`, which nothing looks into. */
export type WasmModule = object;

/** The global `WebAssembly`, where a host has it. */
export interface Wasm {
  Memory: new (pages: {initial: number; maximum: number}) => WasmMemory;
  Module: new (code: Uint8Array<ArrayBuffer>) => WasmModule;
  Instance: new (module: WasmModule, imports: object) => {exports: unknown};
}
