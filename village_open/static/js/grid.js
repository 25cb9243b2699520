// The entry grid of a period. Without this file the same page lists the lines, each with a link to a plain form.
import { Drafts } from "./grid_drafts.js";
import { fitFrame } from "./grid_frame.js";
import { GridKeys } from "./grid_keys.js";
import { formatFen } from "./grid_money.js";
import { sendRows, takeAnswer } from "./grid_save.js";
import { GridTable } from "./grid_table.js";
import { word } from "./grid_words.js";

const PHONE = "(max-width: 47.99rem)";
const DRAFT_MS = 400;
const SUGGESTS = new Set(["summary", "income", "expense", "code", "code_name"]);
const byId = (id) => document.getElementById(id);

const table = byId("ledger-grid");
// On a phone the lines are cards with a link to the plain form.
if (table && !matchMedia(PHONE).matches) start();

function start() {
  const input = document.createElement("input");
  Object.assign(input, { type: "text", className: "grid-input", autocomplete: "off", spellcheck: false });
  const grid = new GridTable(table, input);
  const drafts = new Drafts(localStorage, table.dataset);
  let waiting = drafts.read();
  let timer = 0;
  let isSending = false;

  const keys = new GridKeys(grid, { choicesOf, onChange: changed, onTyping: keepSoon, save, remove });
  document.documentElement.classList.add("has-grid");
  byId("grid-frame").classList.add("is-grid");
  byId("grid-frame").classList.remove("cards");
  byId("grid-frame").removeAttribute("tabindex");
  byId("grid-foot").hidden = byId("grid-hints").hidden = false;
  grid.keepBlankRow();
  fitFrame(byId("grid-frame"), byId("grid-foot"), byId("grid-more"));
  byId("grid-foot").querySelector("[data-deed=save]").addEventListener("click", save);
  byId("grid-foot").querySelector("[data-deed=remove]").addEventListener("click", remove);
  addEventListener("pagehide", keep);
  offerDraft();
  keys.go(grid.rows.at(-1), "on", { focus: !waiting });
  show();

  function choicesOf(row, field) {
    if (field === "account" || field === "to_account") return optionsOf("account-choices");
    if (field === "item") return optionsOf(row.cells.income ? "income-items" : "expense-items");
    return null;
  }

  function changed(row, field) {
    if (row.suggested.delete(field)) grid.paint(row, field);
    if (SUGGESTS.has(field)) suggest(row); // Pasted rows come without a field: the server guesses theirs at the save.
    show();
    keepSoon();
  }

  async function suggest(row) {
    const { summary, income, expense, code, code_name: name, item, to_account: target } = row.cells;
    if (isOwn(row, "item", item) || isOwn(row, "to_account", target) || !(income || expense) || !(summary || code)) return;
    const asked = new URLSearchParams({ summary, code, name, side: income ? "income" : "expense" });
    const answer = await fetch(`${table.dataset.suggestUrl}?${asked}`).then((got) => (got.ok ? got.json() : null)).catch(() => null);
    if (!answer) return;
    const [from, to] = answer.accounts ?? ["", ""];
    if (!to || !isOwn(row, "account", row.cells.account) || row.cells.account === from) {
      for (const [field, text] of [["account", from], ["to_account", to], ["item", answer.item]]) propose(row, field, text);
    }
    if (answer.code_name && !row.cells.code_name && !isOpen(row, "code_name")) grid.set(row, "code_name", answer.code_name);
    refreshInput();
  }

  /** Fill in a guess where nothing is, or take an earlier guess back; what a person typed stays. */
  function propose(row, field, text) {
    if (isOwn(row, field, row.cells[field]) || isOpen(row, field) || row.cells[field] === text) return;
    if (text) row.suggested.add(field);
    else row.suggested.delete(field);
    grid.set(row, field, text);
  }

  function isOwn(row, field, text) {
    return Boolean(text) && !row.suggested.has(field);
  }

  function isOpen(row, field) {
    return grid.here?.row === row && grid.here.field === field && keys.isEditing;
  }

  /** The input shows the cell's text when that changed under it and nobody is writing. */
  function refreshInput() {
    if (!keys.isEditing) input.value = grid.here.row.cells[grid.here.field];
    show();
  }

  function show() {
    const sums = grid.reckon();
    for (const name of ["income", "expense", "closing"]) {
      byId("grid-foot").querySelector(`[data-sum=${name}]`).textContent = formatFen(sums[name]);
    }
    const told = [...byId("account-sums").children].map((one) => accountWords(one.dataset, sums.accounts));
    byId("grid-foot").querySelector("[data-sum=accounts]").replaceChildren(...told);
  }

  async function save() {
    if (isSending) return;
    keys.commit();
    const removed = grid.rows.filter((row) => row.removed);
    const rows = grid.unsaved.filter((row) => !row.removed);
    if (!rows.length && !removed.length) return say(word("nothing"));
    isSending = true;
    keep(); // Whatever comes of the sending, it is in this browser.
    say(word("saving"));
    const sentCells = rows.map((row) => JSON.stringify(row.cells));
    const answer = await sendRows(table, rows, removed);
    isSending = false;
    const typedMeanwhile = rows.map((row, at) => (JSON.stringify(row.cells) === sentCells[at] ? null : { ...row.cells }));
    const { said, bad, row, field } = takeAnswer(grid, answer, rows, removed);
    typedMeanwhile.forEach((cells, at) => cells && grid.fields.forEach(({ name }) => grid.set(rows[at], name, cells[name])));
    if (answer.kind === "saved") afterSave();
    say(said, bad);
    if (row) keys.go(row, field);
  }

  function afterSave() {
    grid.keepBlankRow();
    if (!grid.rows.includes(grid.here.row)) keys.go(grid.rows.at(-1), "on");
    refreshInput();
    keep();
  }

  function remove() {
    const { row, field } = grid.here;
    const at = grid.rows.indexOf(row);
    grid.toggleRemoved(row);
    grid.keepBlankRow();
    if (!grid.rows.includes(row)) keys.go(grid.rows[Math.min(at, grid.rows.length - 1)], field);
    say(row.removed ? word("goes") : "");
    show();
    keepSoon();
  }

  function keepSoon() {
    clearTimeout(timer);
    timer = setTimeout(keep, DRAFT_MS);
    say(grid.unsaved.length ? word("unsaved", { count: grid.unsaved.length }) : "");
  }

  /** Keep what is unsaved, the cell being written included, beside an older draft nobody has decided about. */
  function keep() {
    clearTimeout(timer);
    const typed = grid.here && input.value.trim();
    const rows = grid.rows
      .map((row) => ({ row, sent: { ...row.sent, removed: row.removed } }))
      .filter(({ row }) => row.isUnsaved || (grid.here?.row === row && typed !== row.cells[grid.here.field]));
    for (const { row, sent } of rows) if (grid.here?.row === row) sent.cells[grid.here.field] = typed;
    const kept = drafts.write([...(waiting?.rows ?? []), ...rows.map(({ sent }) => sent)]);
    if (!kept) say(word("no_room"), true);
  }

  function offerDraft() {
    const offer = byId("draft-offer");
    if (!waiting) return;
    const at = new Date(waiting.at);
    offer.querySelector("p").textContent = word("waiting", {
      count: waiting.rows.length, month: at.getMonth() + 1, day: at.getDate(), time: at.toTimeString().slice(0, 5),
    });
    offer.hidden = false;
    offer.addEventListener("click", (event) => {
      const deed = event.target.dataset.deed;
      if (!deed) return;
      if (deed === "restore") waiting.rows.forEach(restore);
      waiting = null;
      offer.hidden = true;
      grid.keepBlankRow();
      keys.go(grid.rows.at(-1), "on");
      show();
      keep();
      if (grid.unsaved.length) say(word("restored", { count: grid.unsaved.length }));
    });
  }

  function restore({ id, version, key, cells, removed }) {
    let row = id && grid.rows.find((one) => one.id === id);
    if (!row) {
      if (grid.rows.at(-1)?.isBlank) grid.drop(grid.rows.at(-1));
      row = grid.append({ key: id ? null : key });
    } else row.version = version;
    for (const { name } of grid.fields) grid.set(row, name, cells[name] ?? "");
    if (removed && row.id) grid.toggleRemoved(row);
  }
}

function optionsOf(id) {
  return [...byId(id).options].map((option) => option.value);
}

function accountWords({ name, openingFen, countedFen }, moved) {
  const closing = Number(openingFen) + (moved.get(name) ?? 0);
  const span = document.createElement("span");
  const gap = countedFen === undefined ? 0 : Number(countedFen) - closing;
  const told = gap ? word("gap", { yuan: formatFen(gap) }) : closing < 0 ? word("overdrawn") : "";
  span.textContent = `${name} ${formatFen(closing)}${told}　`;
  span.classList.toggle("broken", Boolean(told));
  return span;
}

function say(text, bad = false) {
  byId("grid-status").textContent = text;
  byId("grid-status").classList.toggle("bad", bad);
}
