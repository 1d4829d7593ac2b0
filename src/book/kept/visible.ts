/** Replaces characters that are invisible, look like a space or reverse the order of others by their code points: "⟨U+200B⟩". */
export const showInvisible = (text: string): string =>
  text.replace(
    /(?![\t ])[\p{Cc}\p{Cf}\p{Zs}\p{Default_Ignorable_Code_Point}\u2800]/gu,
    (sign) => `⟨U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
