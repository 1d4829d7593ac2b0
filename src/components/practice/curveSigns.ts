import type {PictureName} from "./curves.ts";

/** What a pair of curves says: what to look at, the one test that tells it apart, and what to change. */
export interface Sign {
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
    see: "The loss jumps up in the first steps, and comes back to a worse place than it could have reached.",
    test: "Run a tenth of the steps at a third of the rate. If the jump is gone, it was the rate.",
    change: "Take the lower rate. Clipping and a longer warmup hide the jump and do not cure it.",
    section: "scale",
  },
  {
    id: "low",
    title: "The rate is too low",
    see: "The loss is smooth, falls all the time, and is still falling when the run ends.",
    test: "Run a tenth of the steps at three times the rate. If it gets lower in as many steps, the rate was too low.",
    change: "Go up by threes until a run becomes unstable, and take the one before.",
    section: "scale",
  },
  {
    id: "floor",
    title: "The rank is too small",
    see: "The loss on the training data itself levels off while a higher rank is still learning.",
    test: "Raise r and leave the rate and α as they are. If the plateau sinks, it was the rank.",
    change: "Keep the higher rank. With α fixed the rate may stay.",
    section: "rank",
  },
  {
    id: "few",
    title: "There are too few examples",
    see: "The two losses part: on what it has seen the model keeps getting better, on the rest it gets worse.",
    test: "Compare seen with unseen examples all along. Only this failure shows a gap that grows.",
    change: "Stop where the upper curve is lowest, train fewer parameters, or find more examples.",
    section: "data",
  },
  {
    id: "matrices",
    title: "The matrices are the wrong ones",
    see: "A plateau as in the third picture, but here a higher rank ends next to the lower one.",
    test: "Raise r. The plateau stays where it is; put the adapter on every linear layer, and it sinks.",
    change: "Adapt every linear layer at a lower rank.",
    section: "matrices",
  },
  {
    id: "scale",
    title: "The scale changed with the rank",
    see: "After a change of r the same rate makes the first steps jump, and the run ends worse than before.",
    test: "Work out the rate times α/r before and after. Here one run has forgotten to divide by r.",
    change: "Keep α when you change r, or search the rate again. Check that your program divides.",
    section: "scale",
  },
  {
    id: "forgetting",
    title: "It forgets",
    see: "The loss on the new task falls, and the loss on what the model could do before rises with it.",
    test: "Score an old task with the adapter on and off. Off, the old score is back.",
    change: "Mix old examples in, stop earlier, lower the rate; or switch the adapter off where it is not needed.",
    section: "forgetting",
  },
  {
    id: "well",
    title: "All is well",
    see: "Both losses fall together and end close to each other, and the last steps change little.",
    test: "Train once more with another seed. If both runs end alike, believe it.",
    change: "Nothing. Try one rate above and one below before you report a comparison.",
  },
];
