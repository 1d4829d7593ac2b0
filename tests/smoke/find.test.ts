import {expect, test} from "vitest";
import type {Machine} from "../browser/machine.ts";
import {findFirefox, findWebKit} from "./find.ts";

const machine = (programs: string[], env: Machine["env"] = {}, platform: Machine["platform"] = "linux") => ({
  env: {PATH: "/opt/bin", ...env},
  platform,
  isProgram: (path: string) => programs.includes(path),
});

test("Firefox is the one that is named, or else the system's; a snap's is none", () => {
  expect(findFirefox(machine(["/opt/bin/firefox"], {FIREFOX: "/mine"}))).toBe("/mine");
  expect(findFirefox(machine(["/usr/bin/firefox-esr", "/opt/bin/firefox"]))).toBe("/opt/bin/firefox");
  expect(findFirefox(machine(["/usr/bin/firefox-esr"]))).toBe("/usr/bin/firefox-esr");
  expect(findFirefox(machine(["/snap/bin/firefox", "/usr/bin/firefox"]))).toBeUndefined();
  const app = "/Applications/Firefox.app/Contents/MacOS/firefox";
  expect(findFirefox(machine([app], {}, "darwin"))).toBe(app);
  expect(findFirefox(machine([]))).toBeUndefined();
});

test("WebKit is its driver and a screen, hidden where that can be had", () => {
  const [driver, xvfb] = ["/usr/bin/WebKitWebDriver", "/usr/bin/Xvfb"];
  expect(findWebKit(machine([driver, xvfb], {DISPLAY: ":0"}))).toEqual({driver, xvfb});
  expect(findWebKit(machine([driver], {DISPLAY: ":0"}))).toEqual({driver, xvfb: undefined});
  expect(findWebKit(machine([driver]))).toBeUndefined();
  expect(findWebKit(machine([xvfb]))).toBeUndefined();
});
