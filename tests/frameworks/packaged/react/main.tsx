import type {LoraWidget, WidgetName} from "lora-widget";
import "lora-widget/react";
import {useRef, useState} from "react";
import {createRoot} from "react-dom/client";

/** The state as a property, as the guide has it: what the reader chose is kept. */
function Page() {
  const figure = useRef<LoraWidget>(null);
  const [r, setR] = useState(8);
  const [heard, hear] = useState("");
  return (
    <>
      <button type="button" id="move" onClick={() => setR(12)}>
        Move
      </button>
      <output>{heard}</output>
      <lora-widget
        ref={figure}
        name="rank"
        state={{r}}
        seed={3}
        loading="eager"
        className="figure"
        onlora-change={({detail}) => {
          const now: number = detail.state.r;
          if (detail.phase === "commit") hear(`${detail.reason} ${now}`);
          setR(now);
        }}
      />
    </>
  );
}

export const Any = ({name}: {name: WidgetName}) => <lora-widget name={name} theme="dark" />;

export const wrong = [
  // @ts-expect-error there is no such widget
  <lora-widget key="1" name="nope" />,
  // @ts-expect-error r is a number
  <lora-widget key="2" name="rank" state={{r: "many"}} />,
  // @ts-expect-error rank has no alpha
  <lora-widget key="3" name="rank" alpha={3} />,
  // @ts-expect-error there is no such matrix
  <lora-widget key="4" name="rank" source="sea" />,
  // @ts-expect-error step is a method of the element
  <lora-widget key="5" name="train" step={3} />,
];

createRoot(document.querySelector("#app")!).render(<Page />);
