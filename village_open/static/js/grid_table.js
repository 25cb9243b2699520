// The rows of the grid: texts of cells, what was saved of them, what is wrong with them, and how they stand in the table.
import { draftKey } from "./grid_drafts.js";
import { formatFen, parseFen, plainAmount } from "./grid_money.js";
import { word } from "./grid_words.js";

let born = 0;

/** What a cell holds, as it is typed: without thousands, and without the words about it. */
function typedText(td, { isFigure }) {
  const text = td.firstChild?.nodeType === Node.TEXT_NODE ? td.firstChild.data.trim() : "";
  return isFigure ? plainAmount(text) : text;
}

/** What a cell shows while nobody writes in it: an amount that can be read has its thousands. */
function shownText({ isMoney }, text) {
  const fen = isMoney ? parseFen(text) : null;
  return fen === null ? text : formatFen(fen);
}

/** One row: its cells as typed and as last saved. */
class Row {
  constructor(tr, fields, { id = null, version = null, key = null, line = null } = {}) {
    Object.assign(this, { tr, id, version, key: key ?? (id ? null : draftKey()), line, removed: false, uid: (born += 1) });
    this.tds = Object.fromEntries([...tr.querySelectorAll("td[data-field]")].map((td) => [td.dataset.field, td]));
    this.cells = Object.fromEntries(fields.map((field) => [field.name, typedText(this.tds[field.name], field)]));
    this.saved = id ? { ...this.cells } : null;
    this.messages = new Map(this.said);
    this.suggested = new Set();
  }

  /** What the server said of the row when it sent the page. */
  get said() {
    return Object.entries(this.tds).filter(([, td]) => td.querySelector(".why")).map(([name, td]) => [name, { text: td.querySelector(".why").textContent, mild: true }]);
  }

  get isBlank() { return Object.values(this.cells).every((text) => !text); }

  get isUnsaved() {
    if (!this.id) return !this.isBlank;
    return this.removed || Object.keys(this.cells).some((name) => this.cells[name] !== this.saved[name]);
  }

  /** What the server or a draft needs of it. */
  get sent() { return { id: this.id, version: this.version, key: this.line ?? this.key, cells: { ...this.cells } }; }
}

/** What the head of a column says of it: figures lose their thousands while they are typed, amounts get them back. */
function fieldOf(th) {
  const isFigure = th.classList.contains("money");
  return { name: th.dataset.field, label: th.textContent.trim(), isFigure, isMoney: isFigure && !th.classList.contains("number") };
}

/** Who a row is: the number and version under which it is kept, and its line in a table whose lines are fixed. */
function identityOf(tr) {
  return { id: Number(tr.dataset.id) || null, version: Number(tr.dataset.version) || null, line: tr.dataset.line ?? null };
}

/** All rows, in the order of the screen; `input` stands in the cell that is worked on. */
export class GridTable {
  constructor(table, input) {
    this.table = table;
    this.body = table.tBodies[0];
    this.input = input;
    this.isFixed = "fixed" in table.dataset;
    const heads = [...table.tHead.querySelectorAll("th[data-field]")];
    this.fields = heads.filter((th) => !("reckoned" in th.dataset)).map(fieldOf);
    this.reckoned = heads.filter((th) => "reckoned" in th.dataset).map((th) => th.dataset.field);
    this.byName = new Map(this.fields.map((field) => [field.name, field]));
    this.rows = [...this.body.rows].filter((tr) => !("reckoned" in tr.dataset)).map((tr) => new Row(tr, this.fields, identityOf(tr)));
    this.here = null;
  }

  get unsaved() { return this.rows.filter((row) => row.isUnsaved); }

  /** Add an empty row at the end. */
  append(identity = {}) {
    const tr = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    tr.append(head);
    for (const th of this.table.tHead.querySelectorAll("th[data-field]")) {
      const td = document.createElement("td");
      td.dataset.field = th.dataset.field;
      td.dataset.label = th.textContent.trim();
      td.className = th.dataset.field === "summary" ? "summary" : th.className;
      tr.append(td);
    }
    if (this.table.dataset.lineUrl) {
      const links = document.createElement("td");
      links.className = "row-links";
      tr.append(links);
    }
    this.body.append(tr);
    const row = new Row(tr, this.fields, identity);
    this.rows.push(row);
    this.number();
    return row;
  }

  /** Always one empty row to go on with. */
  keepBlankRow() {
    if (this.isFixed) return;
    if (!this.rows.length || !this.rows.at(-1).isBlank) this.append();
  }

