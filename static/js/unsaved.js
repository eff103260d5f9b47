/* Asks before a page is left with something typed in a form marked data-unsaved. Works with no other script. */
"use strict";

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let isTyped = Boolean(document.querySelector("#error-summary")); // it came back, and nothing of it is kept yet
  form.addEventListener("input", () => (isTyped = true));
  form.addEventListener("submit", () => (isTyped = false));
  addEventListener("beforeunload", (event) => {
    if (isTyped) event.preventDefault();
  });
}
