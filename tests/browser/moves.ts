/** Something to change in each widget, by keys alone. */
export interface Move {
  field: string;
  key: string;
  /** The parameter that moves. */
  name: string;
  /** An address with most of the widget's parameters off their defaults. */
  link: string;
  /** A number the widget takes, where `name` is none. */
  number?: string;
  /** The part that says first what moved, if not the sentence. */
  answers?: string;
  /** What is said where a link has set it. */
  linked?: RegExp;
  /** What sets it going, where it has no shapes before, and the part of its picture that has them then. */
  shapes?: {begin: string; box: string};
}

export const moves: Readonly<Record<string, Move>> = {
  rank: {field: "input[name=r]", key: "ArrowRight", name: "r", link: "?r=7&source=sunset&row=3&column=40"},
  product: {
    field: "input[name=row]",
    key: "ArrowRight",
    name: "row",
    link: "?r=3&peel=2&d=4&k=5&row=3&column=5&b=1,2,3;4,5,6",
  },
  where: {field: "input[name=phase]:checked", key: "ArrowRight", name: "phase", link: "?on=qk&phase=merged"},
  question: {
    field: "input[name=letter]",
    key: "ArrowLeft",
    name: "letter",
    link: "?word=marg&letter=2&seed=3&runs=five",
  },
  places: {field: "input[name=letter]", key: "Home", name: "letter", link: "?word=anna&letter=3&head=4&draw=5"},
  ways: {field: "input[name=step]", key: "ArrowLeft", name: "step", link: "?step=40&draw=5"},
  batch: {field: "input[name=slips]:checked", key: "ArrowRight", name: "slips", link: "?slips=names&letter=4&draw=5"},
  cut: {field: "input[name=r]", key: "ArrowRight", name: "r", link: "?of=weights&draw=3&r=8"},
  gradient: {field: "input[name=words]", key: "ArrowLeft", name: "words", link: "?beside=shuffled&words=9"},
  tuned: {field: "input[name=rate]:checked", key: "ArrowRight", name: "rate", link: "?rate=0.1&learn=lengths"},
  strength: {
    field: "input[name=config]:checked",
    key: "ArrowRight",
    name: "config",
    link: "?config=rslora&reader=llama.cpp",
  },
  forgetting: {field: "input[name=step]", key: "ArrowLeft", name: "step", link: "?way=16&rate=small&step=20"},
  savings: {field: "input[name=r]", key: "ArrowUp", name: "r", link: "?preset=custom&r=3&d=40&k=60"},
  threads: {field: "input[name=zoom]", key: "ArrowRight", name: "zoom", link: "?zoom=1.5&r=6&matrix=deberta"},
  init: {
    field: "input[name=step]",
    key: "ArrowRight",
    name: "step",
    link: "?step=12&r=3&rate=0.3&optimizer=adam&seed=3",
  },
  fold: {
    field: "input[name=swaps]",
    key: "ArrowRight",
    name: "swaps",
    link: "?sheet=150&swaps=7&stored=fp32&row=2&column=3",
  },
  cost: {
    field: "input[name=r]",
    key: "ArrowUp",
    name: "r",
    link: "?model=custom&d=640&layers=7&r=3&tasks=9&matrices=all&optimizer=sgd&precision=mixed&batch=2&tokens=64",
  },
  train: {
    field: "input[name=step]",
    key: "ArrowLeft",
    name: "step",
    link: "?r=3&alpha=8&rate=0.1&optimizer=sgd&step=90&examples=24&noise=2&planted=6&seed=3&row=2&column=9&kept=4-4-0.05-adamw-all-0-4-7",
  },
  listener: {
    field: "input[name=view]:checked",
    key: "ArrowRight",
    name: "view",
    link: "?step=9&view=task&update=off&point=12&seed=3&one=0.5,0.5,1,0&two=1,0,0,1,0,1,1,0&task=0.2,0.4,0.1,0",
  },
  merge: {
    field: "input[name=merged]:checked",
    key: "ArrowRight",
    name: "merged",
    link: "?merged=both&precision=bf16&swaps=7&r=3&seed=4",
  },
  predict: {
    field: "input[name=count]",
    key: "ArrowRight",
    name: "count",
    link: "?strategy=biases&count=6.3&latency=45",
  },
  addition: {
    field: "input[name=phase]:checked",
    key: "ArrowRight",
    name: "phase",
    link: "?phase=training&step=20&word=john&letter=1&row=3&column=9&look=loud",
  },
  forge: {
    field: "input[name=letter]",
    key: "ArrowLeft",
    name: "letter",
    link: "?adapter=on&lesson=french&draw=4&word=3&letter=5",
  },
  learning: {
    field: "input[name=step]",
    key: "ArrowLeft",
    name: "step",
    link: "?step=7&beside=q1",
  },
  latency: {
    field: "input[name=after]",
    key: "ArrowLeft",
    name: "after",
    link: "?times=here&setting=16x256&compared=l&tokens=16&width=64&r=9&guess=25&after=90",
  },
  intrinsic: {
    field: "input[name=d]:checked",
    key: "ArrowRight",
    name: "d",
    link: "?d=8&task=line&seed=3&units=40",
    number: "seed",
  },
  forward: {
    field: "input[name=steps]",
    key: "ArrowRight",
    name: "steps",
    link: "?stage=backward&steps=3&r=1&alpha=6&d=3&k=5&rate=0.003&seed=4&trace=dx&row=1&column=4",
  },
  lab: {
    field: "input[name=task]:checked",
    key: "ArrowRight",
    name: "task",
    link: "?task=swapEnds&method=bottleneck&width=8&rate=0.03&examples=500&alpha=4&seed=3&on=qk1&scale=1.5&input=204719",
    // Before anything is trained the sentence is the same for every task.
    answers: ".side.before .note",
    linked: /^This link trains again/,
    shapes: {begin: "[data-do=play]", box: ".sparked"},
  },
  results: {
    field: "input[name=against]",
    key: "ArrowRight",
    name: "against",
    link: "?from=2&glue=rte&glue-model=RoBERTa-large&against=3&methods=adapter&sort=score&guess=7.3",
  },
  budget: {
    field: "input[name=seed]",
    key: "ArrowRight",
    name: "seed",
    link: "?by=budget&order=best&seed=7&on=ko",
  },
  choose: {
    field: "input[name=latency]:checked",
    key: "ArrowLeft",
    name: "latency",
    link: "?latency=no&tasks=yes&quality=unseen&few=yes&length=yes&memory=yes&service=plain",
  },
  clinic: {
    field: "input[name=step]",
    key: "ArrowLeft",
    name: "step",
    link: "?case=2&guess=2-same&diagnosis=2-rank&r=3&step=60&seed=4",
  },
  sweep: {
    field: "input[name=learned]:checked",
    key: "ArrowRight",
    name: "learned",
    link: "?vary=matrices&learned=rotateTwo&machine=3&pretraining=500&ranked=plusThree&rated=names&way=full",
    number: "machine",
  },
  family: {
    field: "input[name=step]",
    key: "ArrowLeft",
    name: "step",
    link: "?work=loftq&learn=own&r=3&rate=0.05&optimizer=sgd&step=20&ratio=4&repairs=3&seed=5",
  },
  floor: {
    field: "input[name=r]",
    key: "ArrowRight",
    name: "r",
    link: "?r=7&spectrum=step&inputs=uneven&step=50&seed=3",
  },
  rates: {
    field: "input[name=rank]:checked",
    key: "ArrowRight",
    name: "rank",
    link: "?rank=16&coupling=root&eta=0.0316&ground=digits",
    number: "r",
  },
  compose: {
    field: "input[name=shared]",
    key: "ArrowRight",
    name: "shared",
    link: "?way=weighted&weight=0.35&agree=same&shared=6&r=5&stray=0.3&seed=2",
  },
  subspace: {
    field: "input[name=i]",
    key: "ArrowRight",
    name: "i",
    link: "?twins=seeds&place=q1&i=3&j=5&skill=plusThree&draw=2&trained=50",
  },
  amplify: {
    field: "input[name=weight]:checked",
    key: "ArrowRight",
    name: "weight",
    link: "?weight=q1&rank=high&bands=outputs&subject=plusThree&begin=3&until=60",
    number: "begin",
  },
  growth: {
    field: "input[name=width]",
    key: "ArrowLeft",
    name: "width",
    link: "?width=4096&r=2&matrices=qkvo",
  },
  objective: {
    field: "input[name=trained]:checked",
    key: "ArrowRight",
    name: "trained",
    link: "?trained=full&word=emma",
  },
};
