/** What PEFT made of the lab's files (tests/fixtures/in_peft.py) is said of the very files that the lab writes now. */
import {createHash} from "node:crypto";
import {unzipSync} from "fflate";
import {expect, test} from "vitest";
import record from "../../fixtures/in_peft.json" with {type: "json"};
import {takenHome} from "../../fixtures/takenHome.ts";

/** Of the largest logit: what float32 explains. */
const ROOM = 2e-6;

const READ = ["adapter_config.json", "adapter_model.safetensors", "base.safetensors"];
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("PEFT has opened the lab's LoRAs as they are written now, and its logits are the engine's", async () => {
  const archives = (await takenHome()).map(({name, archive}) => [name, unzipSync(archive)] as const);
  const written = archives
    .filter(([, files]) => files["adapter_config.json"])
    .map(([name, files]) => [name, Object.fromEntries(READ.map((file) => [file, hash(files[file]!)]))]);
  const runs = Object.entries(record.runs);
  expect(runs.map(([name]) => name).sort()).toEqual(["digits-all", "names-all", "names-qv"]);
  expect(Object.fromEntries(runs.map(([name, {files}]) => [name, files]))).toEqual(Object.fromEntries(written));
  for (const [name, {largestDifference}] of runs) {
    expect(largestDifference, name).toBeGreaterThan(0);
    expect(largestDifference, name).toBeLessThanOrEqual(ROOM);
  }
  expect(record.peft).toBe("0.20.0");
});
