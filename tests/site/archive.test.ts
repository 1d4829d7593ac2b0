import {unzipSync} from "fflate";
import {expect, test, vi} from "vitest";
import {archive} from "../../src/site/archive.ts";

const contents = {"a.txt": "Δ".repeat(1000), "b/c.bin": Uint8Array.of(1, 2, 3), empty: ""};

test.each([0, 9] as const)("an archive of level %d opens to the files it was made of", (level) => {
  const files = unzipSync(archive(contents, level));
  expect(new TextDecoder().decode(files["a.txt"])).toBe(contents["a.txt"]);
  expect(files["b/c.bin"]).toEqual(contents["b/c.bin"]);
  expect(files.empty).toHaveLength(0);
});

test("the same files give the same bytes on any day and in any time zone, and text is compressed", () => {
  const bytes = archive(contents);
  for (const zone of ["Pacific/Kiritimati", "America/Anchorage"]) {
    vi.stubEnv("TZ", zone);
    expect(archive({...contents}), zone).toEqual(bytes);
  }
  vi.unstubAllEnvs();
  expect(bytes.length).toBeLessThan(650);
});
