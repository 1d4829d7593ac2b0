/** What a family of tensor names is: rules as data, one file for each family beside this one. */

/** What a tensor is to its module. */
export type Part = "A" | "B" | "mid" | "alpha" | "magnitude" | "bias";

/** Names that match → a part of a module. */
export interface NameRule {
  /**
   * Has the groups `module` and, if the rule has more than one part, `which`; `adapter` where a name of the adapter may
   * stand. It must be linear in the length of the name: names come from anyone.
   */
  pattern: RegExp;
  /** The part, or the part for each text that `which` can be. */
  part: Part | Readonly<Record<string, Part>>;
  /** The module is an embedding: its ΔW must be turned before it is added. */
  embedding?: boolean;
}

/** The families whose pairs are read. */
export type FamilyId = "peft" | "kohya" | "comfy" | "diffusers" | "old diffusers" | "xlabs" | "mlx" | "gguf";

/** Names that one program writes and others read. */
export interface Family {
  id: FamilyId;
  /** As it is called in a sentence: "kohya". */
  title: string;
  /** A name from such a file. */
  example: string;
  /** Programs that read such names. */
  readers: string;
  /** Where the names are described or made. */
  source: string;
  rules: readonly NameRule[];
  /** A is stored as in × r and B as r × out, the other way round from PEFT; with experts they are stored as in PEFT. */
  turned: boolean;
  /** Whose A is turned though the family's is not: an embedding's, in GGUF. */
  turnedA?: RegExp;
  /** What a file without an alpha means: its readers take the scale 1, or they differ and one has to ask. */
  withoutAlpha: 1 | "ask";
  /** The names of a module's tensors when it is written. */
  names: Readonly<Record<Exclude<Part, "mid">, (module: string) => string>>;
  /** A module's name → PEFT's name for it, without prefix; undefined where no rule leads there. */
  peftName(module: string): string | undefined;
}

/** The name of a part that stands behind its module. */
export const behind =
  (part: string) =>
  (module: string): string =>
    `${module}.${part}`;

/** What ComfyUI and diffusers share: A and B as PEFT calls them, an alpha of each module's own. */
export const lettered = {A: behind("lora_A.weight"), B: behind("lora_B.weight"), alpha: behind("alpha")};

/** The rules for those names, behind modules that begin with `prefix`, the source of a pattern. */
export const letteredRules = (prefix: string): NameRule[] => [
  {
    pattern: new RegExp(
      `^(?<module>${prefix}\\..+)\\.lora_(?<which>[AB])(?:\\.(?<adapter>(?!weight$)[\\w-]+))?(?:\\.weight)?$`,
    ),
    part: letters,
  },
  {pattern: new RegExp(`^(?<module>${prefix}\\..+)\\.alpha$`), part: "alpha"},
];

/** The parts by what follows `lora_` in a name: `lora_down` or `lora_A`. */
export const downUp = {down: "A", up: "B"} as const;
export const letters = {A: "A", B: "B"} as const;
