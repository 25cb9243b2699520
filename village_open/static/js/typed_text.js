/** Ask before a page with unsent text is left. Only forms marked data-guard; text that came back with errors counts. */
export function guardTypedText(page, view) {
  const forms = [...page.querySelectorAll("form[data-guard]")];
  let unsent = forms.some((form) => form.querySelector(".has-error"));
  for (const form of forms) {
    form.addEventListener("input", () => { unsent = true; });
    form.addEventListener("submit", () => { unsent = false; });
  }
  view.addEventListener("beforeunload", (event) => {
    if (unsent) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
}
