import {expect, test} from "vitest";
import {createKernels} from "../../../src/engine/kernels/createKernels.ts";
import {createHeap} from "../../../src/engine/kernels/heap.ts";
import {hex} from "../../../src/engine/kernels/kernels.wasm.ts";
import {kernelBytes, probeSimd} from "../../../src/engine/kernels/simd.ts";
import {compileKernels} from "../../../src/tools/kernels.ts";

test("the bytes in the repository are those that the locked compiler makes of the source, about 6 kB", async () => {
  expect(Buffer.from(await compileKernels()).toString("hex")).toBe(hex);
  expect(kernelBytes().length).toBeLessThanOrEqual(6144);
});

test("Node runs the SIMD path", () => {
  expect(probeSimd().path).toBe("simd");
  expect(createKernels(createHeap(1_000_000)).path).toBe("simd");
});

test("a page that may not compile WebAssembly gets the plain path and the reason", () => {
  const found = probeSimd(() => {
    throw new Error("Refused to compile");
  });
  expect(found).toEqual({
    path: "plain",
    why: "this page may not compile WebAssembly; its policy needs script-src 'wasm-unsafe-eval' (Refused to compile)",
  });
  expect(createKernels(createHeap(1), found).path).toBe("plain");
});

test("a host with WebAssembly but without SIMD gets the plain path too", () => {
  const found = probeSimd((code) => {
    if (code.length > 8) throw new Error("invalid opcode 0xfd");
    return new WebAssembly.Module(code);
  });
  expect(found).toEqual({
    path: "plain",
    why: "this host runs WebAssembly but not its SIMD instructions (invalid opcode 0xfd)",
  });
});

test("a heap that is too small for the kernels' working space throws", () => {
  expect(() => createKernels(createHeap(1))).toThrow("heap: 67,616 numbers of 4 bytes need");
});
