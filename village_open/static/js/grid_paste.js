// Rows copied out of Excel or WPS.

/** Split a copied table into rows of cells; quoted cells may hold tabs, line breaks and doubled quotes. */
export function parseTable(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n");
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (source[at + 1] === '"') { cell += '"'; at += 1; } else quoted = false;
    } else if (char === '"' && cell === "") quoted = true;
    else if (char === "\t" || char === "\n") {
      rows.at(-1).push(cell.trim());
      cell = "";
      if (char === "\n") rows.push([]);
    } else cell += char;
  }
  rows.at(-1).push(cell.trim());
  return rows.map((row) => row.map((one) => one.replace(/\s*\n\s*/g, " "))).filter((row) => row.some(Boolean));
}

// Tables are Chinese also where the page is English.
const OTHER_HEADS = {
  凭证字号: "voucher", 摘要: "summary", 收入: "income", 支出: "expense", 资金账户: "account", 转入账户: "to_account", 公开项目: "item",
  科目编码: "code", 科目名称: "code_name", 收付对象: "payee", 经手人: "handler", 证明人: "witness", 审批人: "approver", 备注: "note",
  日期: "on", 凭证: "voucher", 凭证号: "voucher", 字号: "voucher", 内容: "summary", 用途: "summary", 收入金额: "income", 支出金额: "expense",
  账户: "account", 项目: "item", 编码: "code", 科目: "code_name", 对方: "payee", 收款人: "payee", 付款人: "payee", 说明: "note",
};

const SURE = 3;

/** A head without its unit and what else stands in brackets. */
function bare(head) {
  return head.replace(/[\s（(].*$/, "");
}

/** Tell which field each column holds when the first row is a head, or null when it is not one. */
export function headOf(row, fields) {
  const here = new Set(fields.map(({ name }) => name));
  const others = Object.entries(OTHER_HEADS).filter(([, name]) => here.has(name));
  const known = new Map([...others, ...fields.map(({ name, label }) => [bare(label), name])]);
  const found = row.map((cell) => known.get(bare(cell)) ?? null);
  return found.filter(Boolean).length >= Math.min(SURE, fields.length) ? found : null;
}

/** Turn a copied table into rows of {field: text}, laid from the column in which it was pasted, or by its head. */
export function pastedRows(text, fields, fromField) {
  const table = parseTable(text);
  const head = table.length ? headOf(table[0], fields) : null;
  const names = fields.map((field) => field.name);
  const columns = head ?? names.slice(names.indexOf(fromField));
  return (head ? table.slice(1) : table).map((row) => {
    const cells = {};
    row.forEach((cell, at) => { if (columns[at]) cells[columns[at]] = cell; });
    return cells;
  });
}
