import {afterEach, expect, test, vi} from "vitest";
import {homeToPaste} from "../../../src/site/marks/fullAddress.ts";
import {siteOrigin, unknownSite} from "../../../src/site/marks/siteAddress.ts";

afterEach(() => void vi.unstubAllEnvs());

test.each([
  ["https://example.org", "/lora/", "https://example.org/lora/"],
  ["https://example.org", "/", "https://example.org/"],
  [siteOrigin({}), "/lora/", "https://HOST/lora/"],
  [unknownSite, "/", "https://HOST/"],
  // Somebody who names it means it.
  ["http://localhost:8080", "/", "http://localhost:8080/"],
])("codes to paste from a build for %s with base %s begin with the site's root, %s", (origin, base, home) => {
  vi.stubEnv("SITE", origin);
  vi.stubEnv("BASE_URL", base);
  expect(homeToPaste()).toBe(home);
});
