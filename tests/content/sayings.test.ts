/** What explanations of LoRA often say and the paper does not: kept out of our own words. */
import {readdirSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {glossary} from "../../src/book/chapter/glossary.ts";
import {questions} from "../../src/book/quiz/questions.ts";
import {interviewCards} from "../../src/book/review/interviewCards.ts";
import {teach} from "../../src/book/teach/teach.ts";
import {textsOf} from "./mistakes.ts";

/** Each saying, and what is so instead. */
const sayings: readonly (readonly [said: RegExp, instead: string])[] = [
  [
    /(?:\bholds?|\bshare|\bcontribut\w+|%)[^.;]{0,25} of (?:its|the whole|the) norm\b/i,
    "norms do not add up: give both norms, or a share of the squared norm",
  ],
  [/more time at batch size 1\b/i, "at batch 1 adapters add the larger share, and fewer milliseconds"],
  [/(?:most widely|most people|nearly everyone|virtually all)\b/i, "the paper does not say who uses it"],
  [/using the Grassmann distance|Grassmann metric/i, "φ is a similarity based on that distance"],
  [/(?:naturally|inherently|proven to be) low[- ]rank/i, "that updates have low rank is a hypothesis"],
  [/production-safe|zero overhead/i, "no latency is added once merged; a merged matrix holds one task"],
  [/hardly any memory for training/i, "at rank 256 on every layer of an 8B model it is 11 GB"],
  [/two tasks[^.;]{0,25}rank 1[^.;]{0,60}as good as|level from rank 1/i, "on MultiNLI rank 8 was clearly better"],
  [/every matrix of the network/i, "all-linear leaves out the embedding and the output layer"],
  [/(?:everything|all) after the first (?:is|are) noise/i, "the paper says potentially, and mostly"],
];

const chapters = readdirSync("content/chapters").map((file) => readFileSync(`content/chapters/${file}`, "utf8"));
/** A wrong option may say it: it is there to be refused. */
const asked = questions.flatMap((one) =>
  textsOf(one).filter(
    (text) => one.kind !== "choice" || !one.options.some((option) => !option.correct && option.text === text),
  ),
);
const cards = interviewCards.flatMap(({line, paragraph, next}) => [line, paragraph, next.answer]);
const taught = [...teach.prompts.flatMap(({ask, answer}) => [ask, answer]), ...teach.presets.map(({why}) => why)];
const texts = [...chapters, ...asked, ...cards, ...taught, ...glossary.map(({sentence}) => sentence)];

test.each(sayings)("nowhere: %s", (said, instead) => {
  const found = texts.flatMap((text) => said.exec(text)?.[0] ?? []);
  expect(found, instead).toEqual([]);
});
