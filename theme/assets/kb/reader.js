// When somebody reads the page: what is needed later, where the net may be gone by then, is fetched at that moment, so that
// the first view stays small.

/** What shows it. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "scroll", "beforeprint"];
/** Who does not stir reads too: milliseconds that the page is open by then. Chosen by hand. */
const STAYS = 3000;

/** Do something once, at the first sign of a reader. @param {() => void} action */
export function whenRead(action) {
  const done = () => {
    clearTimeout(waiting);
    for (const sign of SIGNS) removeEventListener(sign, done);
    action();
  };
  const waiting = setTimeout(done, STAYS);
  for (const sign of SIGNS) addEventListener(sign, done, { passive: true });
}
