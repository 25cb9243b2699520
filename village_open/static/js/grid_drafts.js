// What was typed and not saved yet lives in this browser, under the person, the village, the period and, of one, the register.
const PREFIX = "village-open:draft";

/** Keeps one person's draft of one period; another person's is never looked at. */
export class Drafts {
  constructor(store, { person, village, period, register }) {
    this.store = store;
    this.key = [PREFIX, person, village, period, register].filter(Boolean).join(":");
  }

  /** Return {rows, at} of an earlier sitting, or null. */
  read() {
    try {
      const draft = JSON.parse(this.store.getItem(this.key));
      return draft?.rows?.length ? draft : null;
    } catch {
      return null;
    }
  }

  /** Keep the unsaved rows; with none, nothing is left. Returns false when the browser has no room. */
  write(rows) {
    try {
      if (rows.length) this.store.setItem(this.key, JSON.stringify({ rows, at: new Date().toISOString() }));
      else this.store.removeItem(this.key);
      return true;
    } catch {
      return false;
    }
  }

  clear() {
    this.store.removeItem(this.key);
  }
}

/** A name for a new row: randomUUID is missing where the page comes over plain HTTP. */
export function draftKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
