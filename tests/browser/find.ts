/** Finds the browsers that tests run in. */
import {spawnSync} from "node:child_process";
import {accessSync, constants} from "node:fs";
import {delimiter, join} from "node:path";
import {pathToFileURL} from "node:url";
import {chromium} from "@playwright/test";

const {env, platform} = process;

/** Whether there is a program at this path. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folders of PATH, joined with a program's name. */
export const onPath = (name: string): string[] =>
  (env.PATH ?? "")
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name));

/** The shell without windows comes first: the same Chromium, what Playwright itself tests in, in half the time. */
const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];

/** Where systems install a Chromium. */
function installPlaces(): string[] {
  if (platform === "darwin")
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    );
  if (platform === "win32")
    return [env.PROGRAMFILES, env["PROGRAMFILES(X86)"]].flatMap((root) =>
      root
        ? [join(root, "Google/Chrome/Application/chrome.exe"), join(root, "Microsoft/Edge/Application/msedge.exe")]
        : [],
    );
  return names.flatMap((name) => [`/usr/bin/${name}`, `/usr/local/bin/${name}`, `/snap/bin/${name}`]);
}

/**
 * The path of a Chromium to test in: the one that CHROMIUM names, Playwright's own, the system's, or one that Playwright installs
 * now. Throws if CHROMIUM names no program, or if none can be installed.
 */
export function findBrowser(): string {
  const own = env.CHROMIUM ?? env.PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH;
  if (own && !isProgram(own)) throw new Error(`CHROMIUM names ${own}, which is not a program that can be run.`);
  const present = own || [chromium.executablePath(), ...names.flatMap(onPath), ...installPlaces()].find(isProgram);
  if (present) return present;
  process.stderr.write("No Chromium here: Playwright installs one.\n");
  spawnSync("npx", ["playwright", "install", "chromium"], {
    stdio: ["ignore", "inherit", "inherit"],
    shell: platform === "win32",
  });
  if (isProgram(chromium.executablePath())) return chromium.executablePath();
  throw new Error("The browser tests need Chromium: install it, or set CHROMIUM to the path of one.");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.stdout.write(`${findBrowser()}\n`);
