import {readdir, readFile} from "node:fs/promises";
import {basename, join} from "node:path";

/** The license of a package, which everybody who passes the package on has to pass on too. */
interface Notice {
  /** Its name and version. */
  name: string;
  /** The license's short name, as the package gives it. */
  license: string;
  text: string;
}

/** License texts of packages that are published without one, taken from their repositories; the files are beside this one. */
const fromRepository: Readonly<Record<string, string>> = {
  "@micropython/micropython-webassembly-pyscript": "micropython.txt",
};

const byName = (a: {name: string}, b: {name: string}) => (a.name < b.name ? -1 : 1);
const isLicense = (file: string): boolean => /^(licen[cs]e|copying)(\.|$)/i.test(file);

/** The notice of the package in this folder. Throws if the package has none: then it may not be shipped. */
export async function noticeOf(folder: string): Promise<Notice> {
  const {name, version, license} = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const entry = (await readdir(folder, {withFileTypes: true})).sort(byName).find((one) => isLicense(one.name));
  // Pagefind has a folder of that name, with its own license under the same name in it.
  const file = entry?.isDirectory() ? join(entry.name, entry.name) : entry?.name;
  const textFile = fromRepository[name];
  if (!file && textFile)
    return {
      name: `${name} ${version}`,
      license,
      text: (await readFile(join("src/site/licenses", textFile), "utf8")).trim(),
    };
  if (!file)
    throw new Error(
      `licenses: ${name} ${version} is in a bundle, and its package has no license text. Find out under which license it may be passed on, or do without it.`,
    );
  // After that heading come the licenses of packages that are not in our bundles.
  const [text = ""] = (await readFile(join(folder, file), "utf8")).split(/^#+ Licenses of bundled dependencies/m);
  return {name: `${name} ${version}`, license: typeof license === "string" ? license : "see below", text: text.trim()};
}

const RULE = "-".repeat(59);

/** The notices of packages, given by their folders, as text. Those with the same license text share it. */
export async function noticesOf(folders: Iterable<string>): Promise<string> {
  const sorted = [...folders].sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
  const notices = await Promise.all(sorted.map((folder) => noticeOf(folder)));
  const groups = new Map<string, Notice[]>();
  for (const notice of notices) groups.set(notice.text, [...(groups.get(notice.text) ?? []), notice]);
  return [...groups]
    .map(([text, group]) => {
      const names = group.map(({name, license}) => `${name} (${license})`).join("\n");
      return `${RULE}\n${names}\n${RULE}\n\n${text}\n`;
    })
    .join("\n");
}
