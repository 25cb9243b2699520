// Walking through the grid and typing into it. One input walks along, so that an input method works at the first stroke.
import { ChoiceList } from "./grid_choice.js";
import { pastedRows } from "./grid_paste.js";

const FAR = 10;

/** Binds the keyboard and the mouse to a GridTable; calls `onChange(row, field)` and the deeds `save`, `remove`. */
export class GridKeys {
  constructor(grid, { choicesOf, onChange, onTyping, save, remove }) {
    Object.assign(this, { grid, choicesOf, onChange, onTyping, save, remove, isEditing: false });
    this.input = grid.input;
    this.choice = new ChoiceList(this.input);
    this.choice.onPick = (text) => { this.input.value = text; this.commit(); this.choice.close(); };
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("paste", (event) => this.paste(event));
    this.input.addEventListener("blur", () => { this.commit(); this.choice.close(); });
    this.input.addEventListener("dblclick", () => this.edit());
    grid.body.addEventListener("mousedown", (event) => this.click(event));
  }

  /** Go to a cell; what was typed in the one before stands. */
  go(row, field, { focus = true } = {}) {
    this.commit();
    this.choice.close();
    this.grid.place(row, field);
    this.isEditing = false;
    const list = this.choicesOf(row, field);
    if (list) this.input.setAttribute("role", "combobox");
    else this.input.removeAttribute("role");
    for (const [name, value] of [["aria-controls", "grid-choices"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
      if (list) this.input.setAttribute(name, value);
      else this.input.removeAttribute(name);
    }
    if (!focus) return;
    this.input.focus({ preventScroll: true });
    this.input.select();
    row.tds[field].scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  commit() {
    if (!this.grid.here) return;
    const { row, field } = this.grid.here;
    if (this.grid.set(row, field, this.input.value.trim())) this.onChange(row, field);
  }

  typed() {
    this.isEditing = true;
    const list = this.choicesOf(this.grid.here.row, this.grid.here.field);
    if (list) this.choice.open(list, this.input.value);
    this.onTyping();
  }

  edit() {
    this.isEditing = true;
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
    const list = this.choicesOf(this.grid.here.row, this.grid.here.field);
    if (list) this.choice.open(list, "");
  }

  /** Show the choices under the cell; what stands there stays selected, so that typing replaces it. */
  offer() {
    const list = this.choicesOf(this.grid.here.row, this.grid.here.field);
    if (list) this.choice.open(list, "");
  }

  undo() {
    this.input.value = this.grid.here.row.cells[this.grid.here.field];
    this.choice.close();
    this.isEditing = false;
    this.input.select();
  }

  onKey(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const deed = this.deedOf(event);
    if (!deed) return;
    if (deed() !== false) event.preventDefault();
  }

  deedOf(event) {
    const { key, shiftKey, altKey } = event;
    const held = event.ctrlKey || event.metaKey;
    if (held) return { s: this.save, S: this.save, Delete: this.remove, Enter: this.save }[key];
    if (key === "ArrowDown" && altKey) return () => this.edit();
    if (this.choice.isOpen && (key === "ArrowDown" || key === "ArrowUp")) return () => this.choice.move(key === "ArrowDown" ? 1 : -1);
    if (key === "ArrowLeft" || key === "ArrowRight") return this.isEditing || shiftKey ? null : () => this.across(key === "ArrowRight" ? 1 : -1);
    if (key === "Home" || key === "End") return this.isEditing ? null : () => this.toEdge(key);
    return {
      Enter: () => this.pickAndCross(shiftKey ? -1 : 1), Tab: () => this.pickAndCross(shiftKey ? -1 : 1),
      ArrowDown: () => this.down(1), ArrowUp: () => this.down(-1), PageDown: () => this.down(FAR), PageUp: () => this.down(-FAR),
      Escape: () => this.undo(), F2: () => this.edit(),
    }[key];
  }

  pickAndCross(step) {
    if (this.choice.isOpen && this.isEditing && this.choice.picked && this.input.value.trim()) this.input.value = this.choice.picked;
    else if (this.choice.isOpen && this.choice.picked) this.input.value = this.choice.picked;
    return this.across(step);
  }

  /** Go one cell on or back; at the end of the last, empty row false lets Tab leave the grid. */
  across(step) {
    const { fields, rows, here } = this.grid;
    const at = rows.indexOf(here.row) * fields.length + fields.findIndex(({ name }) => name === here.field) + step;
    if (at < 0) { this.commit(); return false; }
    if (at >= rows.length * fields.length) {
      this.commit();
      if (rows.at(-1).isBlank) return false;
      this.grid.keepBlankRow();
    }
    this.go(this.grid.rows[Math.floor(at / fields.length)], fields[at % fields.length].name);
    return true;
  }

  down(step) {
    const { rows, here } = this.grid;
    this.commit();
    if (step > 0) this.grid.keepBlankRow();
    const at = Math.max(0, Math.min(rows.length - 1, rows.indexOf(here.row) + step));
    this.go(rows[at], here.field);
  }

  toEdge(key) {
    this.go(this.grid.here.row, (key === "Home" ? this.grid.fields[0] : this.grid.fields.at(-1)).name);
  }

  click(event) {
    const td = event.target.closest("td[data-field]");
    const row = td && this.grid.rows.find((one) => one.tr === td.parentElement);
    if (!row || !this.grid.byName.has(td.dataset.field) || event.target === this.input) return;
    event.preventDefault();
    this.go(row, td.dataset.field);
    this.offer();
  }

  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n\r]/.test(text.trim())) return;
    event.preventDefault();
    const { here, fields } = this.grid;
    const rows = pastedRows(text, fields, here.field);
    let at = this.grid.rows.indexOf(here.row);
    for (const cells of rows) {
      if (at >= this.grid.rows.length && this.grid.isFixed) break;
      if (at >= this.grid.rows.length) this.grid.append();
      const row = this.grid.rows[at];
      for (const [field, value] of Object.entries(cells)) this.grid.set(row, field, value);
      at += 1;
    }
    this.input.value = here.row.cells[here.field];
    this.onChange(here.row, null);
    this.grid.keepBlankRow();
    this.onTyping();
    this.go(this.grid.rows[Math.min(at, this.grid.rows.length - 1)], fields[0].name);
  }
}
