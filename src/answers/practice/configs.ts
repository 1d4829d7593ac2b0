/** Configurations to copy. Every option in them is in content/practice/options.json; a test compares. */
import {axolotlText} from "./axolotl.ts";
import type {Case} from "./cases.ts";
import type {Config} from "./config.ts";
import {diffusersText} from "./diffusers.ts";
import {settingsOf} from "./settings.ts";
import {loraConfig, trlScript} from "./trl.ts";

/** The configurations of a case. */
export function configs(one: Case): Config[] {
  const settings = settingsOf(one);
  const peft: Config = {
    name: "PEFT",
    language: "python",
    text: `from peft import LoraConfig\n\nconfig = ${loraConfig(one, settings)}\n`,
  };
  if (one.task === "images") return [{name: "Diffusers", language: "sh", text: diffusersText(one, settings)}, peft];
  const trl: Config = {name: "TRL", language: "python", text: trlScript(one, settings)};
  if (one.task === "rl") return [trl, peft];
  return [trl, peft, {name: "Axolotl", language: "yaml", text: axolotlText(one, settings)}];
}
