import {z} from "astro/zod";
import digitMachine from "../../content/lab/digit-machine.json" with {type: "json"};
import wordForge from "../../content/lab/word-forge.json" with {type: "json"};

const count = z.number().int().positive();

/** A base model's card: what a person says of it, then what `npm run pretrain` measured. */
const labCardSchema = z.strictObject({
  name: z.string().min(1),
  about: z.string().min(1),
  architecture: z.string().min(1),
  tokens: z.string().min(1),
  form: z.string().min(1),
  data: z.string().min(1),
  license: z.string().min(1),
  optimizer: z.string().min(1),
  choice: z.string().min(1),
  limits: z.array(z.string().min(1)).min(1),
  command: z.string().startsWith("npm run pretrain"),
  parameters: count,
  training: z.strictObject({steps: count, batch: count, seed: count, sequences: count}),
  firstLosses: z.array(z.number().positive()).min(1),
  curve: z.array(z.tuple([count, z.number().positive()])).min(2),
  heldOut: z.record(z.string(), z.number()),
  file: z.strictObject({format: z.string().min(1), bytes: count, sha256: z.string().regex(/^[0-9a-f]{64}$/)}),
});

/** The cards of the lab's two base models. */
export const labCards = {
  "digit-machine": labCardSchema.parse(digitMachine),
  "word-forge": labCardSchema.parse(wordForge),
};
