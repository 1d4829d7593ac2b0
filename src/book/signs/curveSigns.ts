/** The failures in the table of chapter 9: those that show in curves, and those that do not. */
import type {PictureName} from "./curves.ts";

/** A failure that shows in a pair of curves: what to look at, the test that tells it from the others, and what to change. */
interface Sign {
  id: PictureName;
  title: string;
  see: string;
  test: string;
  change: string;
  /** The section of chapter 9 that explains it. */
  section?: string;
}

/** The signs in the order of the page. The curves are in content/practice/curves.json. */
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
    test: "Work out αη² before and after the change. In the picture one run did not divide by r = 16, as if its α were sixteen times as large.",
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

/** A failure that no curve shows. `suspects` are its possible causes, with the sections of chapter 9 that explain them. */
interface Symptom {
  see: string;
  suspects: readonly {text: string; section?: string}[];
  test: string;
  change: string;
}

/** The symptoms in the order of the table: what is cheapest to check comes first. */
export const symptoms: readonly Symptom[] = [
  {
    see: "A loss that never changes, not even in its last digit",
    suspects: [{text: "both factors at zero", section: "zero"}, {text: "nothing is trained"}],
    test: "Look at ‖B‖ before training and after ten steps.",
    change: "Draw one factor at random, and check that its parameters ask for gradients.",
  },
  {
    see: "One input, two different outputs",
    suspects: [{text: "dropout is still on"}],
    test: "Call the model twice in eval mode.",
    change: "Serve in eval mode. Dropout sets some of the adapter’s inputs to zero at random, for training only.",
  },
  {
    see: "Good in training, wrong when served",
    suspects: [{text: "merged, and still attached"}],
    test: "Switch the adapter off. If the outputs are right now, it acted twice.",
    change: "Merge it or attach it, not both.",
  },
  {
    see: "Good unmerged, worse merged",
    suspects: [{text: "rounding, or another base", section: "quantized"}],
    test: "Compare merged and unmerged outputs on the same inputs.",
    change: "Keep the adapter beside the base it was trained on.",
  },
  {
    see: "Right on one task, wrong on the next",
    suspects: [
      {text: "one merged matrix", section: "batch"},
      {text: "two adapters added", section: "adding"},
    ],
    test: "Send the same input with one adapter at a time.",
    change: "One adapter for each task, and a switch.",
  },
];
