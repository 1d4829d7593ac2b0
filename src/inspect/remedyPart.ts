/** The part of “Will it load?” on what to do: check how it is loaded, export it anew, merge it, or add its config. */
import type {Outcome} from "../engine/adapters/inspect/loading/verdict.ts";
import {short} from "./format.ts";
import {commandBox, mainButton, paragraph, titledSection} from "./parts.ts";
import type {OpenAdapter, ScreenContext} from "./state.ts";

/** Draws the remedy that fits the file. */
export function remedyPart(screen: ScreenContext, root: Element, adapter: OpenAdapter): void {
  const {opened, verdict} = adapter;
  const {readers, isRight} = opened.loading;
  if (opened.pairs.length === 0) return;
  const has = (...outcomes: Outcome[]) => readers.some(({outcome}) => outcomes.includes(outcome));
  const isMoreThanLora = opened.facts.dora > 0 || opened.bytes.kinds.some(({kind}) => kind === "trained head");
  if (readers.length > 0 && isRight) {
    // A check that failed with a headline is a fault of the file itself.
    if (verdict?.checks.every(({headline}) => headline === undefined)) checkPart(root, adapter);
  } else if (readers.length > 0 && !opened.hasConfig) configPart(screen, root);
  // Wrong factors and names that are not found are cured by a file of one rank under plain names.
  else if (has("not as trained") && opened.facts.otherNumbers === 0) {
    // Only a base that PEFT has changed rightly has the whole update.
    if (readers[0]!.outcome === "as trained") mergePart(root, "B·A is not all of its update");
  } else if (has("too weak", "too strong", "nothing") || !isMoreThanLora) exportPart(screen, root, adapter);
  else mergePart(root, opened.facts.dora > 0 ? "DoRA’s norms act on W₀ + B·A" : "a head is neither A nor B");
}

/** Adding adapter_config.json. */
function configPart(screen: ScreenContext, root: Element): void {
  const section = titledSection(root, "Add its config", "inspect-card inspect-remedy");
  paragraph(section, "All three need adapter_config.json, which lies beside the weights where they were saved.");
  mainButton(section, "Add adapter_config.json", () => screen.chooseFiles(screen.state.shown));
}

/** Exporting it with one rank and plain names. */
function exportPart(screen: ScreenContext, root: Element, {opened}: OpenAdapter): void {
  const {exportErrors, loading, facts} = opened;
  const section = titledSection(root, "Take home", "inspect-card inspect-remedy");
  if (exportErrors.PEFT !== undefined) {
    paragraph(section, `It cannot be written as a PEFT adapter, because ${exportErrors.PEFT}.`);
    return;
  }
  const isForeign = loading.readers.length === 0;
  paragraph(
    section,
    isForeign
      ? `It can be written as PEFT files: base_model.model. before every name, A as r × in and B as out × r.`
      : facts.otherNumbers > 0 &&
          loading.readers.every(({outcome}) => ["refused", "not as trained", "as trained"].includes(outcome))
        ? "Without the whole matrices, vLLM and llama.cpp take the file. If those matrices were trained together with A and B, it is no longer what you trained."
        : "One file that all three read alike: clean names, one rank (padded with rows of 0), one α for all modules and no patterns.",
  );
  mainButton(section, isForeign ? "Rewrite as PEFT" : "Take it home", () => {
    screen.state.take.kind = "none";
    screen.goTo("take");
  });
}

/** For a sound file that changes nothing in use: two lines of Python that show whether its weights were loaded. */
function checkPart(root: Element, {verdict, opened}: OpenAdapter): void {
  const section = titledSection(root, "If nothing changes in use", "inspect-card inspect-remedy");
  paragraph(
    section,
    `The file is sound, so look at how it is loaded. These two lines print ${short(verdict!.sumB, 4)}; 0.0 means that the weights were not loaded.`,
  );
  commandBox(
    section,
    `m = PeftModel.from_pretrained(base, ${JSON.stringify(opened.path)})\nprint(sum(p.abs().sum().item() for n, p in m.named_parameters() if "lora_B" in n))`,
    "Copy the check",
  );
}

/** For what no export makes a plain LoRA, with the reason: merging into the base. */
function mergePart(root: Element, why: string): void {
  const section = titledSection(root, "Merge it, then serve the whole model", "inspect-card inspect-remedy");
  paragraph(section, `No rewriting makes this an adapter for vLLM or llama.cpp: ${why}. Run this where the base is:`);
  commandBox(
    section,
    '# model and tokenizer as you trained them, with this adapter\nmodel.merge_and_unload().save_pretrained("merged")\ntokenizer.save_pretrained("merged")',
    "Copy the merge",
  );
}
