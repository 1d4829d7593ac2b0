import {createHash} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";
import {gzipSync} from "node:zlib";
import {describe, expect, test} from "vitest";
import {decodeTokens} from "../../src/engine/network/sampling.ts";
import {encodeWord} from "../../src/engine/training/words.ts";
import {packWords, unpackWords} from "../../src/figures/shared/sortedWords.ts";
import {
  adaptationWords,
  englishPackage,
  englishWords,
  fittingWords,
  foldWord,
  type ListName,
  listFile,
  listSources,
  packageFile,
} from "../../src/tools/words.ts";
import {oneOf} from "../third.ts";

const names = Object.keys(listSources) as ListName[];
const text = (name: ListName) => readFileSync(listFile(name), "utf8");
const wordsOf = (name: ListName) => unpackWords(text(name));
const plain = (words: readonly string[]) => `${words.join("\n")}\n`;
const sha256 = (data: string) => createHash("sha256").update(data).digest("hex");
const notices = readFileSync(new URL("../../public/licenses/words.txt", import.meta.url), "utf8");

/** Where a package is not installed, what needs it is not tested; `npm ci` installs them all. */
function isAbsent(name: string): boolean {
  try {
    return !existsSync(packageFile(name, "package.json"));
  } catch {
    return true;
  }
}

const shared = (a: readonly string[], b: readonly string[]) => {
  const known = new Set(b);
  return a.filter((word) => known.has(word)).length;
};

describe("the lists in content/lab", () => {
  test.each(names)("%s: words of 3 to 11 letters from a to z, in order, each once", (name) => {
    expect(plain(wordsOf(name))).toMatch(/^([a-z]{3,11}\n)+$/);
    const words = wordsOf(name);
    expect(words).toEqual([...new Set(words)].sort());
  });

  test.each([
    ["names", 4915, "da67d99aab674b18c1bcb0355c7a3aa79bb7474fb0a38309a3176f024c440d57"],
    ["french", 5000, "4263c05efa7525cf4ac0ca537b82a24ef5235c41e0f552c7c76574ae5ec5bb91"],
    ["spanish", 5000, "6229e1360f5cb8eccd1d001e43016685a8fafa289133e6c9cdd1d003bc5f7746"],
  ] as const)("%s holds %i words, always the same", (name, count, hash) => {
    expect(wordsOf(name)).toHaveLength(count);
    expect(sha256(plain(wordsOf(name)))).toBe(hash);
  });

  test.each(names)("%s is in the word forge's language", (name) => {
    const words = wordsOf(name);
    expect(words.map((word) => decodeTokens(encodeWord(word).tokens))).toEqual(words);
  });

  test("are three lists: no two share more than 1 word in 200", () => {
    for (const a of names)
      for (const b of names) if (a !== b) expect(shared(wordsOf(a), wordsOf(b)), `${a}, ${b}`).toBeLessThanOrEqual(25);
  });
});

describe("the file of a list", () => {
  test("gives for each word only what it has not from the one before it", () => {
    expect(packWords(["ana", "anabel", "anna", "zoe"])).toBe("AanaDbelCnaAzoe");
  });

  test.each(names)(
    "%s: is unpacked to what was packed, and weighs at least an eighth less than the plain list",
    (name) => {
      const words = wordsOf(name);
      expect(packWords(words)).toBe(text(name));
      expect(gzipSync(text(name)).length).toBeLessThan((7 / 8) * gzipSync(plain(words)).length);
    },
  );
});

describe("the way a word is written", () => {
  test.each([
    ["Zoë", "zoe"],
    ["FRANÇAISE", "francaise"],
    ["año", "ano"],
    ["août", "aout"],
  ])("%s becomes %s", (word, plain) => expect(foldWord(word)).toBe(plain));

  test("what has other letters, fewer than 3 or more than 11 is left out; what becomes equal is one", () => {
    const words = ["œuf", "Ann-Marie", "né", "été", "abcdefghijkl", "abcdefghijk", "ete", "Ana"];
    expect(fittingWords(words)).toEqual(["abcdefghijk", "ana", "ete"]);
  });

  test("a package that is not there is named, with what to do", () => {
    expect(() => packageFile("no-such-words", "index.json")).toThrow(
      "words: no-such-words has no index.json here; run npm ci to install it",
    );
  });
});

describe("the packages", () => {
  for (const name of oneOf(names)) {
    test.skipIf(isAbsent(listSources[name].package))(`give ${name}.txt byte for byte`, () => {
      expect(packWords(adaptationWords(name))).toBe(text(name));
    });
  }

  test.skipIf(isAbsent(englishPackage))("give the base model's words: always the same, few of them in a list", () => {
    const english = englishWords();
    expect(english).toHaveLength(53_756);
    expect(sha256(plain(english))).toBe("858dccf86367966c150d126eac8bfaba312646c68ece1bd414df4a7e41b7a87f");
    for (const name of names) expect(shared(wordsOf(name), english), name).toBeLessThanOrEqual(250);
  });

  test.each([
    [listSources.french.package, "license"],
    [listSources.spanish.package, "license"],
    [englishPackage, "Copyright"],
  ])("%s: its notice is kept word for word", (name, file) => {
    if (!isAbsent(name)) expect(notices).toContain(readFileSync(packageFile(name, file), "utf8"));
    expect(notices).toContain(name);
  });

  test("the names' dedication is kept", () => {
    expect(notices).toContain(listSources.names.package);
    const said = /"(The use of the\s+database.*?)"/s.exec(notices)?.[1].replace(/\s+/g, " ");
    expect(said).toMatch(
      /Public Domain Dedication & License 1\.0.*Creative Commons Zero v1\.0 Universal \(CC0 1\.0\)\.$/,
    );
    if (isAbsent(listSources.names.package)) return;
    const license = readFileSync(packageFile(listSources.names.package, "LICENSE"), "utf8").replace(/\s+/g, " ");
    expect(license).toContain(said);
  });
});
