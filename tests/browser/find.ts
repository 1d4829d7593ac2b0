import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {type Machine, onPath, thisMachine} from "./machine.ts";

const variables = ["CHROMIUM", "PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH"] as const;
/** The shell without windows comes first: the same Chromium, what Playwright itself tests in, in half the time. */
const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];

const places = ({platform, env}: Machine): string[] => {
  if (platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    );
  }
  if (platform === "win32") {
    const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter((root) => root !== undefined);
    const programs = [
      ["Google", "Chrome", "Application", "chrome.exe"],
      ["Microsoft", "Edge", "Application", "msedge.exe"],
    ];
    return roots.flatMap((root) => programs.map((program) => join(root, ...program)));
  }
  return names.flatMap((name) => [`/usr/bin/${name}`, `/usr/local/bin/${name}`, `/snap/bin/${name}`]);
};

const system = (machine: Machine) =>
  [...names.flatMap((name) => onPath(machine.env, name)), ...places(machine)].find(machine.isProgram);

const present = (machine: Machine) =>
  machine.isProgram(machine.playwrightPath) ? machine.playwrightPath : system(machine);

/** The installs to try, in order: Playwright's download, then the system's packages where we may. */
const installs = ({rights, platform}: Machine): [command: string, args: string[]][][] => {
  const download: [string, string[]][] = [["npx", ["playwright", "install", "chromium"]]];
  if (platform !== "linux" || rights === "none") return [download];
  const asRoot = (...command: string[]): [string, string[]] => {
    const [first = "", ...rest] = rights === "sudo" ? ["sudo", "-n", ...command] : command;
    return [first, rest];
  };
  const packaged = (name: string) => [asRoot("apt-get", "update"), asRoot("apt-get", "install", "-y", name)];
  return [download, packaged("chromium-headless-shell"), packaged("chromium")];
};

/**
 * The path of a Chromium to test in: the one named by CHROMIUM or PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH, Playwright's own,
 * the system's, or one installed now. Throws one sentence when a named one is not a program or none can be had.
 */
export function findBrowser(machine: Machine = thisMachine()): string {
  for (const variable of variables) {
    const path = machine.env[variable];
    if (!path) continue;
    if (machine.isProgram(path)) return path;
    throw new Error(`${variable} names ${path}, which is not a program that can be run.`);
  }
  const found = present(machine);
  if (found) return found;
  for (const commands of installs(machine)) {
    machine.say(
      `No Chromium here: trying ${commands.map(([command, args]) => [command, ...args].join(" ")).join(" && ")}`,
    );
    commands.every(([command, args]) => machine.run(command, args));
    const path = present(machine);
    if (path) return path;
  }
  throw new Error("The browser tests need Chromium: install it, or set CHROMIUM to the path of one.");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.stdout.write(`${findBrowser()}\n`);
