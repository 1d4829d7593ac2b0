// Writes src/engine/kernels/*.wasm.ts anew from the AssemblyScript beside them: `npm run kernels`.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import asc from "assemblyscript/asc";

const folder = join(import.meta.dirname, "../engine/kernels");

/** Compiles AssemblyScript files, given by their paths → the module's bytes. Throws what the compiler says. */
export async function compileAssemblyScript(paths: readonly string[]): Promise<Uint8Array> {
  const out = mkdtempSync(join(tmpdir(), "kernels-"));
  const options = "--optimizeLevel 3 --shrinkLevel 1 --converge --noAssert --runtime stub --use abort=";
  const host = "--enable simd --importMemory --noExportMemory --outFile";
  const {error, stderr} = await asc.main([...paths, ...`${options} ${host}`.split(" "), join(out, "out.wasm")]);
  if (error) throw new Error(`kernels: AssemblyScript refuses ${paths.join(", ")}\n${stderr}`);
  const bytes = readFileSync(join(out, "out.wasm"));
  rmSync(out, {recursive: true});
  return bytes;
}

/**
 * The modules, by the path of the file that holds their bytes, with the files whose exports they have. These import
 * rows.as.ts. The products are a separate module because only the inspector loads them.
 */
const modules = {
  kernels: ["gemm.as.ts", "softmax.as.ts", "norms.as.ts", "adamw.as.ts"],
  "gram/products": ["gram/products.as.ts"],
};

/** A module, compiled now. */
export const compileKernels = (name: keyof typeof modules = "kernels") =>
  compileAssemblyScript(modules[name].map((file) => join(folder, file)));

const descriptions: Readonly<Record<keyof typeof modules, string>> = {
  kernels: "The kernels' *.as.ts, compiled",
  "gram/products": "products.as.ts, compiled",
};

if (import.meta.main) {
  for (const name of ["kernels", "gram/products"] as const) {
    const hex = Buffer.from(await compileKernels(name)).toString("hex");
    const text = `/** ${descriptions[name]} by \`npm run kernels\`; a test compiles them again and compares. In digits because gzip makes a fifth less of them than of base64. */
export const hex =
  "${hex}";
`;
    writeFileSync(join(folder, `${name}.wasm.ts`), text);
    process.stdout.write(`${name}.wasm.ts: ${Math.round(hex.length / 2).toLocaleString("en-US")} bytes\n`);
  }
}
