// The list under a cell that holds a choice: type a number or the first words, or walk with the arrows.
import { word } from "./grid_words.js";

const SHOWN = 12;

/** Return the choices that a typed text may stand for; a number means the place in the list. */
export function matching(choices, typed) {
  const text = typed.trim();
  if (!text) return choices;
  if (/^\d+$/.test(text) && choices[Number(text) - 1]) return [choices[Number(text) - 1]];
  const begun = choices.filter((choice) => choice.startsWith(text));
  return [...begun, ...choices.filter((choice) => !begun.includes(choice) && choice.includes(text))];
}

/** The listbox of the grid's one input. */
export class ChoiceList {
  constructor(input) {
    this.input = input;
    this.box = document.createElement("ul");
    this.box.className = "grid-choices";
    this.box.id = "grid-choices";
    this.box.setAttribute("role", "listbox");
    this.box.setAttribute("aria-label", word("choices"));
    this.box.hidden = true;
    document.body.append(this.box);
    this.box.addEventListener("mousedown", (event) => {
      event.preventDefault();
      if (event.target.closest("li")) this.onPick?.(event.target.closest("li").dataset.value);
    });
  }

  get isOpen() { return !this.box.hidden; }

  get picked() { return this.box.querySelector("[aria-selected=true]")?.dataset.value ?? null; }

  open(choices, typed) {
    const numbered = new Map(choices.map((choice, at) => [choice, at + 1]));
    const found = matching(choices, typed).slice(0, SHOWN);
    this.box.replaceChildren(...found.map((choice, at) => this.option(choice, numbered.get(choice), at)));
    this.box.hidden = found.length === 0;
    this.place();
    this.select(typed.trim() && found.length ? 0 : -1);
    this.input.setAttribute("aria-expanded", String(this.isOpen));
  }

  option(choice, number, at) {
    const item = document.createElement("li");
    item.id = `grid-choice-${at}`;
    item.setAttribute("role", "option");
    item.dataset.value = choice;
    item.textContent = `${number} ${choice}`;
    return item;
  }

  place() {
    const cell = this.input.getBoundingClientRect();
    this.box.style.left = `${Math.max(8, Math.min(cell.left, innerWidth - this.box.offsetWidth - 8))}px`;
    const below = innerHeight - cell.bottom;
    if (below < this.box.offsetHeight && cell.top > below) this.box.style.top = `${cell.top - this.box.offsetHeight}px`;
    else this.box.style.top = `${cell.bottom}px`;
  }

  move(step) {
    const items = [...this.box.children];
    const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    this.select((now + step + items.length + (now < 0 && step < 0 ? 1 : 0)) % items.length);
  }

  select(at) {
    [...this.box.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    const item = this.box.children[at];
    if (item) {
      this.input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.box.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
