import {spawnSync} from "node:child_process";
import {accessSync, constants} from "node:fs";
import {delimiter, join} from "node:path";
import {chromium} from "@playwright/test";

/** What the finder asks of a machine; tests hand in one made up. */
export interface Machine {
  env: Record<string, string | undefined>;
  platform: NodeJS.Platform;
  /** May system packages be installed: as root, by sudo without a password, or not at all. */
  rights: "root" | "sudo" | "none";
  /** Where Playwright keeps its own Chromium, whether or not it is there. */
  playwrightPath: string;
  isProgram(path: string): boolean;
  /** Runs a command with its output shown; true when it ended well. */
  run(command: string, args: readonly string[]): boolean;
  say(line: string): void;
}

const isProgram = (path: string) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const ends = (command: string, args: readonly string[], stdio: "ignore" | "inherit") =>
  spawnSync(command, args, {stdio: ["ignore", stdio, stdio], shell: process.platform === "win32"}).status === 0;

const rights = () => {
  if (process.getuid?.() === 0) return "root";
  return process.platform === "linux" && ends("sudo", ["-n", "true"], "ignore") ? "sudo" : "none";
};

/** The machine this runs on. */
export const thisMachine = (): Machine => ({
  env: process.env,
  platform: process.platform,
  rights: rights(),
  playwrightPath: chromium.executablePath(),
  isProgram,
  run: (command, args) => ends(command, args, "inherit"),
  say: (line) => process.stderr.write(`${line}\n`),
});

/** The folders of PATH, joined with a program's name. */
export const onPath = (env: Machine["env"], name: string): string[] =>
  (env.PATH ?? "")
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name));
