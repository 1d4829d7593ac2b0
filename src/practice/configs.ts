/** Configurations to copy. Every option in them is in content/practice/options.json; a test compares. */
import {afterwardsText} from "./afterwards.ts";
import {axolotlText} from "./axolotl.ts";
import type {Case} from "./cases.ts";
import {type ConfigFile, installed} from "./configText.ts";
import {diffusersText} from "./diffusers.ts";
import {loraSettings} from "./settings.ts";
import {loraConfig, trlScript} from "./trl.ts";

/** The configurations of a case. */
export function configs(one: Case): ConfigFile[] {
  const settings = loraSettings(one);
  const peft: ConfigFile = {
    name: "PEFT",
    language: "python",
    text: `${installed(["peft"])}\nfrom peft import LoraConfig\n\nconfig = ${loraConfig(one, settings)}\n`,
  };
  const afterwards: ConfigFile = {name: "Afterwards", language: "python", text: afterwardsText(one)};
  if (one.task === "images")
    return [{name: "Diffusers", language: "sh", text: diffusersText(one, settings)}, peft, afterwards];
  const trl: ConfigFile = {name: "TRL", language: "python", text: trlScript(one, settings)};
  if (one.task === "rl") return [trl, peft, afterwards];
  return [trl, peft, {name: "Axolotl", language: "yaml", text: axolotlText(one, settings)}, afterwards];
}