  number() {
    // Corrections of earlier periods stand above the grid and have the first numbers of the sheet.
    if (this.isFixed) return;
    const before = Number(this.table.dataset.numberedFrom);
    this.rows.forEach((row, at) => { row.tr.cells[0].textContent = before + at + 1; });
  }

  set(row, field, text) {
    if (row.cells[field] === text) return false;
    row.cells[field] = text;
    row.messages.delete(field);
    this.paint(row, field);
    row.tr.classList.toggle("unsaved", row.isUnsaved);
    row.tr.classList.toggle("outdated", row.isUnsaved); // What the server reckoned is not of these cells any more.
    return true;
  }

  /** Say something at a cell: what is wrong, or (mild) what to look at. */
  tell(row, field, text, mild = false) {
    row.messages.set(field, { text, mild });
    this.paint(row, field);
  }

  /** Put the texts of the server, or of a draft, into a row. */
  fill(row, cells) {
    for (const { name } of this.fields) {
      row.cells[name] = cells[name] ?? "";
      this.paint(row, name);
    }
  }

  /** The row stands as it is kept on the server. */
  markSaved(row, { id, version, cells, reckoned = {} }) {
    Object.assign(row, { id, version, key: null, saved: { ...cells }, suggested: new Set() });
    row.messages.clear();
    this.fill(row, cells);
    for (const [name, text] of Object.entries(reckoned)) row.tds[name].textContent = text;
    row.tr.classList.remove("unsaved", "outdated");
    this.link(row);
  }

  link(row) {
    const cell = row.tr.querySelector(".row-links");
    if (!cell || cell.querySelector("a")) return;
    const link = document.createElement("a");
    link.href = this.table.dataset.lineUrl.replace(/\/0$/, `/${row.id}`);
    link.textContent = word("add_receipts");
    cell.replaceChildren(link);
  }

  /** Take a row out of the grid: a new one vanishes, a saved one is struck through until the save. */
  toggleRemoved(row) {
    if (!row.id) return this.drop(row);
    row.removed = !row.removed;
    row.tr.classList.toggle("removed", row.removed);
    row.tr.classList.toggle("unsaved", row.isUnsaved);
    return undefined;
  }

  drop(row) {
    this.rows.splice(this.rows.indexOf(row), 1);
    row.tr.remove();
    this.number();
  }

  paint(row, field) {
    const td = row.tds[field];
    const said = row.messages.get(field);
    const isHere = this.here?.row === row && this.here.field === field;
    td.classList.toggle("attention", Boolean(said) && !said.mild);
    td.classList.toggle("warned", Boolean(said?.mild));
    td.classList.toggle("suggested", row.suggested.has(field));
    row.tr.classList.toggle("doubted", row.messages.size > 0);
    const parts = isHere ? [] : [document.createTextNode(shownText(this.byName.get(field), row.cells[field]))];
    if (isHere && this.input.value !== row.cells[field] && document.activeElement !== this.input) this.input.value = row.cells[field];
    if (said) parts.push(this.why(row, field, said.text));
    // The input is never taken out and put back while somebody writes in it: an input method would lose its letters.
    for (const node of [...td.childNodes]) if (node !== this.input) node.remove();
    td.append(...parts);
    if (isHere) this.describe();
  }

  why(row, field, text) {
    const span = document.createElement("span");
    span.className = "why";
    span.id = `why-${row.uid}-${field}`;
    span.textContent = text;
    return span;
  }

  describe() {
    const { row, field } = this.here;
    const { label, isFigure } = this.byName.get(field);
    const said = row.messages.get(field);
    this.input.setAttribute("aria-label", word("cell", { row: this.rows.indexOf(row) + 1, label }));
    this.input.setAttribute("aria-invalid", String(Boolean(said) && !said.mild));
    if (said) this.input.setAttribute("aria-describedby", `why-${row.uid}-${field}`);
    else this.input.removeAttribute("aria-describedby");
    this.input.classList.toggle("money", isFigure);
  }

  /** Put the input into a cell. */
  place(row, field) {
    const before = this.here;
    this.here = { row, field };
    if (before) {
      before.row.tds[before.field].classList.remove("here");
      before.row.tr.classList.remove("here");
    }
    const td = row.tds[field];
    td.classList.add("here");
    row.tr.classList.add("here");
    this.input.value = row.cells[field];
    td.replaceChildren(this.input);
    if (before) this.paint(before.row, before.field);
    this.paint(row, field);
  }
}
