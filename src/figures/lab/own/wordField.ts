/** The field for the reader's own words, with a note on which of them are used. Only the lab's own page has it. */

import {button} from "../../../figure/plot/button.ts";
import {attributes, each} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {counted, whole} from "../../../figure/plot/text/format.ts";
import {put} from "../../../figure/plot/text/put.ts";
import type {Act} from "../../../figure/widget.ts";
import type {LabParams} from "../controls.ts";
import type {LabResult} from "../readings.ts";
import {drawShareButton} from "./link.ts";
import {type ReadWords, readWords, textOfFile} from "./readWords.ts";
import {expectation, isScored, MAX_WORDS, MIN_WORDS, storedWords, storeWords} from "./words.ts";

/** Lists that work, for readers who have none at hand: the chemical elements of at most 11 letters, and figures of Greek myths. */
export const exampleLists = {
  elements: {
    title: "113 elements",
    words: `
      hydrogen helium lithium beryllium boron carbon nitrogen oxygen fluorine neon sodium magnesium aluminium
      silicon phosphorus sulfur chlorine argon potassium calcium scandium titanium vanadium chromium manganese iron
      cobalt nickel copper zinc gallium germanium arsenic selenium bromine krypton rubidium strontium yttrium
      zirconium niobium molybdenum technetium ruthenium rhodium palladium silver cadmium indium tin antimony
      tellurium iodine xenon caesium barium lanthanum cerium neodymium promethium samarium europium gadolinium
      terbium dysprosium holmium erbium thulium ytterbium lutetium hafnium tantalum tungsten rhenium osmium iridium
      platinum gold mercury thallium lead bismuth polonium astatine radon francium radium actinium thorium uranium
      neptunium plutonium americium curium berkelium californium einsteinium fermium mendelevium nobelium lawrencium
      dubnium seaborgium bohrium hassium meitnerium copernicium nihonium flerovium moscovium livermorium tennessine
      oganesson`,
  },
  greeks: {
    title: "105 Greek figures",
    words: `
      achilles adonis aeneas agamemnon ajax alcestis andromeda antigone aphrodite apollo ares ariadne artemis
      atalanta athena atlas calliope calypso cassandra castor circe clio cronus daedalus daphne demeter dionysus
      echo electra eos erato eros europa eurydice galatea gaia hades hebe hecate hector hecuba helen helios hera
      heracles hermes hestia hyperion icarus ino io iphigenia iris ismene jason jocasta leda leto maia medea medusa
      menelaus metis midas minos morpheus narcissus nestor nike niobe odysseus oedipus orestes orion orpheus pandora
      paris patroclus penelope perseus persephone phaedra phoebe polyxena poseidon priam procris prometheus psyche
      pygmalion rhea selene semele sisyphus styx tantalus telemachus thalia themis theseus thetis tiresias triton
      urania zeus`,
  },
} as const;

/** The words in the field are used once nothing was typed for this many milliseconds. */
const SETTLE_TIME = 300;
let settleTimer: ReturnType<typeof setTimeout> | undefined;

/** Sets the words of the field as those to learn; none if they are too few. */
function setOwnWords(field: HTMLTextAreaElement, act: Act) {
  clearTimeout(settleTimer);
  const {words} = readWords(field.value);
  act.set({own: words.length < MIN_WORDS ? "" : storeWords(words)});
}

