/** The example in the engine's README, and what it prints; a test runs it. */
export interface Example {
  code: string;
  prints: string;
}

/** Reads the example from the text of the engine's README. Throws if its section has no `ts` block or no `text` block. */
export function exampleIn(readme: string): Example {
  const section = /^## The engine by itself\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(readme)?.[1] ?? "";
  const block = (language: string) => new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "m").exec(section)?.[1];
  const [code, prints] = [block("ts"), block("text")];
  if (code === undefined || prints === undefined)
    throw new Error(
      "src/engine/README.md: the section “The engine by itself” needs a ts block, the example, and a text block, what it prints",
    );
  return {code, prints};
}
