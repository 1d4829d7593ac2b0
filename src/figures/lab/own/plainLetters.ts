/** Letters that Unicode does not take apart into a letter of a to z and its accent. */
const WRITTEN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** "Kraków" → "krakow", "rock-n'roll" → "rocknroll". */
export const plainLetters = (word: string): string =>
  word
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => WRITTEN[letter]!)
    .replace(/['’‘ʼ`\-‐‑–]/g, "");
