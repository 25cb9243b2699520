// Sending the rows, and understanding every answer that may come back.

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
    return { kind: "failed", message: "没有连上服务器，内容还在本机。网络好了再按一次“保存”。" };
  }
  const body = await readJson(answer);
  if (body && answer.ok) return { kind: "saved", ...body };
  if (body?.problems) return { kind: "refused", ...body };
  if (body?.theirs) return { kind: "lost", ...body };
  if (answer.redirected || [400, 401, 403].includes(answer.status)) {
    return { kind: "away", message: "登录已经过期，内容还在本机。请重新登录，回到这一页按“恢复草稿”。" };
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
  if (status === 409) return "本期已经提交，或者内容被别人改过，没有保存。内容还在本机，请刷新页面看看现在的状态。";
  if (status === 413) return "一次送出的内容太多，没有保存。请分几次保存。";
  return "服务器没有保存成功，内容还在本机。请稍后再按一次“保存”。";
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
  const doubts = answer.warnings.length ? `，有 ${answer.warnings.length} 处请再看看` : "";
  return { said: `${time} 已保存${rows.length ? ` ${rows.length} 笔` : ""}${removed.length ? `，撤掉 ${removed.length} 笔` : ""}${doubts}。` };
}

function takeProblems(grid, answer, rows) {
  rows.forEach((row) => row.messages.clear());
  answer.problems.forEach(({ row, field, message }) => grid.tell(rows[row], field, message));
  const first = answer.problems[0];
  return {
    bad: true, said: `没有保存：有 ${answer.problems.length} 处要改正，内容都还在。`, row: rows[first.row], field: first.field,
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
      grid.tell(row, "summary", "别人已撤掉这一行；再保存，就作为新的一行记下。", true);
      continue;
    }
    Object.assign(row, { id: theirs.id, version: theirs.version, saved: { ...theirs.cells }, key: null });
    for (const { name } of grid.fields) {
      if (row.cells[name] !== theirs.cells[name]) grid.tell(row, name, `别人改成：${theirs.cells[name] || "（空）"}`, true);
    }
  }
  return { bad: true, said: `${answer.message}再按“保存”，就以您的为准。`, row: first, field: "summary" };
}
