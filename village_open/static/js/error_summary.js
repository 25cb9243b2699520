/** Bring the error summary to a reader's ear and eye when a page arrives with one. */
export function focusErrorSummary(page) {
  page.querySelector(".error-summary")?.focus();
}
