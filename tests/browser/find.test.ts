import {describe, expect, test} from "vitest";
import {findBrowser} from "./find.ts";
import type {Machine} from "./machine.ts";

/** A machine with these programs; `installed` appear once a command that ends in the key has run. */
function machine(programs: string[], options: Partial<Machine> = {}, installed: Record<string, string> = {}) {
  const ran: string[] = [];
  const there = new Set(programs);
  const made: Machine = {
    env: {PATH: "/opt/bin"},
    platform: "linux",
    rights: "none",
    playwrightPath: "/cache/playwright/chrome",
    isProgram: (path) => there.has(path),
    run: (command, args) => {
      const line = [command, ...args].join(" ");
      ran.push(line);
      const key = Object.keys(installed).find((part) => line.endsWith(part));
      if (key) there.add(installed[key] as string);
      return key !== undefined || line.endsWith("apt-get update");
    },
    say: () => {},
    ...options,
  };
  return {made, ran};
}

describe("findBrowser", () => {
  test("takes the named one before every other", () => {
    const {made} = machine(["/mine", "/cache/playwright/chrome"], {env: {CHROMIUM: "/mine"}});
    expect(findBrowser(made)).toBe("/mine");
    const {made: other} = machine(["/yours"], {env: {PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH: "/yours"}});
    expect(findBrowser(other)).toBe("/yours");
  });

  test("says so when the named one is no program, and looks no further", () => {
    const {made, ran} = machine(["/usr/bin/chromium"], {env: {CHROMIUM: "/gone"}});
    expect(() => findBrowser(made)).toThrow("CHROMIUM names /gone, which is not a program that can be run.");
    expect(ran).toEqual([]);
  });

  test("prefers Playwright's own, then PATH, then the usual places", () => {
    const usual = "/usr/bin/chromium";
    expect(findBrowser(machine(["/cache/playwright/chrome", "/opt/bin/chromium", usual]).made)).toBe(
      "/cache/playwright/chrome",
    );
    expect(findBrowser(machine(["/opt/bin/google-chrome", usual]).made)).toBe("/opt/bin/google-chrome");
    expect(findBrowser(machine([usual]).made)).toBe(usual);
    expect(findBrowser(machine([usual, "/usr/bin/chromium-headless-shell"]).made)).toBe(
      "/usr/bin/chromium-headless-shell",
    );
    const chrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    expect(findBrowser(machine([chrome], {platform: "darwin"}).made)).toBe(chrome);
  });

  test("downloads Playwright's when there is none", () => {
    const {made, ran} = machine([], {rights: "root"}, {"playwright install chromium": "/cache/playwright/chrome"});
    expect(findBrowser(made)).toBe("/cache/playwright/chrome");
    expect(ran).toEqual(["npx playwright install chromium"]);
  });

  test("asks the system's packages when the download fails, by sudo when not root", () => {
    const shell = "chromium-headless-shell";
    const root = machine([], {rights: "root"}, {[`install -y ${shell}`]: `/usr/bin/${shell}`});
    expect(findBrowser(root.made)).toBe(`/usr/bin/${shell}`);
    expect(root.ran).toEqual(["npx playwright install chromium", "apt-get update", `apt-get install -y ${shell}`]);
    const sudo = machine([], {rights: "sudo"}, {"install -y chromium": "/usr/bin/chromium"});
    expect(findBrowser(sudo.made), "where there is no shell, the whole browser").toBe("/usr/bin/chromium");
    expect(sudo.ran.at(-1)).toBe("sudo -n apt-get install -y chromium");
  });

  test("gives up in one sentence, without touching the system's packages when it may not", () => {
    const {made, ran} = machine([]);
    expect(() => findBrowser(made)).toThrow(
      "The browser tests need Chromium: install it, or set CHROMIUM to the path of one.",
    );
    expect(ran).toEqual(["npx playwright install chromium"]);
  });
});
