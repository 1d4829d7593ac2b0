import "../module.js";
import {useEffect, useRef, useState} from "react";
import {createRoot} from "react-dom/client";

/** As /embedding/developers/ has it: the state goes to the element itself. */
function Page() {
  const figure = useRef(null);
  const [r, setR] = useState(16);
  const [heard, hear] = useState("");
  useEffect(() => {
    figure.current.state = {r};
  }, [r]);
  const changed = ({detail}) => detail.phase === "commit" && hear(`${detail.reason} ${detail.state.r}`);
  return (
    <>
      <button type="button" id="load">
        Load
      </button>
      <button type="button" id="move" onClick={() => setR(24)}>
        Move
      </button>
      <output>{heard}</output>
      <lora-widget ref={figure} name="rank" seed={3} loading="eager" onlora-change={changed} />
    </>
  );
}

createRoot(document.querySelector("#app")).render(<Page />);
