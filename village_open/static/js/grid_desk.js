// A grid that people type into, whatever its columns: saving, drafts, rows taken out. Each page brings its own hooks.
import { Drafts } from "./grid_drafts.js";
import { fitFrame } from "./grid_frame.js";
import { GridKeys } from "./grid_keys.js";
import { sendRows, takeAnswer } from "./grid_save.js";
import { GridTable } from "./grid_table.js";
import { word } from "./grid_words.js";

const PHONE = "(max-width: 47.99rem)";
const DRAFT_MS = 400;
const byId = (id) => document.getElementById(id);

/** Start the grid, but not on a phone, where rows are cards.
 *
 * Hooks: `choicesOf(row, field)` names what a cell may hold, `onChange(row, field)` and `onSaved(answer)` are told,
 * `show()` is called whenever sums may have changed. Returns the grid's table and keys, or null.
 */
export function startGrid(table, hooks) {
  return table && !matchMedia(PHONE).matches ? new Desk(table, hooks) : null;
}

class Desk {
  constructor(table, hooks) {
    this.hooks = hooks;
    this.table = table;
    this.input = document.createElement("input");
    Object.assign(this.input, { type: "text", className: "grid-input", autocomplete: "off", spellcheck: false });
    this.grid = new GridTable(table, this.input);
    this.drafts = new Drafts(localStorage, table.dataset);
    this.waiting = this.drafts.read();
    this.timer = 0;
    this.isSending = false;
    this.keys = new GridKeys(this.grid, {
      choicesOf: (row, field) => hooks.choicesOf(row, field), onChange: (row, field) => this.changed(row, field),
      onTyping: () => this.keepSoon(), save: () => this.save(), remove: () => this.remove(),
    });
    this.open();
  }

  open() {
    document.documentElement.classList.add("has-grid");
    const frame = byId("grid-frame");
    frame.classList.add("is-grid");
    frame.classList.remove("cards");
    frame.removeAttribute("tabindex");
    byId("grid-foot").hidden = byId("grid-hints").hidden = false;
    this.grid.keepBlankRow();
    fitFrame(frame, byId("grid-foot"), byId("grid-more"));
    byId("grid-foot").querySelector("[data-deed=save]").addEventListener("click", () => this.save());
    byId("grid-foot").querySelector("[data-deed=remove]")?.addEventListener("click", () => this.remove());
    addEventListener("pagehide", () => this.keep());
    this.offerDraft();
    this.toStart({ focus: !this.waiting });
    this.hooks.show(this.grid);
  }

  /** Go where the next row is typed. */
  toStart(how = {}) {
    this.keys.go(this.grid.isFixed ? this.grid.rows[0] : this.grid.rows.at(-1), this.grid.fields[0].name, how);
  }

  changed(row, field) {
    this.hooks.onChange(row, field, this);
    this.hooks.show(this.grid);
    this.keepSoon();
  }

  /** Whether somebody writes in a cell just now. */
  isOpen(row, field) {
    return this.grid.here?.row === row && this.grid.here.field === field && this.keys.isEditing;
  }

  /** The input shows the cell's text when that changed under it and nobody is writing. */
  refreshInput() {
    if (!this.keys.isEditing) this.input.value = this.grid.here.row.cells[this.grid.here.field];
    this.hooks.show(this.grid);
  }

  async save() {
    if (this.isSending) return;
    this.keys.commit();
    const removed = this.grid.rows.filter((row) => row.removed);
    const rows = this.grid.unsaved.filter((row) => !row.removed);
    if (!rows.length && !removed.length) return say(word("nothing"));
    this.isSending = true;
    this.keep(); // Whatever comes of the sending, it is in this browser.
    say(word("saving"));
    const typed = this.input.value;
    const sentCells = rows.map((row) => JSON.stringify(row.cells));
    const answer = await sendRows(this.table, rows, removed);
    this.isSending = false;
    const typedMeanwhile = rows.map((row, at) => (JSON.stringify(row.cells) === sentCells[at] ? null : { ...row.cells }));
    const { said, bad, row, field } = takeAnswer(this.grid, answer, rows, removed);
    typedMeanwhile.forEach((cells, at) => cells && this.grid.fields.forEach(({ name }) => this.grid.set(rows[at], name, cells[name])));
    if (answer.kind === "saved") this.afterSave(answer, this.input.value === typed);
    say(said, bad);
    if (row) this.keys.go(row, field);
  }

