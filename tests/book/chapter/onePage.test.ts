import {expect, test} from "vitest";
import {bookParts} from "../../../src/book/chapter/onePage.ts";
import {parseHtml} from "../../../src/site/markdown/html.ts";

const targets = {base: "/lora/", parts: {"chapters/one/": "one", "chapters/two/": "two", "glossary/": "glossary"}};
const part = (name: string, number: number, html: string) =>
  `<div data-part="${name}" data-number="${number}">${html}</div>`;
const quiz = `<div class="quiz" id="q-1"><p class="quiz-kicker"><a href="#q-1">Question</a> · easy</p>
  <fieldset><legend>Which?</legend><ul class="quiz-options"><li><label><input type="radio" value="a"> <span>A</span></label></li></ul></fieldset>
  <div class="quiz-foot"><button>Check</button><details class="quiz-hint"><summary>Hint</summary><p>Look.</p></details>
  <details class="quiz-answer"><summary>Show the answer</summary><p>Right: <a href="#figure-1-1">A</a></p></details></div></div>`;
const one = `<h1>One</h1><h2 id="a" aria-describedby="gone">A</h2>
  <lora-widget id="figure-1-1" name="rank"><figure aria-label="Figure 1.1"><form class="controls"><input></form>
  <div class="picture"><svg role="img" aria-label="A picture" viewBox="0 0 400 300"><g tabindex="0" role="slider" aria-valuenow="3"><path class="mark" d="M0.25,1.26"/></g><g class="grip"></g></svg><div class="scroller" tabindex="0">wide</div></div></figure></lora-widget>
  <span class="carded"><a href="/lora/glossary/#rank" aria-describedby="card-1">rank</a><span class="card" id="card-1">What it is</span></span>
  <a class="set" data-figure="1.1" data-params="{}" href="/lora/widgets/rank/?r=2">two</a>
  <a href="#ref-hu">(Hu)</a> <a href="../two/#a">there</a> <a href="../two/">two</a> <a href="/lora/lab/">lab</a> <a href="https://arxiv.org/">out</a>
  <figure id="table-2"></figure>${quiz}`;
const two = '<h1>Two</h1><h2 id="a">A</h2><a href="#table-2">table 2, which stands in One</a>';
const glossary = '<dl><div id="rank"><dt>rank</dt></div></dl>';
const made = (html = two) =>
  bookParts(parseHtml(part("one", 1, one) + part("two", 2, html) + part("glossary", 0, glossary)), targets);

test("a wide table in a still picture is scrolled by keys", () => {
  expect(made()[0]!.html).toContain('tabindex="0">wide');
});

test("ids get the name of their part, and links stay within the page when their target is there", () => {
  const [first, second] = made().map(({html}) => parseHtml(html)) as [HTMLElement, HTMLElement];
  const hrefs = (root: HTMLElement) => [...root.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  expect(hrefs(first)).toEqual([
    "#glossary-rank",
    "#one-figure-1-1",
    ...["#ref-hu", "#two-a", "#two", "/lora/lab/", "https://arxiv.org/"],
    "#one-q-1-answer",
  ]);
  expect(hrefs(second)).toEqual(["#one-table-2"]);
  expect(first.querySelector("#one-a")!.outerHTML).toBe('<h3 id="one-a">A</h3>');
});

test("a question gets a number and keeps its options; its hint and answer are returned apart", () => {
  const [{html, answers}] = made() as [ReturnType<typeof made>[number]];
  expect(answers).toEqual([
    {
      ...{id: "one-q-1-answer", questionId: "one-q-1", name: "Question 1.1"},
      html: '<p><b>Hint</b></p><p>Look.</p><p>Right: <a href="#one-figure-1-1">A</a></p>',
    },
  ]);
  expect(html).toContain("Question 1.1 · easy");
  expect(html).toMatch(/<ol type="a" class="quiz-options"><li><div> <span>A<\/span>/);
  expect(html).not.toMatch(/Right:|Look\./);
});

test("no controls are left, and pictures keep their names", () => {
  const html = made()
    .map((one) => one.html)
    .join("");
  expect(html).not.toMatch(
    /<(button|input|form|label|fieldset|lora-widget|details)\b|tabindex(?!="0">wide)|slider|aria-valuenow|class="card/,
  );
  expect(html).toContain(
    '<svg role="img" aria-label="A picture" viewBox="0 0 400 300"><g><path class="mark" d="M0.25,1.26" /></g>',
  );
  expect(html).not.toContain("grip");
});

test("an id that occurs twice and a link without a target are refused", () => {
  expect(() => made('<p id="a"></p><p id="a"></p>')).toThrow("the book has two places of the id two-a");
  expect(() => made('<a href="#b">b</a>')).toThrow("the book has no place b in two");
});