/** Draws the field and the note. Both fold to a line when the run begins. */
export function drawWordField(box: HTMLElement, {step}: LabResult, params: LabParams, act: Act) {
  const area = layer<HTMLDetailsElement>(box, "details", "own");
  const count = layer(area, "summary", "count");
  const stage = step === 0 ? "edited" : "trained";
  if (area.getAttribute("data-stage") !== stage) area.toggleAttribute("open", step === 0);
  area.setAttribute("data-stage", stage);
  const inside = layer(area, "div", "fields");
  const field = textField(layer(inside, "div", "in"));
  const words = storedWords(params.own);
  if (words && !field.value) field.value = words.join(", ");
  const showReading = () => {
    const reading = readWords(field.value);
    put(count, `${counted(reading.words.length, "word")} to learn from`);
    drawReading(layer(inside, "div", "out"), reading, params, act);
  };
  const fill = (text: string) => {
    field.value = text;
    setOwnWords(field, act);
    showReading();
  };
  field.oninput = () => {
    clearTimeout(settleTimer);
    settleTimer = setTimeout(() => setOwnWords(field, act), SETTLE_TIME);
    showReading();
  };
  drawWordSources(layer(layer(inside, "div", "in"), "p", "try"), fill, act);
  // While it is folded the words are not read again, which would happen in each frame of a run.
  if (area.hasAttribute("open")) showReading();
}

function textField(box: Element): HTMLTextAreaElement {
  const label = layer(box, "label", "words-label");
  layer(label, "span", "name", "Your words");
  layer(label, "span", "hint", `${MIN_WORDS} to ${MAX_WORDS}, one per line or separated by commas; letters a to z`);
  const field = layer<HTMLTextAreaElement>(label, "textarea", "text");
  attributes(field, {rows: 5, spellcheck: "false", autocomplete: "off", autocapitalize: "off"});
  return field;
}

/** Draws buttons for lists to try and for a file; `fill` gets the text that the reader chooses. */
function drawWordSources(box: Element, fill: (text: string) => void, act: Act) {
  layer(box, "span", "name", "Try");
  for (const [name, {title, words}] of Object.entries(exampleLists))
    button(box, name, title).onclick = () => fill(words.trim().split(/\s+/).join(", "));
  const fileInput = layer<HTMLInputElement>(box, "input", "chosen");
  attributes(fileInput, {type: "file", accept: "text/*,.txt,.csv", "aria-label": "A text file"});
  fileInput.toggleAttribute("hidden", true);
  button(box, "file", "Choose a file…").onclick = () => fileInput.click();
  fileInput.onchange = async () => {
    const [file] = fileInput.files ?? [];
    fileInput.value = "";
    if (!file) return;
    const fileText = textOfFile(new Uint8Array(await file.arrayBuffer()));
    if ("text" in fileText) fill(fileText.text);
    else act.say(fileText.problem);
  };
}

/** The first three of a list, with an ellipsis if there are more. */
const firstFew = (list: readonly string[]): string => `${list.slice(0, 3).join(", ")}${list.length > 3 ? ", …" : ""}`;

/** One line for each kind of change. */
const changesOf = ({respelled, tooLong, notLetters, sampledFrom}: ReadWords): string[] =>
  [
    respelled.length && `${respelled.length} respelled: ${firstFew(respelled)}`,
    tooLong.length && `${tooLong.length} left out, longer than 11 letters: ${firstFew(tooLong)}`,
    notLetters.length && `${notLetters.length} left out, not only letters: ${firstFew(notLetters)}`,
    sampledFrom && `It learns from ${MAX_WORDS} of the ${whole(sampledFrom)}, from all of the alphabet`,
  ].filter((line) => typeof line === "string");

/** Draws which words are used, what a run can learn from them, and the button for a link. */
function drawReading(out: Element, reading: ReadWords, params: LabParams, act: Act) {
  const count = reading.words.length;
  const isMissing = count === 0 && params.own !== "";
  const text = isMissing ? "This link does not carry the words, or was cut. Paste them again." : expectation(count);
  layer(out, "p", "expected", text).setAttribute("aria-live", "polite");
  each(layer(out, "ul", "changes"), "li", changesOf(reading), put);
  const heldOutNote = isScored(count)
    ? "One word in five is held back for scoring."
    : "Below 100 words none is held back, so there is no score on unseen words.";
  layer(out, "p", "kept", count < MIN_WORDS ? "" : heldOutNote);
  drawShareButton(out, reading.words, params, act);
}
