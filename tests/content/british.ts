/** British spellings the site does not use; each with the American one it is written as here. */
const british: readonly [RegExp, string][] = [
  [
    /\b(\w*(?:col|fav|behavi|neighb|hon|lab|rum|vap|harb|flav))our(s|ed|ing|hood|hoods|able|ful|less|ite|ites)?\b/gi,
    "-or",
  ],
  [/\b\w*(?:anal|paral|catal)ys(?:e[drs]?|ing)\b/gi, "-yze"],
  [
    /\b\w*(?:optim|normal|initial|quant|recogn|organ|general|regular|summar|minim|maxim|visual|emphas|real|special|parametr|digit|random|penal|real|util|character|final|formal|local|categor|standard|memor|serial|token|orthogonal|factor)is(?:e[drs]?|ing|ation|ations)\b/gi,
    "-ize",
  ],
  [/\bgrey(s|ed|scale|ish)?\b/gi, "gray"],
  [/\b(?:centre[ds]?|centring|fibres?|theatres?|calibres?)\b/gi, "-er"],
  [/\b(?:re)?(?:model|label|travel|level|signal|channel)l(?:ed|ing|ings|er|ers)\b/gi, "one l"],
  [
    /\b(?:programmes?|artefacts?|licences?|defences?|offences?|judgements?|whilst|learnt|spelt|sceptic(?:al|ism)?)\b/gi,
    "American",
  ],
];

/** The British spellings in a text, outside the quoted titles given, each with what is written here instead. */
export function britishWords(text: string, titles: readonly string[] = []): string[] {
  const rest = titles.reduce((left, title) => left.replaceAll(title, ""), text);
  return british.flatMap(([pattern, instead]) => [...rest.matchAll(pattern)].map(([word]) => `${word} (${instead})`));
}
