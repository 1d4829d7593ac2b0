// Types of the two kinds of import that TypeScript does not know.

declare module "*?packed" {
  /** The file as gzip in base64 (packedFiles.ts). */
  const packed: string;
  export default packed;
}

declare module "@micropython/micropython-webassembly-pyscript/micropython.mjs" {
  export const loadMicroPython: import("./harness.ts").LoadPython;
}
