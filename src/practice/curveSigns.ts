import type {PictureName} from "./curves.ts";

/** What a pair of curves says: what to look at, the one test that tells it apart, and what to change. */
interface Sign {
  id: PictureName;
  title: string;
  see: string;
  test: string;
  change: string;
  /** Where a chapter explains it: a section of chapter 9. */
  section?: string;
}

/** In the order of the page. The curves are in content/practice/curves.json. */
export const signs: readonly Sign[] = [
  {
    id: "high",
    title: "The rate is too high",
    see: "The loss jumps up in the first steps, then falls again, but not as far as at a lower rate.",
    test: "Run a tenth of the steps at a third of the rate. If the jump is gone, it was the rate.",
    change: "Take the lower rate. Clipping or a longer warmup may hide the jump and leave the rate too high.",
    section: "scale",
  },
  {
    id: "low",
    title: "The rate is too low",
    see: "The loss is smooth and falls slowly all the way, without the steep start of a good run. After 200 steps it is above where the good run was after five.",
    test: "Run a tenth of the steps at three times the rate. If the loss is lower after as many steps, the rate was too low.",
    change: "Multiply the rate by three until a run becomes unstable, and take the rate before that.",
    section: "scale",
  },
  {
    id: "floor",
    title: "The rank is too small",
    see: "Even on the training data the loss falls ever more slowly, and ends far above a run at a higher rank.",
    test: "Raise r and leave the rate and α as they are. If the loss now ends much lower, it was the rank.",
    change: "Keep the higher rank. With α fixed you can usually keep the rate.",
    section: "rank",
  },
  {
    id: "few",
    title: "There are too few examples",
    see: "The two losses move apart: the model keeps improving on examples it has seen and gets worse on new ones.",
    test: "Compare the loss on seen and on unseen examples throughout the run. Of these failures only this one makes the gap between them grow.",
    change: "Stop where the upper curve is lowest, train fewer parameters, or find more examples.",
    section: "data",
  },
  {
    id: "matrices",
    title: "The matrices are the wrong ones",
    see: "The loss falls well at first, as it would not at too low a rate, and then levels off far above the last picture. Four times the rank ends only 0.04 lower.",
    test: "Raise r, and the loss hardly moves. Put the adapter on every linear layer, and it falls.",
    change: "Adapt every linear layer, at a lower rank if memory is short.",
    section: "matrices",
  },
  {
    id: "scale",
    title: "The scale changed with the rank",
    see: "It looks like too high a rate: after a change of r the same rate makes the first steps jump, and the run ends worse than before.",
    test: "Compute the rate times α/r for both runs. In the picture, one run did not divide by r.",
    change: "Keep α when you change r, or search the rate again. Check that your program divides by r.",
    section: "scale",
  },
  {
    id: "forgetting",
    title: "It forgets",
    see: "The loss on the new task falls, and the loss on what the model could do before rises with it.",
    test: "Score an old task with the adapter on and off. With it off, the old score is back.",
    change: "Mix in old examples, stop earlier or lower the rate. Or switch the adapter off where you do not need it.",
    section: "forgetting",
  },
  {
    id: "well",
    title: "All is well",
    see: "Both losses fall together, steeply at first, and end close to each other and nearly level.",
    test: "Train once more with another seed. If both runs end at nearly the same loss, trust it.",
    change: "Change nothing. Before you report a comparison, try one rate above and one below.",
  },
];
