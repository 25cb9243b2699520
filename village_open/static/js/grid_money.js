// Amounts on the screen only: the server reads and decides. Fen are whole numbers, far inside what a Number holds.
const PLAIN = { "，": ",", "．": ".", "。": ".", "－": "-", "−": "-", "￥": "¥" };

/** Read an amount in yuan as fen, or null where the server will have something to say about it. */
export function parseFen(text) {
  const plain = [...text].map(halfWidth).join("").replace(/[\s¥元]/g, "");
  const match = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/.exec(plain);
  if (!match) return null;
  const fen = Number(match[2].replaceAll(",", "")) * 100 + Number((match[3] ?? "").padEnd(2, "0"));
  return match[1] ? -fen : fen;
}

function halfWidth(char) {
  const code = char.codePointAt(0);
  if (PLAIN[char]) return PLAIN[char];
  return code >= 0xff10 && code <= 0xff19 ? String.fromCodePoint(code - 0xfee0) : char;
}

/** Write fen as yuan with thousands and two decimals. */
export function formatFen(fen) {
  const whole = Math.floor(Math.abs(fen) / 100).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `${fen < 0 ? "-" : ""}${whole}.${String(Math.abs(fen) % 100).padStart(2, "0")}`;
}

/** The amount as people type it, without the thousands that the page prints. */
export function plainAmount(text) {
  return text.replaceAll(",", "");
}

/** What one row does to the totals and to its money accounts. */
export function effectOf(cells) {
  const income = parseFen(cells.income) ?? 0;
  const expense = parseFen(cells.expense) ?? 0;
  if (!cells.to_account) {
    return { income, expense, accounts: [[cells.account, income - expense]] };
  }
  const moved = expense || income;
  return { income: 0, expense: 0, accounts: [[cells.account, -moved], [cells.to_account, moved]] };
}
