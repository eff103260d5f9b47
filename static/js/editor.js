// Smooths the listing editor: keeps a draft while one types, offers names, follows the sources. Everything works without.
"use strict"

const form = document.querySelector("[data-editor]")
const status = form.querySelector("[data-draft-status]")
const PAUSE = 3000 // milliseconds after the last key
let due = 0, changed = false, sent = false

function content() {
  const data = new URLSearchParams(new FormData(form))
  data.set("do", "autosave")
  return data
}

async function saveDraft() {
  clearTimeout(due)
  changed = false
  try {
    const answer = await fetch(form.action, { method: "POST", body: content(), redirect: "error" })
    if (!answer.ok) throw new Error(answer.status)
    status.textContent = `${form.dataset.saved} ${new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" })}`
  } catch {
    changed = true
    due = setTimeout(saveDraft, 10 * PAUSE)
    status.textContent = form.dataset.failed
  }
}

function typed() {
  changed = true
  clearTimeout(due)
  due = setTimeout(saveDraft, PAUSE)
}

function leave() {
  if (!changed || sent) return
  changed = !navigator.sendBeacon(form.action, content())
}

form.addEventListener("input", typed)
form.addEventListener("change", typed)
form.addEventListener("submit", event => {
  clearTimeout(due)
  sent = event.submitter?.formTarget !== "_blank" // a preview leaves this page open
})
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave() })
addEventListener("pagehide", leave)
addEventListener("pageshow", () => { sent = false })
addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault()
    saveDraft()
  }
})

// A source that was given a short name can be cited at once.
form.addEventListener("change", event => {
  if (!/^sources-\d+-key$/.test(event.target.name)) return
  const keys = [...form.querySelectorAll("[name^='sources-'][name$='-key']")].map(one => one.value.trim()).filter(Boolean)
  for (const select of form.querySelectorAll("select[name$='-source']")) {
    const known = [...select.options].map(option => option.value)
    for (const key of keys) if (!known.includes(key)) select.add(new Option(key, key))
  }
})

// A name that is offered takes its line's place; without this file the button sends the form.
form.addEventListener("click", event => {
  const [verb, name, line, slug] = (event.target.closest("button.chip")?.value ?? "").split(":")
  if (verb !== "pick") return
  event.preventDefault()
  const field = form.elements[name]
  const lines = field.value.split("\n").filter(one => one.trim())
  lines[line] = slug
  field.value = lines.join("\n")
  field.focus()
  field.dispatchEvent(new Event("input", { bubbles: true }))
})
