// The room of the grid: as high as the window leaves it, so that its scrollbar and the sums are in sight at once.
import { word } from "./grid_words.js";

const LEAST = 256;

/** Fit the frame between what stands above it and the foot, and say which columns are out of sight on the right. */
export function fitFrame(frame, foot, more) {
  const fit = () => {
    const above = frame.getBoundingClientRect().top + scrollY;
    frame.style.maxHeight = `${Math.max(LEAST, innerHeight - above - foot.offsetHeight)}px`;
    tell();
  };
  const tell = () => {
    const hidden = hiddenHeads(frame);
    more.textContent = hidden.length ? word("more", { names: hidden.join(word("comma")) }) : "";
  };
  frame.addEventListener("scroll", tell, { passive: true });
  addEventListener("resize", fit);
  new ResizeObserver(fit).observe(foot);
  fit();
}

function hiddenHeads(frame) {
  const heads = [...frame.querySelectorAll("thead th")];
  const isHeld = heads.at(-1).classList.contains("row-links"); // That column stays in sight and covers what is under it.
  const edge = isHeld ? heads.at(-1).getBoundingClientRect().left : frame.getBoundingClientRect().right;
  return heads.slice(0, isHeld ? -1 : undefined).filter((th) => th.getBoundingClientRect().right > edge + 1).map((th) => th.textContent.trim());
}
