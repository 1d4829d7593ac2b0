import type {AnyWidget} from "../widget.ts";
import type {Player, Stage} from "./player.ts";

/** Loads what plays the runs of a heavy widget. What is asked of it meanwhile it does once it is there. */
export function running(w: AnyWidget, stage: Stage, say: (sentence: string) => void) {
  let player: Player | undefined;
  const loading = w.player?.().then((module) => {
    player = module.player(stage);
    return player;
  });
  loading?.catch((error) => say(`What plays this figure did not load: ${error}. Reload the page to try again.`));
  return {
    isHeavy: !!loading,
    loading,
    isPlaying: () => !!player?.isPlaying(),
    do: (use: (player: Player) => void) => (player ? use(player) : void loading?.then(use).catch(() => undefined)),
  };
}
