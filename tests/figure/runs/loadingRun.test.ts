import {expect, test, vi} from "vitest";
import {loadingRun} from "../../../src/figure/runs/loadingRun.ts";

function promised() {
  let resolve!: (source: Iterator<unknown>) => void;
  const promise = new Promise<Iterator<unknown>>((done) => {
    resolve = done;
  });
  return {promise, resolve};
}

const next = (slice: () => void) => void setTimeout(slice, 0);

function started(coming: Promise<Iterator<unknown>>) {
  const said: unknown[] = [];
  const job = loadingRun(
    coming,
    {
      result: (snapshot, index) => said.push([snapshot, index]),
      end: () => said.push("end"),
      fail: (reason) => said.push(`fail: ${reason}`),
    },
    next,
  );
  return {said, job};
}

test("nothing is said until the model is there; then what was pressed is done in its order", async () => {
  const {promise, resolve} = promised();
  const {said, job} = started(promise);
  job.play();
  job.pause();
  job.step();
  await new Promise((after) => setTimeout(after, 30));
  expect(said).toEqual([]);
  resolve(["a", "b", "c"].values());
  await vi.waitFor(() => expect(said.at(-1)).toEqual(["b", 1]));
  await new Promise((after) => setTimeout(after, 30));
  expect(said.at(-1)).toEqual(["b", 1]);
  job.play();
  await vi.waitFor(() => expect(said.at(-1)).toBe("end"));
});

test("a model that does not come is a failure in words", async () => {
  const {said} = started(Promise.reject(new Error("train.model.js did not load")));
  await vi.waitFor(() => expect(said).toEqual(["fail: train.model.js did not load"]));
});

test("cancelled before it came, the run says nothing", async () => {
  const {promise, resolve} = promised();
  const {said, job} = started(promise);
  job.play();
  job.cancel();
  resolve([1, 2].values());
  await new Promise((after) => setTimeout(after, 30));
  expect(said).toEqual([]);
});
