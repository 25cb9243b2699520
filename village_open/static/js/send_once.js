const WAIT_MS = 8000;

/** A second click on a slow line sends nothing twice; after a while (a download, a broken line) it may be tried again. */
export function sendOnce(page, view) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
    } else if (form.method === "post" && !event.defaultPrevented) {
      form.dataset.sent = "yes";
      view.setTimeout(() => delete form.dataset.sent, WAIT_MS);
    }
  });
  // A page that comes back from the browser's memory may be sent at once.
  view.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}
