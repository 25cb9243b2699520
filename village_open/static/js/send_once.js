const WAIT_MS = 8000;

/** A second click on a slow line sends nothing twice; after a while (a download, a broken line) it may be tried again. */
export function sendOnce(page, view) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
    } else if (form.method === "post" && !event.defaultPrevented) {
      form.dataset.sent = "yes";
      sayWaiting(form);
      view.setTimeout(() => delete form.dataset.sent, WAIT_MS);
    }
  });
  // A page that comes back from the browser's memory may be sent at once.
  view.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}

/** A deed that takes its time says so: the button is switched off and its words are those of `data-waiting`. */
function sayWaiting(form) {
  const button = form.querySelector("button[data-waiting]");
  if (!button) return;
  button.textContent = button.dataset.waiting;
  button.setAttribute("aria-busy", "true");
  // Switched off only after the browser has taken the form: a button that is off is not sent.
  setTimeout(() => { button.disabled = true; });
}
