// Writes src/engine/kernels/kernels.wasm.ts anew from the AssemblyScript beside it: `npm run kernels`.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import asc from "assemblyscript/asc";

const folder = join(import.meta.dirname, "../../engine/kernels");

/** Compiles AssemblyScript files, given by their paths → the module's bytes. Throws what the compiler says. */
export async function compile(paths: readonly string[]): Promise<Uint8Array> {
  const out = mkdtempSync(join(tmpdir(), "kernels-"));
  const options = "--optimizeLevel 3 --shrinkLevel 1 --converge --noAssert --runtime stub --use abort=";
  const host = "--enable simd --importMemory --noExportMemory --outFile";
  const {error, stderr} = await asc.main([...paths, ...`${options} ${host}`.split(" "), join(out, "out.wasm")]);
  if (error) throw new Error(`kernels: AssemblyScript refuses ${paths.join(", ")}\n${stderr}`);
  const bytes = readFileSync(join(out, "out.wasm"));
  rmSync(out, {recursive: true});
  return bytes;
}

/** The files whose exports are the module's; rows.as.ts they import. */
const entries = ["gemm.as.ts", "softmax.as.ts", "norms.as.ts", "adamw.as.ts"];

/** The kernels' own module, compiled now. */
export const compileKernels = () => compile(entries.map((file) => join(folder, file)));

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const hex = Buffer.from(await compileKernels()).toString("hex");
  const text = `/** The kernels' *.as.ts, compiled by \`npm run kernels\`; a test compiles them again and compares. In digits because gzip makes a fifth less of them than of base64. */
export const hex =
  "${hex}";
`;
  writeFileSync(join(folder, "kernels.wasm.ts"), text);
  process.stdout.write(`kernels.wasm.ts: ${Math.round(hex.length / 2).toLocaleString("en-US")} bytes\n`);
}
