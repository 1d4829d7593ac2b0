/** Sentences and commands that the inspector's worker and its page share. */

import {fileInParts, pickledWeights} from "../engine/adapters/inspect/dropped.ts";
import {capitalUnlessName} from "./format.ts";

/** What sentences call the adapters. */
export const ORDINALS = ["first", "second"] as const;

/** An error of the engine → a sentence for the page: without the name of the part that threw it, with a full stop or, before a command, a colon. */
export function sentenceFrom(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(/^[\w.]+: /, "");
  const whole = capitalUnlessName(text);
  return /[.?:]$/.test(whole) ? whole : `${whole}.`;
}

/** Whether files were refused because they are a whole model or parts of one. */
export const isModelSentence = (sentence: string): boolean =>
  /^This is a whole model|^(?:This is one of|These are \d+) (?:the )?parts/.test(sentence);

/** A file's name as a shell takes it. */
const quoted = (name: string) => (/^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);

/** The command that converts a pickle to safetensors. */
const convertCommand = (name: string) =>
  `python -c "import sys, torch; from safetensors.torch import save_file; save_file({k: v.contiguous() for k, v in torch.load(sys.argv[1], weights_only=True, map_location='cpu').items()}, 'adapter_model.safetensors')" ${quoted(name)}`;

/** The command that joins the parts of a file. */
const joinCommand = (name: string) =>
  `python -c "import glob, sys; from safetensors.torch import load_file, save_file; save_file({k: v for part in glob.glob(sys.argv[1] + '-*-of-*.safetensors') for k, v in load_file(part).items()}, sys.argv[1] + '.safetensors', {'format': 'pt'})" ${quoted(name)}`;

/** The command, for the reader's own machine, that turns refused files into ones that can be opened; undefined if there is none. */
export function commandFor(sentence: string, names: readonly string[]): string | undefined {
  const joinedName = fileInParts(names);
  if (joinedName !== undefined && /parts? of one file/.test(sentence)) return joinCommand(joinedName);
  if (!/pickle/.test(sentence)) return undefined;
  const pickle = pickledWeights(names);
  // A zip archive may be anything; one with such a name is PyTorch's.
  return pickle === undefined && /zip/.test(sentence)
    ? undefined
    : convertCommand(pickle ?? names[0].split("/").at(-1)!);
}
