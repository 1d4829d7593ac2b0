/** Writes src/engine/kernels/kernels.wasm.ts anew from the AssemblyScript beside it: `npm run kernels`. */
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import asc from "assemblyscript/asc";

const folder = join(import.meta.dirname, "../engine/kernels");
/** The files whose exports the module has. They import rows.as.ts. */
const sources = ["gemm.as.ts", "softmax.as.ts", "norms.as.ts", "adamw.as.ts"].map((file) => join(folder, file));

/** The bytes of the kernels' module, compiled now. Throws what the compiler says. */
export async function compileKernels(): Promise<Uint8Array> {
  const out = mkdtempSync(join(tmpdir(), "kernels-"));
  const options = "--optimizeLevel 3 --shrinkLevel 1 --converge --noAssert --runtime stub --use abort=";
  const host = "--enable simd --importMemory --noExportMemory --outFile";
  const {error, stderr} = await asc.main([...sources, ...`${options} ${host}`.split(" "), join(out, "out.wasm")]);
  if (error) throw new Error(`kernels: AssemblyScript refuses ${sources.join(", ")}\n${stderr}`);
  const bytes = readFileSync(join(out, "out.wasm"));
  rmSync(out, {recursive: true});
  return bytes;
}

if (import.meta.main) {
  const hex = Buffer.from(await compileKernels()).toString("hex");
  const text = `/** The kernels' *.as.ts, compiled by \`npm run kernels\`; a test compiles them again and compares. In digits because gzip makes a fifth less of them than of base64. */
export const hex =
  "${hex}";
`;
  writeFileSync(join(folder, "kernels.wasm.ts"), text);
  process.stdout.write(`kernels.wasm.ts: ${Math.round(hex.length / 2).toLocaleString("en-US")} bytes\n`);
}
