/* Shortcuts of one key, off until somebody turns them on (WCAG 2.1.4), "tick all", and the rooms open where there is room. Nothing works only with it.
   data-row: j and k go from one to the next. data-key="e": e follows that link, presses that button, or goes to that field. */
"use strict";

(() => {
  const KEPT = "work-keys";
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.getClientRects().length);
  const firstLink = (row) => row.querySelector("a[href], button");
  const box = (row) => row.querySelector("input[type=checkbox]");

  function kept() {
    try {
      return localStorage.getItem(KEPT) === "on";
    } catch {
      return false; // a browser that keeps nothing: the keys stay off
    }
  }

  function keep(isOn) {
    try {
      if (isOn) localStorage.setItem(KEPT, "on");
      else localStorage.removeItem(KEPT);
    } catch {
      // they hold for this page alone
    }
  }

  function step(by) {
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const next = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by];
    if (next) firstLink(next)?.focus();
  }

  function tick() {
    const row = rows().find((one) => one.contains(document.activeElement));
    if (row) box(row)?.click();
  }

  function go(key) {
    const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((one) => one.getClientRects().length);
    if (!target) return false;
    target.focus();
    if (target.matches("a, button, summary")) target.click();
    return true;
  }

  function help() {
    const details = document.getElementById("keyboard");
    details.open = true;
    details.querySelector("summary").focus();
  }

  const own = { j: () => step(1), k: () => step(-1), x: tick, "?": help };

  // Keys of this page, under the words of what they lead to.
  function list(details) {
    const shown = details.querySelector("[data-keys]");
    for (const one of document.querySelectorAll("[data-key]")) {
      const row = shown.querySelector("div").cloneNode(true);
      row.querySelector("kbd").textContent = one.dataset.key;
      row.querySelector("dd").textContent = one.labels?.[0]?.textContent || one.textContent.trim() || one.getAttribute("aria-label");
      shown.append(row);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const details = document.getElementById("keyboard");
    const rooms = document.querySelector(".work-nav details");
    if (rooms && matchMedia("(min-width: 40.0625rem)").matches) rooms.open = true; // where the style alone cannot unfold them
    const all = document.querySelector("[data-check-all]");
    if (all) {
      all.hidden = false;
      all.addEventListener("change", () => rows().forEach((row) => { if (box(row)) box(row).checked = all.checked; }));
    }
    if (!details) return;
    const wish = details.querySelector("input");
    details.hidden = false;
    wish.checked = kept();
    const hint = document.querySelector("[data-keys-hint]");
    if (hint) {
      hint.hidden = wish.checked;
      hint.querySelector("a").addEventListener("click", (event) => { event.preventDefault(); help(); });
    }
    wish.addEventListener("change", () => keep(wish.checked));
    list(details);
    document.addEventListener("keydown", (event) => {
      if (!wish.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
      if (own[event.key]) own[event.key]();
      else if (!go(event.key)) return;
      event.preventDefault();
    });
  });
})();
