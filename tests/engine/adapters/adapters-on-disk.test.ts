/**
 * Real adapters from public repositories. They have no licence and are not part of the project, so these tests are
 * skipped unless someone has put them beside it, with NumPy's answers in `oracle.json`.
 */
import {existsSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {readAdapter} from "../../../src/engine/adapters/peft.ts";
import {writeAdapter} from "../../../src/engine/adapters/peftWriter.ts";
import {readSafetensors} from "../../../src/engine/adapters/safetensors.ts";
import {lowRankSvd} from "../../../src/engine/linalg/lowrank.ts";
import {scaling} from "../../../src/engine/lora/lora.ts";

const folder = new URL("../../../../shared/adapters/", import.meta.url);
const present = existsSync(new URL("oracle.json", folder));
const reason = "adapters-on-disk: there is no ../shared/adapters beside the project; three real adapters are not read";
if (!present) process.stdout.write(`${reason}\n`);

interface Oracle {
  bytes: number;
  scaling: number;
  lora_params: number;
  modules: Record<string, {A: number[]; B: number[]; fro: number; sv: number[]}>;
}

const relative = (value: number, expected: number) => Math.abs(value / expected - 1);

for (const name of ["gpt2-tigrinya", "gptneox-delta", "opt-lab08"]) {
  test(`${name}: norms and singular values of every ΔW are NumPy's`, ({skip}) => {
    skip(!present, reason);
    const oracle: Oracle = JSON.parse(readFileSync(new URL("oracle.json", folder), "utf8"))[name];
    const bytes = readFileSync(new URL(`${name}/adapter_model.safetensors`, folder));
    const file = readSafetensors(bytes);
    const text = readFileSync(new URL(`${name}/adapter_config.json`, folder), "utf8");
    const adapter = readAdapter(text, file);
    const {modules, notes, others, config} = adapter;
    expect([notes, others.size, config.unknown, bytes.length]).toEqual([[], 0, [], oracle.bytes]);
    expect(new Set(modules.keys())).toEqual(new Set(Object.keys(oracle.modules)));

    let parameters = 0;
    let [worstNorm, worstValue] = [0, 0];
    for (const [module, {A, B, fro, sv}] of Object.entries(oracle.modules)) {
      const lora = modules.get(module)!;
      expect([lora.A.rows, lora.A.cols, lora.B.rows, lora.B.cols]).toEqual([...A, ...B]);
      expect([scaling(lora), lora.transposed]).toEqual([oracle.scaling, config.fan_in_fan_out]);
      parameters += lora.A.data.length + lora.B.data.length;
      const s = lowRankSvd(lora.B, lora.A).s.map((value) => value * scaling(lora));
      worstNorm = Math.max(worstNorm, relative(Math.hypot(...s), fro));
      expect(s.length).toBe(sv.length);
      for (const [i, value] of s.entries()) worstValue = Math.max(worstValue, relative(value, sv[i]));
    }
    expect(parameters).toBe(oracle.lora_params);
    expect(worstNorm).toBeLessThan(1e-12);
    expect(worstValue).toBeLessThan(1e-6);

    // Written again, the weights are the same bytes, and the config says the same in its own layout.
    const written = writeAdapter(adapter);
    expect(Buffer.compare(written.model, bytes)).toBe(0);
    expect(JSON.parse(written.config)).toEqual(JSON.parse(text));
  });
}
