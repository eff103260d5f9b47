/* Asks before a page is left with something typed in a form marked data-unsaved. Works with no other script.
   data-unsaved="typed": it came back with what was typed, and nothing of it is kept yet. */
"use strict";

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let isTyped = form.dataset.unsaved === "typed" || Boolean(document.querySelector("#error-summary"));
  let isSent = false;
  form.addEventListener("input", () => (isTyped = true));
  form.addEventListener("submit", (event) => (isSent = event.submitter?.formTarget !== "_blank")); // a preview leaves this page open
  addEventListener("pageshow", () => (isSent = false));
  addEventListener("beforeunload", (event) => {
    if (isTyped && !isSent) event.preventDefault();
  });
}
