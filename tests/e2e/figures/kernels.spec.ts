import {expect, test} from "@playwright/test";
import {build} from "esbuild";
import {KEPT} from "../../engine/kernels/checksum.ts";
import {KEPT_RUNS} from "../../engine/kernels/run.ts";
import {workerAnswer} from "../../engine/kernels/workerAnswer.ts";

const stdin = {
  contents: 'export {checksum} from "./checksum.ts"; export {fortySteps} from "./run.ts";',
  resolveDir: new URL("../../engine/kernels/", import.meta.url).pathname,
};
const options = {bundle: true, write: false, format: "iife", globalName: "kernels", target: "es2023"} as const;
const kept = [{path: "simd", bits: KEPT}, KEPT_RUNS];
const answers = "[kernels.checksum(), kernels.fortySteps()]";

async function code(): Promise<string> {
  const {outputFiles} = await build({stdin, ...options});
  return outputFiles[0]!.text;
}

test("on our pages, under their policy, the SIMD path runs and gives the bits that Node gives", async ({page}) => {
  await page.goto("/");
  expect(await page.evaluate(`(() => { ${await code()}; return ${answers}; })()`)).toEqual(kept);
});

test("so it does in a worker", async ({page}) => {
  const body = `${await code()}; postMessage(${answers});`;
  await page.route("**/checksum.js", (route) => route.fulfill({contentType: "text/javascript", body}));
  await page.goto("/");
  const answer = await page.evaluate(workerAnswer, "/checksum.js");
  expect(answer).toEqual(kept);
});
