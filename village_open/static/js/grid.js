// The entry grid of a period. Without this file the same page lists the lines, each with a link to a plain form.
import { optionsOf, startGrid } from "./grid_desk.js";
import { effectOf, formatFen } from "./grid_money.js";
import { word } from "./grid_words.js";

const SUGGESTS = new Set(["summary", "income", "expense", "code", "code_name"]);
const byId = (id) => document.getElementById(id);
const table = byId("ledger-grid");

startGrid(table, { choicesOf, onChange: changed, show });

function choicesOf(row, field) {
  if (field === "account" || field === "to_account") return optionsOf("account-choices");
  if (field === "item") return optionsOf(row.cells.income ? "income-items" : "expense-items");
  return null;
}

function changed(row, field, desk) {
  if (row.suggested.delete(field)) desk.grid.paint(row, field);
  if (SUGGESTS.has(field)) suggest(row, desk); // Pasted rows come without a field: the server guesses theirs at the save.
}

async function suggest(row, desk) {
  const { summary, income, expense, code, code_name: name, item, to_account: target } = row.cells;
  if (isOwn(row, "item", item) || isOwn(row, "to_account", target) || !(income || expense) || !(summary || code)) return;
  const asked = new URLSearchParams({ summary, code, name, side: income ? "income" : "expense" });
  const answer = await fetch(`${table.dataset.suggestUrl}?${asked}`).then((got) => (got.ok ? got.json() : null)).catch(() => null);
  if (!answer) return;
  const [from, to] = answer.accounts ?? ["", ""];
  if (!to || !isOwn(row, "account", row.cells.account) || row.cells.account === from) {
    for (const [field, text] of [["account", from], ["to_account", to], ["item", answer.item]]) propose(row, field, text, desk);
  }
  if (answer.code_name && !row.cells.code_name && !desk.isOpen(row, "code_name")) desk.grid.set(row, "code_name", answer.code_name);
  desk.refreshInput();
}

/** Fill in a guess where nothing is, or take an earlier guess back; what a person typed stays. */
function propose(row, field, text, desk) {
  if (isOwn(row, field, row.cells[field]) || desk.isOpen(row, field) || row.cells[field] === text) return;
  if (text) row.suggested.add(field);
  else row.suggested.delete(field);
  desk.grid.set(row, field, text);
}

function isOwn(row, field, text) {
  return Boolean(text) && !row.suggested.has(field);
}

function show(grid) {
  const sums = reckon(grid);
  for (const name of ["income", "expense", "closing"]) {
    byId("grid-foot").querySelector(`[data-sum=${name}]`).textContent = formatFen(sums[name]);
  }
  const told = [...byId("account-sums").children].map((one) => accountWords(one.dataset, sums.accounts));
  byId("grid-foot").querySelector("[data-sum=accounts]").replaceChildren(...told);
}

/** Reckon the balance of every row and return the sums, all in fen. */
function reckon(grid) {
  const sums = { income: 0, expense: 0, accounts: new Map() };
  let balance = Number(table.dataset.openingFen);
  for (const row of grid.rows) {
    if (!row.removed && !row.isBlank) {
      const { income, expense, accounts } = effectOf(row.cells);
      balance += income - expense;
      sums.income += income;
      sums.expense += expense;
      for (const [name, fen] of accounts) sums.accounts.set(name, (sums.accounts.get(name) ?? 0) + fen);
    }
    const text = row.isBlank || row.removed ? "" : formatFen(balance);
    if (row.tds.balance.textContent !== text) row.tds.balance.textContent = text;
  }
  return { ...sums, closing: balance };
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
