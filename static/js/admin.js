/* Names for what Django's own admin leaves nameless to a screen reader. Nothing works only with it. */
"use strict";

function nameParts(root) {
  // A tabular inline's fields: the column's heading is their only label.
  for (const table of root.querySelectorAll(".inline-group table")) {
    const headings = [...table.querySelectorAll("thead th")].map((th) => th.textContent.trim());
    for (const row of table.querySelectorAll("tbody tr.form-row")) {
      [...row.children].forEach((cell, place) => {
        for (const field of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) {
          if (!field.labels || !field.labels.length) field.setAttribute("aria-label", headings[place] || "");
        }
      });
    }
    for (const th of table.querySelectorAll("thead th")) {
      if (!th.textContent.trim()) th.innerHTML = '<span class="visually-hidden">·</span>';
    }
  }
  // Pickers drawn by select2.
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const label = (select.labels && select.labels[0] && select.labels[0].textContent.trim()) || select.getAttribute("aria-label") || select.name;
    const drawn = select.nextElementSibling;
    if (!drawn) continue;
    for (const field of drawn.querySelectorAll(".select2-search__field, .select2-selection")) field.setAttribute("aria-label", label);
    for (const list of drawn.querySelectorAll("ul")) list.setAttribute("role", "presentation");
    for (const item of drawn.querySelectorAll("ul > li")) item.setAttribute("role", "presentation");
  }
  const search = root.querySelector("#searchbar");
  if (search) search.setAttribute("aria-label", search.form.getAttribute("aria-label") || "Search");
}

window.addEventListener("load", () => {
  nameParts(document);
  let due = 0; // pickers are drawn and added at any time; name them once the page is calm
  new MutationObserver(() => {
    clearTimeout(due);
    due = setTimeout(() => nameParts(document), 50);
  }).observe(document.body, { childList: true, subtree: true });
});