  afterSave(answer, isStill) {
    this.grid.keepBlankRow();
    if (!this.grid.rows.includes(this.grid.here.row)) this.toStart();
    if (isStill) this.keys.isEditing = false; // Nobody wrote on meanwhile: the cell shows what is kept.
    this.refreshInput();
    this.keep();
    if (answer.reload) location.reload();
  }

  remove() {
    const { row, field } = this.grid.here;
    if (this.grid.isFixed) return;
    const at = this.grid.rows.indexOf(row);
    this.grid.toggleRemoved(row);
    this.grid.keepBlankRow();
    if (!this.grid.rows.includes(row)) this.keys.go(this.grid.rows[Math.min(at, this.grid.rows.length - 1)], field);
    say(row.removed ? word("goes") : "");
    this.hooks.show(this.grid);
    this.keepSoon();
  }

  keepSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), DRAFT_MS);
    const { length } = this.grid.unsaved;
    say(length ? word("unsaved", { count: length }) : "");
  }

  /** Keep what is unsaved, the cell being written included, beside an older draft nobody has decided about. */
  keep() {
    clearTimeout(this.timer);
    const { grid } = this;
    const typed = grid.here && this.input.value.trim();
    const rows = grid.rows
      .map((row) => ({ row, sent: { ...row.sent, removed: row.removed } }))
      .filter(({ row }) => row.isUnsaved || (grid.here?.row === row && typed !== row.cells[grid.here.field]));
    for (const { row, sent } of rows) if (grid.here?.row === row) sent.cells[grid.here.field] = typed;
    const kept = this.drafts.write([...(this.waiting?.rows ?? []), ...rows.map(({ sent }) => sent)]);
    if (!kept) say(word("no_room"), true);
  }

  offerDraft() {
    const offer = byId("draft-offer");
    if (!this.waiting) return;
    const at = new Date(this.waiting.at);
    offer.querySelector("p").textContent = word("waiting", {
      count: this.waiting.rows.length, month: at.getMonth() + 1, day: at.getDate(), time: at.toTimeString().slice(0, 5),
    });
    offer.hidden = false;
    offer.addEventListener("click", (event) => {
      const deed = event.target.dataset.deed;
      if (!deed) return;
      if (deed === "restore") this.waiting.rows.forEach((one) => this.restore(one));
      this.waiting = null;
      offer.hidden = true;
      this.grid.keepBlankRow();
      this.toStart();
      this.hooks.show(this.grid);
      this.keep();
      if (this.grid.unsaved.length) say(word("restored", { count: this.grid.unsaved.length }));
    });
  }

  restore({ id, version, key, cells, removed }) {
    const { grid } = this;
    let row = grid.rows.find((one) => (id && one.id === id) || (one.line && one.line === key));
    if (!row) {
      if (grid.isFixed) return;
      if (grid.rows.at(-1)?.isBlank) grid.drop(grid.rows.at(-1));
      row = grid.append({ key: id ? null : key });
    } else row.version = version;
    for (const { name } of grid.fields) grid.set(row, name, cells[name] ?? "");
    if (removed && row.id) grid.toggleRemoved(row);
  }
}

/** The choices that stand in the page under an id. */
export function optionsOf(id) {
  return [...byId(id).options].map((option) => option.value);
}

function say(text, bad = false) {
  byId("grid-status").textContent = text;
  byId("grid-status").classList.toggle("bad", bad);
}
