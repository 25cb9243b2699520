// Sending the rows, and understanding every answer that may come back.
import { word } from "./grid_words.js";

/** What came back: kind is saved, refused, lost, away (sign-in is over) or failed. */
export async function sendRows(table, rows, removed) {
  let answer;
  try {
    answer = await fetch(table.dataset.saveUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": table.dataset.csrf },
      body: JSON.stringify({ rows: rows.map((row) => row.sent), removed: removed.map(({ id, version }) => ({ id, version })) }),
      credentials: "same-origin",
    });
  } catch {
    return { kind: "failed", message: word("offline") };
  }
  const body = await readJson(answer);
  if (body && answer.ok) return { kind: "saved", ...body };
  if (body?.problems) return { kind: "refused", ...body };
  if (body?.theirs) return { kind: "lost", ...body };
  if (answer.redirected || [400, 401, 403].includes(answer.status)) {
    return { kind: "away", message: word("away") };
  }
  return { kind: "failed", message: failure(answer.status) };
}

async function readJson(answer) {
  try {
    return answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
  } catch {
    return null;
  }
}

function failure(status) {
  if (status === 409) return word("lost");
  if (status === 413) return word("too_much");
  return word("failed");
}

/** Put an answer into the grid; returns the sentence to be told, and the cell to look at, if any. */
export function takeAnswer(grid, answer, rows, removed) {
  if (answer.kind === "saved") return takeSaved(grid, answer, rows, removed);
  if (answer.kind === "refused") return takeProblems(grid, answer, rows);
  if (answer.kind === "lost") return takeTheirs(grid, answer, rows, removed);
  return { bad: true, said: answer.message };
}

function takeSaved(grid, answer, rows, removed) {
  answer.rows.forEach((kept, at) => grid.markSaved(rows[at], kept));
  answer.warnings.forEach(({ row, field, message }) => grid.tell(rows[row], field, message, true));
  removed.forEach((row) => grid.drop(row));
  const time = new Date().toTimeString().slice(0, 5);
  const counts = [["saved_rows", rows.length], ["removed_rows", removed.length], ["doubts", answer.warnings.length]];
  const told = counts.map(([name, count]) => (count ? word(name, { count }) : ""));
  return { said: [word("saved", { time }), ...told, word("end")].join("") };
}

function takeProblems(grid, answer, rows) {
  rows.forEach((row) => row.messages.clear());
  answer.problems.forEach(({ row, field, message }) => grid.tell(rows[row], field, message));
  const first = answer.problems[0];
  return {
    bad: true, said: word("refused", { count: answer.problems.length }), row: rows[first.row], field: first.field,
  };
}

/** Somebody else was first: what was typed stays, theirs stands beside it, and the next save is a choice. */
function takeTheirs(grid, answer, rows, removed) {
  let first = null;
  for (const theirs of answer.theirs) {
    const row = [...rows, ...removed].find((one) => one.id === theirs.id || (theirs.key && one.key === theirs.key));
    if (!row) continue;
    first ??= row;
    if (theirs.removed) {
      Object.assign(row, { id: null, version: null, saved: null, key: `${theirs.id}-again-${theirs.version}` });
      grid.tell(row, mainField(grid), word("theirs_gone"), true);
      continue;
    }
    Object.assign(row, { id: theirs.id, version: theirs.version, saved: { ...theirs.cells }, key: null });
    for (const { name } of grid.fields) {
      if (row.cells[name] !== theirs.cells[name]) grid.tell(row, name, word("theirs", { text: theirs.cells[name] || word("empty") }), true);
    }
  }
  return { bad: true, said: answer.message + word("yours_next"), row: first, field: mainField(grid) };
}

/** The column that tells best what a row is about. */
function mainField(grid) {
  return grid.byName.has("summary") ? "summary" : grid.fields[0].name;
}
